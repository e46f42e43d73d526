// Group parity: the best plan in which every group of people has about the same share of offers. Off unless
// somebody asks for it, because it passes over people for others.
//
// Problem. N people wait and K of them have an offer in the plan without bands (`before`: one of the greatest
// value). Group g has n people. Its band is b hundredths of a percentage point about the overall share K / N,
// rounded outward to whole people: at least floor(n (10,000 K - b N) / 10,000 N) and at most
// ceil(n (10,000 K + b N) / 10,000 N) of them have an offer. Exactly K people have one again. So nobody is
// lost in the sum, and of plans that keep this the best is wanted by the objective of the instance:
//   strict    the highest class first: as many of it have an offer as the bands let, then of the next class,
//             then the greatest fit. The number of people is K already;
//   weighted  the greatest sum of bonus + fit.
// Of equally good plans: one by which the fewest lose the offer they would have had, then one by which the
// most have it with the same worker, then whichever the order of the arcs gives. Everybody counts in N and n,
// also who has no candidate. Who is in no group counts in N and has no band. Whoever is `fixed` keeps their
// worker and counts as served in their groups.
//
// Model. A person goes to one of their workers, and from there to "has an offer", which takes K; or to the
// node of their group, from there to that of the group around it, and so on to "has none", which takes N - K.
// Places and groups are two families of nested sets, so this is one minimum-cost flow whose answer is whole
// (Edmonds 1970; Budish, Che, Kojima and Milgrom 2013); what must pass an arc moves into the supplies (Ahuja,
// Magnanti and Orlin 1993, 2.4). OURS: classes are goals in strict order (flow.hpp), not bonuses of r x D.
// Without bands an exchange places one person for another, and r x D orders classes rightly. With bands one
// exchange may place people of classes 3 and 1 for two of class 2, whose bonuses are equal, though strictly
// the first is better; bonuses that grow by class as they would have to leave 64 bits after some ten classes.
// OURS too: the order of waiting days settles ties in the optimum, and here only through `before`.
//
// Price of fairness (Bertsimas, Farias and Trichakis 2011): totals of both plans, and whose offers change.
// When `before` keeps the bands it is the answer itself. Cost: one simplex over pairs + people arcs that
// begins at `before` (bench/parity measures it); where no plan keeps the bands, up to 14 more, without costs,
// to find the smallest band that one keeps. No floating point. The proof of the flow is checked before
// returning.
#pragma once
#include "matching/engine/groups.hpp"
#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

inline constexpr std::int64_t band_most = 10'000; // the whole of 100 points: no limit at all
inline constexpr std::int64_t band_usual = 25;

struct ParityWish {
  std::int64_t band{band_usual};       // hundredths of a percentage point, 0..band_most
  std::vector<std::uint32_t> before{}; // worker by person: a plan of the greatest value there is
  std::vector<std::uint32_t> fixed{};  // worker by person who keeps theirs, else nobody; empty: nobody does
};

struct GroupShare {
  std::int64_t people{};
  std::int64_t least{}; // people who must have an offer
  std::int64_t most{};
  std::int64_t before{};
  std::int64_t served{};
  bool operator==(const GroupShare&) const = default;
};

struct Parity {
  std::vector<std::uint32_t> worker_of{}; // by position in instance.people
  std::vector<GroupShare> shares{};       // by group
  Totals before{};
  Totals totals{};
  std::vector<std::uint32_t> lost{}; // positions in instance.people, ascending
  std::vector<std::uint32_t> gained{};
  std::vector<std::uint32_t> moved{}; // an offer before and now, with another worker
};

// REQUIRES validate(instance).ok(), validate(groups).ok(), one group for each person, `before` as above with
// every fixed pair in it. Failures: engine.no_parity (Fault::conflict), with the band asked for and the
// smallest that a plan of as many people keeps as arguments; engine.flow_too_large.
Result<Parity> solve_parity(const Instance& instance, const Groups& groups, const ParityWish& wish);

} // namespace kith::matching::engine
