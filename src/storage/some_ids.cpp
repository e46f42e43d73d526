#include "storage/some_ids.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith::storage {

std::string some_ids_from(int first) {
  std::vector<std::string> places;
  places.reserve(some_ids_max);
  for (std::size_t i = 0; i < some_ids_max; ++i)
    places.push_back("?" + std::to_string(static_cast<std::size_t>(first) + i));
  return "(" + join(places, ", ") + ")";
}

void add_ids(std::vector<Value>& values, const std::vector<std::string>& ids) {
  CHECK(ids.size() <= some_ids_max);
  values.insert(values.end(), ids.begin(), ids.end());
  values.insert(values.end(), some_ids_max - ids.size(), std::string());
}

} // namespace kith::storage
