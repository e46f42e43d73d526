#include "matching/engine/auction.hpp"

#include <algorithm>
#include <functional>

namespace kith::matching::engine {
namespace {

constexpr int clearings_max = 30;
constexpr std::int64_t finest_epsilon = 4;
constexpr std::int64_t steps_max = 64;     // of the coarsest epsilon, from nothing to the greatest bonus
constexpr std::int64_t left_to_repair = 8; // free places of workers with a level: one more search each there

struct Bid {
  std::int64_t amount{};
  std::uint32_t person{};
  bool operator>(const Bid& other) const { return amount > other.amount; }
};

class Auction {
public:
  Auction(const Packed& problem, const std::vector<std::uint16_t>& levels);
  void hold(std::int64_t epsilon);
  void refine(std::int64_t epsilon, std::int64_t lower);
  std::int64_t clear_levels(std::int64_t epsilon);
  void everybody_bids();
  Auctioned take(std::int64_t epsilon) { return {std::move(prices_), std::move(worker_of_), epsilon}; }

private:
  void keep(std::uint32_t worker, const Bid& bid);
  std::uint32_t outbid(std::uint32_t worker, const Bid& bid);
  bool full(std::uint32_t worker) const { return kept_[worker] == problem_.places[worker]; }
  Bid* bids_of(std::uint32_t worker) { return bids_.data() + first_[worker]; }
  bool keeps(std::uint32_t person, std::int64_t epsilon);
  void lower_level(std::uint16_t level, std::int64_t by);
  std::int64_t worth_of_level(std::uint32_t person, std::uint16_t level) const;

  void fetch_ahead(std::size_t next) const;

