// Why this offer, as a value: returned with every offer, stored with its versions (B9), put into words years
// later without running anything again. The contributions sum to the fit (checked). Figures are for
// coordinators' API and the audit; no page shows a percentage, total, star or rank.
// Threads: plain values.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "matching/budget.hpp"
#include "matching/feasibility.hpp"

namespace kith::matching {

enum class WhoseView : std::uint8_t { person, worker, service };

// `criterion` is a criterion's name, or "nothing_in_particular" or "continuity". value = points x grade.
// For `avoid` the grade is already reversed; what is not known counts 0 either way.
struct Contribution {
  std::string criterion{};
  WhoseView side{};
  std::int32_t points{};
  std::int32_t grade{};
  std::int32_t value{};
  bool avoided{};
  Justification why{NothingShared{}};
  bool operator==(const Contribution&) const = default;
};

enum class Closeness : std::uint8_t { very_close, close, some_in_common, little_in_common };
Closeness closeness_of(std::int32_t person_part, const ClosenessRule& rule);
std::string_view name_of(Closeness closeness);

// A must that is met: outside the sum, because it is a constraint.
struct MustMet {
  std::string criterion{};
  Justification why{NothingShared{}};
  bool operator==(const MustMet&) const = default;
};

struct Explanation {
  RawId person{};
  RawId worker{};
  std::string engine{};
  std::string criteria{};
  std::string weights{};
  Date as_of{};
  std::vector<Contribution> contributions{};
  std::vector<MustMet> musts{};
  std::int32_t person_part{};
  std::int32_t worker_part{};
  std::int32_t service_part{};
  std::int32_t fit{}; // 0..16,000
  Closeness closeness{};
  bool in_person{};
  bool remote{};
  Codes languages{}; // both speak; empty = through an interpreter
  std::optional<CommonTimes> times{};
  bool operator==(const Explanation&) const = default;
};

struct Parts {
  std::int32_t person{};
  std::int32_t worker{};
  std::int32_t service{};
  std::int32_t fit() const { return person + worker + service; }
};

struct PairToWeigh {
  const PreparedPerson& person;
  const PreparedWorker& worker;
  const Budget& person_budget;
  const Budget& worker_budget;
  const Settings& settings;
};
Parts weigh(const PairToWeigh& pair);
std::vector<Contribution> contributions_of(const PairToWeigh& pair);
Explanation explain(const PairToWeigh& pair, const Feasibility& feasibility);

// The contributions both person and worker may see: the worker's own preferences stay the worker's.
Explanation for_both(const Explanation& explanation);

// One cell of the comparison page. For `avoid` the sign is already turned: yes = it is not so.
struct Cell {
  Criterion criterion{};
  Strength strength{};
  Meets meets{};
  Justification why{NothingShared{}};
  bool operator==(const Cell&) const = default;
};
// One cell per view the person stated (no_view left out), by criterion.
std::vector<Cell> cells_of(const PairToWeigh& pair);

// What somebody else on the waiting list would notice if a pair were offered now.
struct EffectOnOther {
  RawId person{};
  std::int32_t waiting_days{};
  std::optional<Closeness> before{}; // nothing = no offer
  std::optional<Closeness> after{};
  bool operator==(const EffectOnOther&) const = default;
};

// Why a pair is not in the plan: exactly one of these.
struct NotPossible {
  std::vector<OpenReason> reasons{};
  bool operator==(const NotPossible&) const = default;
};
struct NotAvailable {
  bool operator==(const NotAvailable&) const = default;
};
struct LowerFit { // possible; the offer made fits better by `by`
  std::int32_t by{};
  std::vector<Contribution> here{}; // those that differ
  std::vector<Contribution> offered{};
  bool operator==(const LowerFit&) const = default;
};
struct NeededElsewhere { // possible and as close or closer; its price is what others would lose
  std::int64_t price{};
  std::vector<EffectOnOther> others{};
  bool operator==(const NeededElsewhere&) const = default;
};
using NonPair = std::variant<NotPossible, NotAvailable, LowerFit, NeededElsewhere>;

} // namespace kith::matching
