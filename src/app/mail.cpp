#include "app/mail.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace kith::app {
namespace {

constexpr std::size_t local_part_max = 64, address_max = 254, label_max = 63; // RFC 5321 4.5.3.1, RFC 1035
constexpr std::size_t name_max = 100;
constexpr std::size_t encoded_max = 50; // of a word's 75 (RFC 2047 2), so that every header name fits before
constexpr std::size_t quoted_max = 75;  // and the "=" of a soft line break (RFC 2045 6.7)
constexpr std::size_t plain_line_max = 900; // of 998 (RFC 5322 2.1.1)

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

bool is_atom(std::string_view text) { // RFC 5322 3.2.3
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= label_max && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

std::string hex_of(char c) { return fmt::format("={:02X}", static_cast<unsigned char>(c)); }

// RFC 2047, "Q": each word whole characters, the words folded one a line.
std::string encoded_words(std::string_view text) {
  std::string out, word;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    std::string piece;
    for (; i < end; ++i)
      piece += text[i] == ' ' ? "_" : is_letter_or_digit(text[i]) ? std::string(1, text[i]) : hex_of(text[i]);
    if (word.size() + piece.size() > encoded_max) {
      out += "=?UTF-8?Q?" + word + "?=\r\n ";
      word.clear();
    }
    word += piece;
  }
  return out + "=?UTF-8?Q?" + word + "?=";
}

// What may stand in a header as it is; everything else is encoded, control characters too.
std::string header_text(std::string_view text) {
  const bool plain = text.size() <= encoded_max && text.find("=?") == std::string_view::npos &&
                     std::all_of(text.begin(), text.end(), is_printable);
  return plain ? std::string(text) : encoded_words(text);
}

std::string header_mailbox(const Mailbox& box) {
  if (box.name.empty()) return box.address;
  const auto words = split(box.name, ' ');
  const bool plain =
      box.name.size() <= encoded_max && std::all_of(words.begin(), words.end(), [](const auto& w) {
        return is_atom(w) && w.find("=?") == std::string::npos;
      });
  return (plain ? box.name : encoded_words(box.name)) + " <" + box.address + ">";
}

std::string quoted_line(std::string_view line) {
  std::string out;
  std::size_t length = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool last = i + 1 == line.size();
    const bool plain = is_printable(line[i]) && line[i] != '=' && !(line[i] == ' ' && last);
    const std::string piece = plain ? std::string(1, line[i]) : hex_of(line[i]);
    if (length + piece.size() > quoted_max) {
      out += "=\r\n";
      length = 0;
    }
    out += piece;
    length += piece.size();
  }
  return out;
}

std::string date_text(Instant at) { // RFC 5322 3.3
  constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date on = utc_date(at);
  const Civil civil = civil_of(on);
  const std::int64_t seconds = (at.ms - start_of_utc_day(on).ms) / 1000;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", days[weekday_of(on)], civil.day,
                     months[civil.month - 1], civil.year, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string body(const std::vector<std::string>& lines, bool quoted) {
  std::string out;
  for (const std::string& line : lines) out += (quoted ? quoted_line(line) : line) + "\r\n";
  return out;
}

} // namespace

bool is_mail_address(std::string_view text) {
  const auto at = text.rfind('@');
  if (at > local_part_max || text.size() > address_max) return false; // no @ at all is npos, the largest
  const auto atoms = split(text.substr(0, at), '.'), labels = split(text.substr(at + 1), '.');
  return std::all_of(atoms.begin(), atoms.end(), is_atom) &&
         std::all_of(labels.begin(), labels.end(), is_label);
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  Mailbox box{{}, std::string(trim(text))};
  if (const auto open = text.find('<'); open != std::string_view::npos) {
    if (!text.ends_with('>')) return {};
    box = {std::string(trim(text.substr(0, open))), std::string(text.substr(open + 1))};
    box.address.pop_back();
  }
  if (!is_mail_address(box.address) || box.name.size() > name_max || !clean_text(box.name, false)) return {};
  return box;
}

std::string mail_bytes(const Mail& mail, const Mailbox& from) {
  const auto lines = split(mail.text, '\n');
  const bool quoted = std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.size() > plain_line_max || !std::all_of(line.begin(), line.end(), is_printable);
  });
  const std::string host = from.address.substr(from.address.rfind('@') + 1);
  const std::string to = is_mail_address(mail.to) ? mail.to : header_text(mail.to);
  return "Date: " + date_text(mail.at) + "\r\nFrom: " + header_mailbox(from) + "\r\nTo: " + to +
         "\r\nSubject: " + header_text(mail.subject) + "\r\nMessage-ID: <" + mail.id + "@" + host +
         ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8"
         "\r\nContent-Transfer-Encoding: " +
         (quoted ? "quoted-printable" : "7bit") + "\r\n\r\n" + body(lines, quoted);
}

} // namespace kith::app
