#include "matching/profile.hpp"

#include <algorithm>
#include <array>

namespace kith::matching {
namespace {

constexpr std::array<std::string_view, 5> strengths{"must", "matters", "a_little", "no_view", "avoid"};

} // namespace

std::string_view name_of(Strength strength) { return strengths.at(static_cast<std::size_t>(strength)); }

std::optional<Strength> strength_named(std::string_view name) {
  const auto at = std::find(strengths.begin(), strengths.end(), name);
  if (at == strengths.end()) return std::nullopt;
  return static_cast<Strength>(at - strengths.begin());
}

Codes codes(std::vector<std::string> values) {
  std::erase_if(values, [](const std::string& value) { return value.empty(); });
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

bool contains(const Codes& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Codes shared(const Codes& a, const Codes& b) {
  Codes out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

const Wish* find_wish(const Wishes& wishes, Criterion criterion) {
  for (const Wish& wish : wishes)
    if (wish.criterion == criterion) return &wish;
  return nullptr;
}

} // namespace kith::matching
