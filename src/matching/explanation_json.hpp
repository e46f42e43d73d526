// An explanation as JSON ("kith-explanation/1") and back: what is stored with an offer and worded years
// later. Members in fixed order, integers only, so bytes repeat. Round trip: parse(write(x)) == x.
#pragma once
#include "matching/explanation.hpp"
#include "matching/id_names.hpp"
#include "record/json.hpp"

namespace kith::matching {

void write_justification(record::JsonWriter& json, const Justification& why);
void write_contribution(record::JsonWriter& json, const Contribution& contribution);
void write_explanation(record::JsonWriter& json, const Explanation& explanation, const IdNames& names);
std::string explanation_bytes(const Explanation& explanation);

// Failures: explanation.form with the member that is wrong. Ids must be the 32 digits.
Result<Explanation> parse_explanation(std::string_view bytes);

} // namespace kith::matching
