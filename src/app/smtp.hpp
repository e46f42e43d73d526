// The mail server as a sink, through libcurl: one connection a message, everything within a bounded time. TLS
// is required unless the server is this machine, and its certificate is always checked. What the server says
// about this recipient or these words with a 5xx is final; all else, such as a wrong password, is tried
// again, because somebody here can put it right. Used by the outbox and kith doctor.
#pragma once
#include <memory>
#include <string>

#include "app/mail.hpp"
#include "app/sink.hpp"

namespace kith::app {

struct SmtpSettings {
  std::string url{}; // "smtp://host:port" or "smtps://host:port"
  std::string user{};
  std::string password{};
  Mailbox from{};
  bool starttls{true}; // required; otherwise never used
  std::string ca_file{};
  int connect_ms{5'000};
  int whole_ms{20'000};
};

// Failures: smtp.password_file [path] (invalid).
Result<SmtpSettings> smtp_settings(const Config& config);
// Codes: not_an_address, smtp_<reply> (what the server answered), smtp_unreachable, smtp_timeout, smtp_tls,
// smtp_sign_in, smtp_broken.
std::unique_ptr<Sink> smtp_sink(const SmtpSettings& settings);
// Connects, secures, signs in and says NOOP. The outcome is "answers" or one of the codes above.
Delivery try_smtp(const SmtpSettings& settings);

} // namespace kith::app
