// What small problems come to, worked out from the definitions by trying everything, so that the engine can
// be held against it. Nothing of the engine is used but the problem itself (instance.hpp). Up to 12 people.
//
// Best plans: which people are placed decides the first two goals, so a table says for each of the 2^n sets
// of people how much fit a plan can have that places exactly these. It is filled worker by worker: whoever of
// a set comes to the next worker is a part of it. Cost: 3^n steps a worker; 8 people, 8 workers: 52,000.
//
// Stable plans: person after person takes each worker or none. A worker whom a person would rather have must
// in the end hold nobody they want less, and be full; a choice against that is given up at once.
//
// Ties, everywhere: people by waiting date, then both sides by mix(seed, id), then id.
#pragma once
#include <optional>
#include <span>

#include "matching/engine/instance.hpp"

namespace kith::test {

using WorkerOf = std::vector<std::uint32_t>; // by person; engine::nobody without a place
using Goals = std::vector<std::int64_t>;     // what is maximised, the first first
using People = std::uint32_t;                // a set: bit i is person i

// Under the strict order people by class, highest first; then people; then fit. Weighted: the value alone.
Goals goals_of(const matching::engine::Instance& instance, const matching::engine::Totals& totals);

struct Best {
  Goals goals{};
  std::int64_t value{}; // the greatest sum of bonus + fit, whatever the objective
  People placed{};      // by whom the goals are reached; of equal sets, the first in turn have the places
};

// By set of people; -1 where no plan places exactly these.
std::vector<std::int64_t> fits_by_people(const matching::engine::Instance& instance);
Best best_plan(const matching::engine::Instance& instance);
std::int64_t best_value(const matching::engine::Instance& instance, std::span<const std::int64_t> bonus);
// r x D, or the person's own bonus.
std::vector<std::int64_t> bonus_by_definition(const matching::engine::Instance& instance);

// The orders of the stable plan, best first; `rank`: the place of each in the other's order, none without a
// pair.
struct Orders {
  std::vector<std::vector<std::uint32_t>> workers_of{};                // by person
  std::vector<std::vector<std::optional<std::uint32_t>>> rank_of{};    // by person, by worker
  std::vector<std::vector<std::optional<std::uint32_t>>> rank_there{}; // by worker, by person
};
Orders orders_of(const matching::engine::Instance& instance);
bool blocked(const matching::engine::Instance& instance, const Orders& orders, const WorkerOf& plan);
std::vector<WorkerOf> stable_plans(const matching::engine::Instance& instance, const Orders& orders);
// The one of them that is best for everybody; none when there is no such plan.
std::optional<WorkerOf> best_for_people(const std::vector<WorkerOf>& plans, const Orders& orders);

WorkerOf arrival_plan(const matching::engine::Instance& instance);

// What round `number` of the choices starts from, when these were given: who joins, pairs and places left.
struct RoundsSoFar {
  const std::vector<std::vector<std::uint32_t>>& workers_of; // by person, of all rounds
  int offers_per_place{};
};
matching::engine::Instance round_of(const matching::engine::Instance& whole, const RoundsSoFar& given,
                                    int number);
// What the round gave, by person.
WorkerOf given_in(const matching::engine::Instance& whole, const RoundsSoFar& given, int number);

} // namespace kith::test
