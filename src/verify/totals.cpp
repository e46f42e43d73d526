// What the plan adds up of its kept places, and the proof that no plan of the first round could be worth
// more.
#include <algorithm>

#include "verify/checks.hpp"

namespace kith::verify {
namespace {

__extension__ using Wide = __int128; // gains and prices come from the plan; their sum may not fit

struct Totals { // of kept places
  std::vector<ClassCount> by_class{};
  std::int64_t people{};
  std::int64_t fit{};
  Wide value{};
  std::vector<std::int64_t> waits{};
};

const Given* kept_place(const Case& of, std::uint32_t person) {
  return of.first_round(person) == 1 && !of.given[person].empty() ? of.given[person].data() : nullptr;
}

Totals totals_of(const Case& of) {
  Totals out;
  std::map<std::int64_t, std::int64_t, std::greater<>> by_class;
  for (std::uint32_t i = 0; i < of.given.size(); ++i) {
    std::int64_t& count = by_class[of.classes[i]];
    const Given* kept = kept_place(of, i);
    if (!kept) continue;
    ++count;
    ++out.people;
    out.fit += kept->fit.total();
    out.value += Wide{of.ranks[i]} * of.plan.exchange_bound + kept->fit.total();
    out.waits.push_back(of.folder.input.settings.as_of - of.person(i).waiting_on);
  }
  for (const auto& [klass, people] : by_class) out.by_class.push_back({klass, people});
  std::sort(out.waits.begin(), out.waits.end());
  return out;
}

// Whether every name has its one row; then the first row of a name is the only one.
template <class Row, std::size_t count>
bool stand_once(const std::vector<Row>& rows, std::string Row::* name,
                const std::array<std::string_view, count>& names) {
  std::vector<std::string_view> said;
  said.reserve(rows.size());
  for (const Row& row : rows) said.push_back(row.*name);
  return std::is_permutation(said.begin(), said.end(), names.begin(), names.end());
}

const WrittenMethod* method_named(const PlanFile& plan, std::string_view name) {
  for (const WrittenMethod& method : plan.methods)
    if (method.method == name) return &method;
  return nullptr;
}

void check_method(Case& of, const Totals& totals, const Seen& seen) {
  if (!stand_once(of.plan.methods, &WrittenMethod::method, method_names))
    of.note("totals", {}, "the plan has not one row of totals for each method");
  const WrittenMethod* written = method_named(of.plan, of.plan.method);
  if (!written) return;
  if (written->by_class != totals.by_class)
    of.note("by_class", {}, "other people per class than the offers make");
  of.expect("people", {}, "people", written->people, totals.people);
  of.expect("fit", {}, "a total fit of", written->fit, totals.fit);
  if (Wide{written->value} != totals.value) of.note("value", {}, "the value is not that of the kept places");
  if (of.plan.gap != Wide{of.plan.bound} - written->value)
    of.note("gap", {}, "the gap is not the bound less the value");
  if (of.plan.gap < 0) of.note("gap", {}, "the value is beyond the bound");
  if (seen.sampled) return;
  of.expect("rank_sum", {}, "rank_sum", written->rank_sum, seen.rank_sum);
  of.expect("blocking_pairs", {}, "blocking_pairs", written->blocking_pairs, seen.blocking_pairs);
}

void check_dial(Case& of, const Totals& totals) {
  if (!stand_once(of.plan.dials, &WrittenDial::dial, dial_names))
    of.note("dial", {}, "the plan has not one row for each position");
  const auto at = std::find_if(of.plan.dials.begin(), of.plan.dials.end(),
                               [&](const WrittenDial& dial) { return dial.dial == of.plan.dial; });
  if (at == of.plan.dials.end()) return;
  of.expect("dial", {}, "people", at->people, totals.people);
  of.expect("dial", {}, "a total fit of", at->fit, totals.fit);
  const std::size_t n = totals.waits.size();
  of.expect("dial", {}, "median_wait_days", at->median_wait_days, n == 0 ? 0 : totals.waits[(n - 1) / 2]);
  of.expect("dial", {}, "ninetieth_wait_days", at->ninetieth_wait_days,
            n == 0 ? 0 : totals.waits[(9 * n + 9) / 10 - 1]); // the nearest rank
}

void check_counts(Case& of) {
  std::int64_t choice = 0, one = 0, none = 0;
  for (const WrittenPerson& person : of.plan.people) {
    choice += person.offers.size() >= 2;
    one += person.offers.size() == 1;
    none += person.offers.empty();
  }
  of.expect("counts", {}, "with_choice", of.plan.with_choice, choice);
  of.expect("counts", {}, "with_one", of.plan.with_one, one);
  of.expect("counts", {}, "with_none", of.plan.with_none, none);
}

// A price may be lowered, together with others, unless it is 0 or somebody who is not at this worker would
// come for less: somebody without a kept place, or at a worker whose own price cannot fall. Of optimal prices
// the smallest leave none that may.
void check_smallest(Case& of, const std::vector<Pair>& tight) {
  const std::size_t workers = of.prices.size();
  std::vector<std::vector<std::uint32_t>> holds_up(workers);
  std::vector<std::uint32_t> firm;
  std::vector<bool> reached(workers, false);
  const auto reach = [&](std::uint32_t worker) {
    if (reached[worker]) return;
    reached[worker] = true;
    firm.push_back(worker);
  };
  for (std::uint32_t j = 0; j < workers; ++j)
    if (of.prices[j] == 0) reach(j);
  for (const Pair pair : tight) {
    const Given* kept = kept_place(of, pair.person);
    if (kept) holds_up[kept->worker].push_back(pair.worker);
    else reach(pair.worker);
  }
  for (std::size_t next = 0; next < firm.size(); ++next)
    for (const std::uint32_t held : holds_up[firm[next]]) reach(held);
  for (std::uint32_t j = 0; j < workers; ++j)
    if (!reached[j])
      of.note("price", {{}, j}, "not the smallest price: it could fall and the proof still hold");
}

} // namespace

void check_totals(Case& of, const Seen& seen) {
  const Totals totals = totals_of(of);
  check_method(of, totals, seen);
  check_dial(of, totals);
  check_counts(of);
}

void check_proof(Case& of, const Seen& seen) {
  of.expect("proof", {}, "proved_over", of.plan.proved_over, "all_pairs");
  Wide dual = 0;
  for (const std::int64_t gain : of.gains) dual += gain;
  for (std::uint32_t j = 0; j < of.prices.size(); ++j) dual += Wide{of.prices[j]} * of.free_places(j);
  if (dual != of.plan.bound) of.note("dual", {}, "gains and prices do not add up to the bound");
  const WrittenMethod* optimum = method_named(of.plan, "optimum");
  if (!optimum || optimum->value != of.plan.bound)
    of.note("dual", {}, "the optimum's value is not the bound");
  const auto workers = static_cast<std::int64_t>(of.prices.size());
  const Wide least = Wide{workers + 1} * seen.greatest_fit + 1;
  if (of.plan.exchange_bound < least) of.note("exchange_bound", {}, "too small to keep the classes apart");
  if (seen.sampled) return;
  if (of.plan.exchange_bound > least) of.note("exchange_bound", {}, "not (workers + 1) x greatest fit + 1");
  of.expect("possible_pairs", {}, "possible_pairs", of.plan.possible_pairs, seen.possible);
  if (of.folder.input.settings.method == matching::Method::optimum) check_smallest(of, seen.tight);
}

} // namespace kith::verify
