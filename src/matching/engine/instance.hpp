// One matching problem as plain integers: people who wait, workers with places, and the pairs that may be
// offered. Everything in matching/engine reads this and nothing else; it knows no names, clocks or wording.
//
// Shapes. ids: opaque uint64, unique on each side. places: 0..4,095 free places. class: 0..1,023, highest
// first. order: smaller waited longer (days of the waiting date). Parts of a pair: person, worker and service
// part, each >= 0; their sum, the fit, is at most 65,535. Pairs name people and workers by index.
// Invariant after `validate`: every later function may assume all of the above.
// Threads: plain values; concurrent reading is safe.
#pragma once
#include <cstdint>
#include <vector>

#include "base/result.hpp"

namespace kith::matching::engine {

inline constexpr std::uint32_t nobody = 0xffff'ffff; // "no worker" in every list of workers by person
inline constexpr std::int64_t greatest_fit = 65'535;
inline constexpr std::int64_t greatest_value = std::int64_t{1} << 62;

struct InstancePerson {
  std::uint64_t id{};
  std::uint16_t klass{};
  std::int64_t order{};
  std::int64_t bonus{};           // read only when the objective is `weighted`
  std::uint8_t already_offered{}; // open offers this person holds; their places are not in `places`
};

struct InstanceWorker {
  std::uint64_t id{};
  std::uint16_t places{};
};

struct InstancePair {
  std::uint32_t person{};
  std::uint32_t worker{};
  std::int32_t person_part{};
  std::int32_t worker_part{};
  std::int32_t service_part{};
  std::uint32_t worker_rank{}; // 1 for the person this worker named first, and so on; 0: not named
};

constexpr std::int64_t fit_of(const InstancePair& pair) {
  return std::int64_t{pair.person_part} + pair.worker_part + pair.service_part;
}

// strict: classes first, then people, then fit (matching.md 1.3). weighted: the plain sum of bonus + fit.
enum class Objective { strict, weighted };

struct Instance {
  Objective objective{Objective::strict};
  std::uint64_t seed{};
  std::vector<InstancePerson> people{};
  std::vector<InstanceWorker> workers{};
  std::vector<InstancePair> pairs{};
};

// Failures, all Fault::invalid with the index as argument: engine.id_twice, engine.class_out_of_range,
// engine.places_out_of_range, engine.pair_unknown, engine.pair_twice, engine.fit_out_of_range,
// engine.bonus_out_of_range, engine.too_large (n x ranks x D > 2^62).
Done validate(const Instance& instance);

// The canonical order of 1.5: positions sorted by (mix(seed, id), id). Alphabetical or early ids win nothing.
std::vector<std::uint32_t> canonical_people(const Instance& instance);
std::vector<std::uint32_t> canonical_workers(const Instance& instance);

// The same problem with people and workers in canonical order and pairs sorted; `people` and `workers` say
// which original position each has. Any input order of one problem gives the same bytes.
struct Canonical {
  Instance instance{};
  std::vector<std::uint32_t> people{};
  std::vector<std::uint32_t> workers{};
  std::vector<std::uint32_t>
      first_pair{}; // n + 1: the pairs of person i are [first_pair[i], first_pair[i+1])
};
Canonical canonical(const Instance& instance);

// What level 1-3 of the objective come to, for reports. `by_class` is highest class first.
struct ClassCount {
  std::uint16_t klass{};
  std::int64_t people{};
  auto operator<=>(const ClassCount&) const = default;
};
struct Totals {
  std::vector<ClassCount> by_class{}; // every class present, even with nobody offered
  std::int64_t people{};
  std::int64_t fit{};
  std::int64_t value{}; // sum of bonus + fit
  bool operator==(const Totals&) const = default;
};
// `worker_of` has one entry per person of the instance. Pairs not in the instance are a Defect.
Totals totals_of(const Instance& instance, const std::vector<std::uint32_t>& worker_of);

// D = (m + 1) x F + 1 of 1.3: more than any exchange between two people can change the fit.
std::int64_t exchange_bound(const Instance& instance);
// The bonus of each person: r x D with D = (m + 1) x F + 1 under `strict`, the given one under `weighted`.
std::vector<std::int64_t> bonuses(const Instance& instance);

} // namespace kith::matching::engine
