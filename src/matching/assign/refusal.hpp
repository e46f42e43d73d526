// What a file says that cannot be used: where (a JSON pointer, or a line), what was expected there and what
// was found. What was found is shown to whoever owns the file and never logged.
#pragma once
#include "record/json_parts.hpp"

namespace kith::matching {

// A place in a JSON document; made into a pointer only when something is refused.
struct Where {
  std::string_view list{};
  std::size_t index{};
  std::string_view member{};

  Where at(std::string_view name) const { return {list, index, name}; }
  std::string text() const;
};

// The code is assign.expected; the arguments are where, and "what was expected, found this".
Failure refusal(std::string where, std::string expected, const std::string& found);
std::string found_in(const record::JsonValue& value); // a value in a few words
Failure refusal(const Where& where, std::string expected, const record::JsonValue& found);

struct Range {
  std::int64_t least{};
  std::int64_t most{};
};
Result<std::int64_t> read_whole(const Where& where, const record::JsonValue& value, Range range);

// read_json_parts, with what is wrong with the JSON itself put the same way.
Done read_parts(std::string& bytes, record::JsonParts& to);

} // namespace kith::matching
