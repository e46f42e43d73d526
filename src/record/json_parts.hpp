// A JSON document too large to hold as values: an object whose lists may have millions of items. Each item is
// read by itself, given away and forgotten; whoever takes them decides member by member. The rules of
// json.hpp hold for every item. Memory: the bytes, up to four bytes for each of them, and one item.
#pragma once
#include "record/json.hpp"

namespace kith::record {

class JsonParts {
public:
  virtual ~JsonParts() = default;
  // Once for each member of the document, in its order: whether its one value comes to `take` next, as item
  // 0, or the items of the list it is. What is not wanted is stepped over, and not looked at closely.
  enum class Wanted : std::uint8_t { nothing, value, items };
  virtual Result<Wanted> wants(std::string_view member) = 0;
  virtual Done take(std::size_t index, const JsonValue& value) = 0;
};

// Failures are those of `to`, and (invalid) those of parse_json, json.object, json.list and json.no_list for
// what is no object, no list or a list, and json.incomplete for a document that ends too early; their
// argument is a JSON pointer to what was being read. The bytes stay as they are: only room behind them is
// made.
Done read_json_parts(std::string& bytes, JsonParts& to);

} // namespace kith::record
