// Public identifiers: 128 random bits, so they carry neither order nor count. Written as 32 lower-case
// hexadecimal digits. Id<Person> and Id<Worker> do not mix; the tag is any type, complete or not.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"

namespace kith {

struct RawId {
  std::uint64_t high{};
  std::uint64_t low{};
  auto operator<=>(const RawId&) const = default;
};

RawId random_id(Random& random);
std::string to_text(RawId id);
std::optional<RawId> parse_id(std::string_view text); // exactly 32 lower-case hex digits, not all zero

template <class T> struct Id {
  RawId raw{};
  auto operator<=>(const Id&) const = default;
  bool empty() const { return raw == RawId{}; }
  std::string text() const { return empty() ? std::string() : to_text(raw); }
  static Id make(Random& random) { return {random_id(random)}; }
  static std::optional<Id> parse(std::string_view text) {
    const auto raw = parse_id(text);
    return raw ? std::optional<Id>(Id{*raw}) : std::nullopt;
  }
};

} // namespace kith
