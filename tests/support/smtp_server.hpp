// A small mail server on a free port of this machine: it answers as the test says and keeps what it took.
// STARTTLS when it has a certificate, AUTH PLAIN when it has a password. One connection at a time.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/tls_context.hpp"

namespace kith::test {

struct SmtpScript {
  bool silent{};                         // takes connections and never says a word
  std::string mail{"250 ok"};            // what MAIL is answered
  std::vector<std::string> recipients{}; // what RCPT is answered in turn, then "250 ok"
  std::vector<std::string> messages{};   // what a whole message is answered in turn, then "250 ok"
  std::string user{};                    // signing in is asked for
  std::string password{};
  http::TlsFiles tls{};
};

struct TakenMail {
  std::string from{};
  std::string to{};
  std::string bytes{}; // without the stuffed dots
  bool secure{};
  std::string header(const std::string& name) const; // unfolded; "" when it is not there
  std::string body() const;
};

class SmtpServer {
public:
  explicit SmtpServer(SmtpScript script = {});
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  std::uint16_t port() const;
  std::string url() const; // smtp://localhost:port
  std::vector<TakenMail> mails() const;
  std::vector<std::string> commands() const; // every line that was no part of a message

private:
  class Engine;
  std::unique_ptr<Engine> engine_{};
};

} // namespace kith::test
