#include "matching/engine/choices.hpp"

#include <algorithm>

#include "matching/engine/arrival.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/stable.hpp"

namespace kith::matching::engine {
namespace {

// The instance of one round: the people who join, the pairs not yet given, and the places left. Positions
// stay those of the whole instance, so results need no renumbering.
struct Round {
  const Instance& whole;
  const Choices& so_far;
  const std::vector<std::uint16_t>& places;
  int number{};
};

bool joins(const Round& round, std::uint32_t person) {
  const int before = round.whole.people[person].already_offered;
  return before + static_cast<int>(round.so_far.workers_of[person].size()) == round.number - 1;
}

Instance instance_of(const Round& round) {
  Instance out = round.whole;
  for (std::size_t j = 0; j < out.workers.size(); ++j) out.workers[j].places = round.places[j];
  std::erase_if(out.pairs, [&](const InstancePair& pair) {
    if (!joins(round, pair.person)) return true;
    const auto& given = round.so_far.workers_of[pair.person];
    return std::find(given.begin(), given.end(), pair.worker) != given.end();
  });
  return out;
}

} // namespace

std::vector<std::uint32_t> solve(const Instance& instance, Method method) {
  switch (method) {
  case Method::stable:
    return solve_stable(instance).worker_of;
  case Method::optimum:
    return solve_optimum(instance).worker_of;
  case Method::arrival:
    return solve_arrival(instance).worker_of;
  }
  FATAL("unknown method");
}

Choices give_choices(const Instance& instance, ChoiceSettings settings) {
  CHECK(settings.choices >= 1 && settings.choices <= 7 && settings.offers_per_place >= 1);
  Choices out;
  out.workers_of.resize(instance.people.size());
  std::vector<std::uint16_t> places;
  places.reserve(instance.workers.size());
  for (const InstanceWorker& worker : instance.workers) places.push_back(worker.places);
  for (int number = 1; number <= settings.choices; ++number) {
    const Round round{instance, out, places, number};
    const Instance now = instance_of(round);
    std::vector<std::uint32_t> given;
    if (number == 1 && settings.method == Method::optimum) {
      Optimum optimum = solve_optimum(now);
      given = std::move(optimum.worker_of);
      out.prices = std::move(optimum.prices);
    } else {
      given = solve(now, settings.method);
    }
    if (number == 1) out.kept = totals_of(now, given);
    for (std::uint32_t i = 0; i < given.size(); ++i) {
      if (given[i] == nobody) continue;
      CHECK(places[given[i]] > 0);
      --places[given[i]];
      out.workers_of[i].push_back(given[i]);
    }
    if (number == 1)
      for (std::uint16_t& left : places)
        left = static_cast<std::uint16_t>(std::min(4'095, left * settings.offers_per_place));
  }
  return out;
}

} // namespace kith::matching::engine
