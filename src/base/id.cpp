#include "base/id.hpp"

namespace kith {

RawId random_id(Random& random) {
  RawId id;
  while (id == RawId{}) id = {random.next(), random.next()};
  return id;
}

std::string to_text(RawId id) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text(32, '0');
  for (int i = 0; i < 16; ++i) {
    text[15 - i] = digits[id.high >> (4 * i) & 15];
    text[31 - i] = digits[id.low >> (4 * i) & 15];
  }
  return text;
}

std::optional<RawId> parse_id(std::string_view text) {
  if (text.size() != 32) return {};
  RawId id;
  for (std::size_t i = 0; i < 32; ++i) {
    const char c = text[i];
    std::uint64_t digit = 0;
    if (c >= '0' && c <= '9') digit = static_cast<std::uint64_t>(c - '0');
    else if (c >= 'a' && c <= 'f') digit = static_cast<std::uint64_t>(c - 'a') + 10;
    else return {};
    auto& half = i < 16 ? id.high : id.low;
    half = half << 4 | digit;
  }
  if (id == RawId{}) return {};
  return id;
}

} // namespace kith
