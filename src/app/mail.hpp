// A message of the outbox as mail: headers of RFC 5322, words outside ASCII as RFC 2047 and RFC 2045 say,
// lines ending in CRLF. Both sinks write these bytes. Always true: a header holds no byte that could end its
// line, whatever the name, address or subject was; a message of the outbox has the same Message-ID however
// often it is sent. Pure functions: any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace kith::app {

struct Mail {
  std::string id{};      // of its row in the outbox
  std::string to{};      // an address; for the folder also a telephone number
  std::string subject{}; // says nothing of anybody
  std::string text{};    // lines end in \n
  Instant at{};          // of this sending
};

struct Mailbox {
  std::string name{}; // may be ""
  std::string address{};
};

// An ASCII address as RFC 5321 has it, without quoted names, comments and address literals.
bool is_mail_address(std::string_view text);
std::optional<Mailbox> parse_mailbox(std::string_view text); // "name@host" or "Some Name <name@host>"
std::string mail_bytes(const Mail& mail, const Mailbox& from);

} // namespace kith::app
