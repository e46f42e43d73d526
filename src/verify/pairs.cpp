// The pass over people x workers. Nothing of it is kept but counts and the pairs that hold a price up.
#include <algorithm>
#include <limits>

#include "verify/checks.hpp"
#include "verify/rules.hpp"

namespace kith::verify {
namespace {

__extension__ using Wide = __int128; // bonuses and prices come from the plan and may be anything

// How a worker, or for `arrival` the service, would order people; smaller comes first, and no two are equal.
using Order = std::array<std::int64_t, 4>;
enum class By { class_then_fit, arrival };

Order order_of(const Case& of, By by, std::uint32_t person, const Fit& fit) {
  const std::int64_t waiting_on = of.person(person).waiting_on.days;
  const std::int64_t turn = of.service.person_turn[person];
  if (by == By::arrival) return {waiting_on, turn, 0, 0};
  return {-of.classes[person], -fit.worker_part, waiting_on, turn};
}

// One round of offers as the plan gives them, by worker.
struct Round {
  std::vector<std::int64_t> places{};
  std::vector<std::int64_t> held{};
  std::vector<Order> last{}; // of those who hold a place

  bool has_room(std::uint32_t worker) const { return held[worker] < places[worker]; }
  bool would_rather(std::uint32_t worker, const Order& order) const {
    return has_room(worker) || (held[worker] > 0 && order < last[worker]);
  }
};

std::vector<Round> rounds_of(const Case& of, By by) {
  const std::size_t workers = of.folder.input.workers.size();
  std::vector<Round> out(static_cast<std::size_t>(of.folder.input.settings.choices),
                         {std::vector<std::int64_t>(workers, 0), std::vector<std::int64_t>(workers, 0),
                          std::vector<Order>(workers, {std::numeric_limits<std::int64_t>::min(), 0, 0, 0})});
  for (std::uint32_t i = 0; i < of.given.size(); ++i)
    for (std::size_t k = 0; k < of.given[i].size(); ++k) {
      const std::size_t number = static_cast<std::size_t>(of.first_round(i)) + k;
      if (number > out.size()) continue; // said by check_offers
      Round& round = out[number - 1];
      const Given& given = of.given[i][k];
      ++round.held[given.worker];
      round.last[given.worker] = std::max(round.last[given.worker], order_of(of, by, i, given.fit));
    }
  for (std::uint32_t j = 0; j < workers; ++j) {
    std::int64_t left = of.free_places(j);
    for (std::size_t r = 0; r < out.size(); ++r) {
      out[r].places[j] = left;
      left = std::max<std::int64_t>(0, left - out[r].held[j]);
      if (r == 0) left = std::min<std::int64_t>(4'095, left * of.folder.input.settings.offers_per_place);
    }
  }
  return out;
}

class Pass {
public:
  Pass(Case& of, std::int64_t people_most)
      : of_(of), method_(of.folder.input.settings.method),
        rounds_(rounds_of(of, method_ == matching::Method::arrival ? By::arrival : By::class_then_fit)),
        by_class_(rounds_of(of, By::class_then_fit)) {
    const auto people = static_cast<std::int64_t>(of.folder.input.people.size());
    step_ = people > people_most ? (people + people_most - 1) / people_most : 1;
    seen_.sampled = step_ > 1;
  }

  Seen over_all() {
    for (std::size_t i = 0; i < of_.written.size(); i += static_cast<std::size_t>(step_)) {
      ++seen_.people;
      look_at(static_cast<std::uint32_t>(i));
    }
    return std::move(seen_);
  }

private:
  struct Facts { // about workers whom only secrets could keep from the person
    bool any{};
    bool any_close_enough{};
  };

  void look_at(std::uint32_t i) {
    Facts facts;
    seen_.rank_sum += keeps(i); // its own rank: one more than those the person would rather have
    for (std::uint32_t j = 0; j < of_.folder.input.workers.size(); ++j) {
      ++seen_.pairs;
      const Pair pair{i, j};
      if (!open_rule_broken(of_.service, pair).empty()) continue;
      const Fit fit = fit_of(of_.service, pair);
      const bool close_enough = !of_.least[i] || fit.person_part >= of_.least[i]->person_part;
      facts.any = true;
      facts.any_close_enough = facts.any_close_enough || close_enough;
      if (!close_enough || !secret_rule_broken(of_.service, pair).empty()) continue;
      look_at_candidate(pair, fit);
    }
    check_outcome(i, facts);
  }

  void look_at_candidate(Pair pair, const Fit& fit) {
    const auto& given = of_.given[pair.person];
    if (of_.first_round(pair.person) == 1) {
      ++seen_.possible;
      seen_.greatest_fit = std::max<std::int64_t>(seen_.greatest_fit, fit.total());
      check_price(pair, fit);
      count(pair, fit);
    }
    for (std::size_t k = 0; k <= given.size(); ++k) {
      const std::size_t number = static_cast<std::size_t>(of_.first_round(pair.person)) + k;
      if (number > rounds_.size() || (k > 0 && given[k - 1].worker == pair.worker)) return;
      check_round(pair, fit, k, rounds_[number - 1]);
    }
  }

  bool keeps(std::uint32_t i) const { return of_.first_round(i) == 1 && !of_.given[i].empty(); }

  // Would the person rather have this worker than the k-th offered to them?
  bool prefers(Pair pair, const Fit& fit, std::size_t k) const {
    const auto& given = of_.given[pair.person];
    if (k >= given.size()) return true;
    return std::pair(-fit.person_part, of_.service.worker_turn[pair.worker]) <
           std::pair(-given[k].fit.person_part, of_.service.worker_turn[given[k].worker]);
  }

  void count(Pair pair, const Fit& fit) {
    if (!prefers(pair, fit, 0)) return;
    seen_.rank_sum += keeps(pair.person);
    seen_.blocking_pairs +=
        by_class_[0].would_rather(pair.worker, order_of(of_, By::class_then_fit, pair.person, fit));
  }

  void check_round(Pair pair, const Fit& fit, std::size_t k, const Round& round) {
    const auto& given = of_.given[pair.person];
    if ((k < given.size() && given[k].worker == pair.worker) || !prefers(pair, fit, k)) return;
    const About about{pair.person, pair.worker};
    if (method_ == matching::Method::optimum) {
      if (k >= given.size() && round.has_room(pair.worker))
        of_.note("place_left", about, "the person is left out beside a place that stays free");
      return;
    }
    const By by = method_ == matching::Method::arrival ? By::arrival : By::class_then_fit;
    if (!round.would_rather(pair.worker, order_of(of_, by, pair.person, fit))) return;
    if (by == By::arrival)
      of_.note("passed_over", about, "whoever has this place came later, or nobody has it");
    else of_.note("blocking_pair", about, "both would rather have each other than whom they are offered");
  }

  void check_price(Pair pair, const Fit& fit) {
    const Wide value = Wide{of_.ranks[pair.person]} * of_.plan.exchange_bound + fit.total();
    const Wide covered = Wide{of_.gains[pair.person]} + of_.prices[pair.worker];
    if (covered < value)
      of_.note("underpriced", {pair.person, pair.worker},
               "gain and price do not cover what the pair is worth");
    if (covered == value && !(keeps(pair.person) && of_.given[pair.person][0].worker == pair.worker))
      seen_.tight.push_back(pair);
  }

  void check_outcome(std::uint32_t i, const Facts& facts) {
    if (!of_.written[i]) return;
    const WrittenPerson& written = *of_.written[i];
    const auto& person = of_.person(i);
    auto missing = not_said(person);
    std::string_view outcome = "places_taken";
    if (!written.offers.empty()) outcome = "offered";
    else if (!person.open_offers.empty()) outcome = "deciding";
    else if (!person.consents_to_matching) outcome = "no_consent";
    else if (!missing.empty()) outcome = "not_known";
    else if (!facts.any) outcome = "no_candidate";
    else if (of_.least[i] && !facts.any_close_enough) outcome = "below_floor";
    of_.expect("outcome", {i, {}}, "outcome", written.outcome, outcome);
    of_.expect("outcome", {i, {}}, "until", written.until,
               outcome == "below_floor" ? to_text(of_.least[i]->until) : std::string());
    if (outcome != "not_known") missing.clear();
    if (!std::equal(missing.begin(), missing.end(), written.not_known.begin(), written.not_known.end()))
      of_.note("outcome", {i, {}}, "other things are missing than the plan writes");
  }

  Case& of_;
  matching::Method method_{};
  std::vector<Round> rounds_{};
  std::vector<Round> by_class_{};
  std::int64_t step_{1};
  Seen seen_{};
};

} // namespace

Seen look_at_pairs(Case& of, std::int64_t people_most) { return Pass(of, people_most).over_all(); }

} // namespace kith::verify
