#include "access/canaries.hpp"

#include <algorithm>
#include <set>

#include "base/random.hpp"
#include "base/text.hpp"

namespace kith::access {
namespace {

constexpr std::string_view begin = "qz", letters = "abcdefghijkmnoprstuvwxy";
constexpr std::size_t length = 14;

bool in_base64(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '-' || c == '_';
}

} // namespace

// q, z, then letters of the count: no vowel-free rule, no digits, so that names, addresses and codes take it.
std::string Canaries::plant(const std::string& field, const Owner& owner) {
  std::uint64_t value = mix(2026, ++count_);
  std::string token(begin);
  while (token.size() < length) {
    token += letters[value % letters.size()];
    value /= letters.size();
  }
  planted_.emplace(token, Canary{field, owner});
  return token;
}

std::vector<std::string> Canaries::found_in(std::string_view bytes) const {
  std::set<std::string> found;
  const auto look = [&](std::string_view text) {
    const std::string folded = ascii_lower(text);
    for (auto at = folded.find(begin); at != std::string::npos; at = folded.find(begin, at + 1))
      if (const std::string token = folded.substr(at, length); planted_.contains(token)) found.insert(token);
  };
  look(bytes);
  for (std::size_t from = 0; from < bytes.size();) {
    std::size_t to = from;
    while (to < bytes.size() && in_base64(bytes[to])) ++to;
    if (to - from >= length * 4 / 3)
      for (std::size_t shift = 0; shift < 4; ++shift) {
        std::string run(bytes.substr(from + shift, (to - from - shift) / 4 * 4));
        std::replace(run.begin(), run.end(), '+', '-');
        std::replace(run.begin(), run.end(), '/', '_');
        if (const auto plain = unbase64url(run)) look(*plain);
      }
    from = to + 1;
  }
  return {found.begin(), found.end()};
}

} // namespace kith::access
