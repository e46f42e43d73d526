// A handful of ids as parameters of one prepared statement: it has a place for each, and those left over are
// empty, which is nobody's id.
#pragma once
#include <string>
#include <vector>

#include "storage/database.hpp"

namespace kith::storage {

constexpr std::size_t some_ids_max = 200;

// "(?2, ?3, …)", from this parameter on.
std::string some_ids_from(int first);
// The values for them, behind those that stand before. At most some_ids_max.
void add_ids(std::vector<Value>& values, const std::vector<std::string>& ids);

template <class T> std::vector<Value> id_values(const std::vector<Id<T>>& ids) {
  std::vector<std::string> texts;
  texts.reserve(ids.size());
  for (const Id<T> id : ids) texts.push_back(id.text());
  std::vector<Value> values;
  add_ids(values, texts);
  return values;
}

} // namespace kith::storage
