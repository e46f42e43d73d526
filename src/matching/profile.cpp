#include "matching/profile.hpp"

#include <algorithm>

namespace kith::matching {

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
