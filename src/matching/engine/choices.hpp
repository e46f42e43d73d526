// At least two workers to choose among (matching.md 1.4). Round 1 gives each placed person one kept place;
// rounds 2..k solve again, exactly, on the places still unreserved and without pairs already given:
// everyone's second choice before anyone's third. A kept place is never used for somebody's further choice.
// This is sequentially, not jointly, optimal. A person who already holds open offers (already_offered = r)
// joins in round r + 1; a person unplaced in the first round they join gets no further choice.
//
// offers_per_place (default 1) above 1 lets several *further* choices share one place that nobody keeps: the
// first double yes takes it, and the page says so beforehand.
// Cost: k solves. k is 1..7.
#pragma once
#include "matching/engine/instance.hpp"
#include "matching/engine/method.hpp"

namespace kith::matching::engine {

struct ChoiceSettings {
  Method method{Method::stable};
  int choices{2};
  int offers_per_place{1};
};

struct Choices {
  std::vector<std::vector<std::uint32_t>> workers_of{}; // by person, in the order given; first = kept place
  std::vector<std::int64_t> prices{};                   // of round 1; empty unless the method is optimum
  Totals kept{};                                        // of round 1
};

// REQUIRES validate(instance).ok(), 1 <= choices <= 7, offers_per_place >= 1.
Choices give_choices(const Instance& instance, ChoiceSettings settings);

// One round by one method: the worker of each person.
std::vector<std::uint32_t> solve(const Instance& instance, Method method);

} // namespace kith::matching::engine
