// The hard constraints of a pair, written a second time from docs/matching/verify.md. A pair that breaks one
// may not be offered. Open ones may be named to a coordinator; secret ones are named only here, to whoever
// holds the whole folder. Pure; any thread.
#pragma once
#include "verify/service.hpp"

namespace kith::verify {

// The first constraint the pair breaks, "" when none. Which worker a person has open offers with is no
// constraint of the person and still one of the pair: that worker cannot be offered again.
std::string_view open_rule_broken(const Service& service, Pair pair);
std::string_view secret_rule_broken(const Service& service, Pair pair);

bool could_meet_in_person(const matching::Traits& a, const matching::Traits& b); // inside both ranges
bool could_meet_remotely(const matching::Traits& a, const matching::Traits& b);

// What a person has not said and without which nobody can be offered, by the names the plan uses.
std::vector<std::string_view> not_said(const matching::PersonProfile& person);

} // namespace kith::verify
