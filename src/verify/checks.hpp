// The checks, each over a whole case. Every one adds what it finds to the case and goes on.
#pragma once
#include "verify/case.hpp"

namespace kith::verify {

// Dates, class, number and order of a person's offers; of each offer every hard constraint, the floor, and
// each line, part and sum of its explanation against the rows (offers.cpp). All of them, always.
void check_offers(Case& of);

// No worker has more kept places than free ones, and no further choice stands on a kept place (offers.cpp).
void check_places(Case& of);

// What a pass over people x workers saw.
struct Seen {
  bool sampled{};
  std::int64_t people{};
  std::int64_t pairs{};
  std::int64_t possible{}; // that may be offered in the first round
  std::int64_t greatest_fit{};
  std::int64_t rank_sum{}; // of kept places: 1 = the person's first choice
  std::int64_t blocking_pairs{};
  std::vector<Pair> tight{}; // u + p is exactly the pair's value, and the person has not that kept place
};

// Every pair: u + p covers it; nobody was passed over (stable and arrival: no pair would both rather have
// each other; optimum: nobody is left out beside a free place); and why somebody has no offer. Beyond
// `people_most` people only every k-th is looked at, all with every worker (pairs.cpp).
Seen look_at_pairs(Case& of, std::int64_t people_most);

// What the plan adds up, and the proof of the optimum: primal = dual, D, and prices the smallest
// (totals.cpp).
void check_totals(Case& of, const Seen& seen);
void check_proof(Case& of, const Seen& seen);

} // namespace kith::verify