  static constexpr std::size_t ahead = 6;
  static constexpr std::size_t forget_after = 65'536;
  const Packed& problem_;
  const std::vector<std::uint16_t>& levels_;
  std::vector<std::int64_t> start_;
  std::vector<std::int64_t> prices_{};
  std::vector<std::uint32_t> worker_of_;
  std::vector<std::uint64_t> first_;
  std::vector<std::uint32_t> kept_;
  std::vector<Bid> bids_{};
  std::vector<std::uint32_t> bidders_{};
};

Auction::Auction(const Packed& problem, const std::vector<std::uint16_t>& levels)
    : problem_(problem), levels_(levels), start_(problem.workers(), 0), worker_of_(problem.people(), nobody),
      first_(problem.workers() + 1, 0), kept_(problem.workers(), 0) {
  for (std::uint32_t j = 0; j < problem.workers(); ++j) {
    first_[j + 1] = first_[j] + problem.places[j];
    if (problem.places[j] == 0) start_[j] = priceless;
    else if (!levels.empty() && levels[j] > 0)
      start_[j] = levels[j] * problem.rank_value - problem.greatest_fit;
  }
  bids_.resize(first_.back());
  prices_ = start_;
}

void Auction::everybody_bids() { bidders_ = problem_.order; }

void Auction::keep(std::uint32_t worker, const Bid& bid) {
  Bid* bids = bids_of(worker);
  bids[kept_[worker]++] = bid;
  std::push_heap(bids, bids + kept_[worker], std::greater<>());
}

std::uint32_t Auction::outbid(std::uint32_t worker, const Bid& bid) {
  Bid* bids = bids_of(worker);
  std::pop_heap(bids, bids + kept_[worker], std::greater<>());
  const std::uint32_t out = bids[kept_[worker] - 1].person;
  bids[kept_[worker] - 1] = bid;
  std::push_heap(bids, bids + kept_[worker], std::greater<>());
  return out;
}

void Auction::hold(std::int64_t epsilon) {
  for (std::size_t next = 0; next < bidders_.size(); ++next) {
    if (next >= forget_after && next > bidders_.size() / 2) { // a war of prices can last long
      bidders_.erase(bidders_.begin(), bidders_.begin() + static_cast<std::ptrdiff_t>(next));
      next = 0;
    }
    fetch_ahead(next);
    const std::uint32_t person = bidders_[next];
    const Packed::Best at = problem_.best_of(person, prices_);
    const std::int64_t out = -problem_.bonus[person]; // what staying out is worth
    if (at.best <= out) continue;
    const std::uint32_t worker = problem_.pairs[at.at].worker;
    const Bid bid{prices_[worker] + (at.best - std::max(at.second, out)) + epsilon, person};
    worker_of_[person] = worker;
    if (full(worker)) {
      const std::uint32_t beaten = outbid(worker, bid);
      worker_of_[beaten] = nobody;
      bidders_.push_back(beaten);
    } else {
      keep(worker, bid);
    }
    if (full(worker)) prices_[worker] = bids_of(worker)->amount;
  }
  bidders_.clear();
}

// The bidders of soon: where their pairs are, and then the pairs, are on their way while others bid.
void Auction::fetch_ahead(std::size_t next) const {
  if (next + 2 * ahead < bidders_.size()) __builtin_prefetch(&problem_.first[bidders_[next + 2 * ahead]]);
  if (next + ahead >= bidders_.size()) return;
  const std::uint32_t person = bidders_[next + ahead];
  problem_.pairs.fetch(problem_.first[person], problem_.first[person + 1]);
}

// Content within the finer epsilon: keeps the place, for a bid that says so.
bool Auction::keeps(std::uint32_t person, std::int64_t epsilon) {
  const std::uint32_t worker = worker_of_[person];
  const Packed::Best at = problem_.best_of(person, prices_);
  std::int64_t own = at.best, second = std::max(at.second, -problem_.bonus[person]);
  if (problem_.pairs[at.at].worker != worker) {
    second = std::max(at.best, second);
    own = Look::none;
    problem_.each_at_least(person, prices_, second - epsilon, [&](const PackedPair& pair) {
      if (pair.worker == worker) own = pair.fit - prices_[worker];
    });
    if (own == Look::none) return false;
  }
  if (own < second - epsilon) return false;
  keep(worker, {prices_[worker] + own - second + epsilon, person});
  return true;
}

void Auction::refine(std::int64_t epsilon, std::int64_t lower) {
  for (std::uint32_t j = 0; j < problem_.workers(); ++j)
    prices_[j] = std::max(std::min(prices_[j], start_[j]), prices_[j] - lower);
  std::fill(kept_.begin(), kept_.end(), 0);
  for (const std::uint32_t person : problem_.order) {
    if (worker_of_[person] != nobody && keeps(person, epsilon)) continue;
    worker_of_[person] = nobody;
    bidders_.push_back(person);
  }
  for (std::uint32_t j = 0; j < problem_.workers(); ++j)
    if (problem_.places[j] > 0 && full(j)) prices_[j] = bids_of(j)->amount;
}

void Auction::lower_level(std::uint16_t level, std::int64_t by) {
  for (std::uint32_t j = 0; j < problem_.workers(); ++j) {
    if (levels_[j] != level) continue;
    prices_[j] -= by;
    for (std::uint32_t k = 0; k < kept_[j]; ++k) bids_of(j)[k].amount -= by;
  }
}

std::int64_t Auction::worth_of_level(std::uint32_t person, std::uint16_t level) const {
  std::int64_t best = Look::none;
  problem_.each_pair(person, [&](const PackedPair& pair) {
    if (levels_[pair.worker] == level)
      best = std::max(best, problem_.bonus[person] + pair.fit - prices_[pair.worker]);
  });
  return best;
}

// How many places of workers with a level are free; as many people of that class bid next.
std::int64_t Auction::clear_levels(std::int64_t epsilon) {
  std::int64_t free = 0;
  std::vector<std::int64_t> free_at(problem_.rank.empty() ? 0 : 1'025, 0);
  for (std::uint32_t j = 0; j < levels_.size(); ++j) {
    if (levels_[j] == 0) continue;
    const std::int64_t here = problem_.places[j] - kept_[j];
    free_at[levels_[j]] += here;
    free += here;
  }
  if (free <= left_to_repair) return 0;
  std::vector<std::vector<std::pair<std::int64_t, std::uint32_t>>> out(free_at.size());
  for (const std::uint32_t person : problem_.order) {
    const std::uint16_t rank = problem_.rank[person];
    if (worker_of_[person] != nobody || free_at[rank] == 0) continue;
    const std::int64_t worth = worth_of_level(person, rank);
    if (worth != Look::none) out[rank].emplace_back(worth, person);
  }
  for (std::size_t level = 1; level < out.size(); ++level) {
    auto& outside = out[level];
    const auto wanted = std::min(static_cast<std::ptrdiff_t>(free_at[level]), std::ssize(outside));
    if (wanted == 0) continue;
    std::nth_element(outside.begin(), outside.begin() + wanted - 1, outside.end(), std::greater<>());
    lower_level(static_cast<std::uint16_t>(level),
                std::max<std::int64_t>(1, 1 + epsilon - outside[wanted - 1].first));
    for (std::ptrdiff_t k = 0; k < wanted; ++k) bidders_.push_back(outside[k].second);
  }
  return bidders_.empty() ? 0 : free;
}

// Half the greatest fit. Where bonuses are far above the fits and no levels say where prices begin, that many
// times more: of people with the same bonus who are one too many, each would outbid the other by little.
std::int64_t coarsest_epsilon(const Packed& problem, bool has_levels) {
  std::int64_t epsilon = std::max<std::int64_t>(finest_epsilon, problem.greatest_fit / 2);
  if (has_levels || problem.bonus.empty()) return epsilon;
  const std::int64_t greatest_bonus = *std::max_element(problem.bonus.begin(), problem.bonus.end());
  while (epsilon < greatest_bonus / steps_max) epsilon *= 8;
  return epsilon;
}

} // namespace

Auctioned hold_auction(const Packed& problem, const std::vector<std::uint16_t>& levels) {
  Auction auction(problem, levels);
  const bool has_levels = std::any_of(levels.begin(), levels.end(), [](std::uint16_t at) { return at > 0; });
  std::int64_t epsilon = coarsest_epsilon(problem, has_levels);
  auction.everybody_bids();
  while (true) {
    auction.hold(epsilon);
    for (int i = 0; i < clearings_max && auction.clear_levels(epsilon) > 0; ++i) auction.hold(epsilon);
    if (epsilon <= finest_epsilon) return auction.take(epsilon);
    const std::int64_t finer = std::max(finest_epsilon, epsilon / 8);
    auction.refine(finer, epsilon);
    epsilon = finer;
  }
}

} // namespace kith::matching::engine
