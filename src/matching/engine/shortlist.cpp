#include "matching/engine/shortlist.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"

namespace kith::matching::engine {
namespace {

struct Better {
  const std::uint32_t* order{};
  bool operator()(const Listed& a, const Listed& b) const {
    return a.worth != b.worth ? a.worth > b.worth : order[a.worker] < order[b.worker];
  }
};

// The best so far, the worst of them first.
class Kept {
public:
  Kept(const Ranking& ranking, std::size_t most) : better_{ranking.order.data()}, most_(most) {
    kept_.reserve(most + 1);
  }

  std::int64_t least_worth() const { // what somebody further must reach
    return full() ? kept_.front().worth : std::numeric_limits<std::int64_t>::min() / 2;
  }
  bool would_take(const Listed& listed) const { return !full() || better_(listed, kept_.front()); }
  void take(const Listed& listed) {
    kept_.push_back(listed);
    std::push_heap(kept_.begin(), kept_.end(), better_);
    if (kept_.size() <= most_) return;
    std::pop_heap(kept_.begin(), kept_.end(), better_);
    kept_.pop_back();
  }
  std::vector<Listed> best_first() {
    std::sort(kept_.begin(), kept_.end(), better_);
    return std::move(kept_);
  }

private:
  bool full() const { return kept_.size() == most_; }

  Better better_{};
  std::size_t most_{};
  std::vector<Listed> kept_{};
};

struct Weighed { // one block with somebody possible in it
  std::uint32_t block{};
  Line live{};
  PersonParts parts{};
};

class Shortlist {
public:
  Shortlist(const Columns& columns, const Question& question, const Ranking& ranking, std::size_t most,
            const Kernel& kernel)
      : asking_(columns, question, kernel), ranking_(ranking), most_(most), kept_(ranking, most) {}

  std::vector<Listed> best_first() {
    weigh_all();
    const std::uint16_t first = first_floor();
    for (const Weighed& block : weighed_) look_at(block, reaching(block, first));
    for (const Weighed& block : weighed_) look_at(block, also_worth_a_look(block, first));
    return kept_.best_first();
  }

private:
  static constexpr std::uint32_t step = 64; // of the tally of parts

  void weigh_all();
  std::uint16_t first_floor() const;
  Line reaching(const Weighed& block, std::int64_t least) const {
    if (least > asking_.question().person_part_most) return {};
    return asking_.kernel().reaching(block.parts, block.live, static_cast<std::uint16_t>(least));
  }
  Line also_worth_a_look(const Weighed& block, std::uint16_t seen) const;
  void look_at(const Weighed& block, const Line& workers);
  std::int64_t price_of(std::uint32_t worker) const {
    return ranking_.prices.by_worker.empty() ? 0 : ranking_.prices.by_worker[worker];
  }

  Asking asking_;
  const Ranking& ranking_;
  std::size_t most_{};
  Kept kept_;
  std::vector<Weighed> weighed_{};
  std::vector<std::uint32_t> tally_ = std::vector<std::uint32_t>(65'536 / step, 0); // of person parts
};

void Shortlist::weigh_all() {
  weighed_.reserve(asking_.columns().blocks());
  for (std::uint32_t block = 0; block < asking_.columns().blocks(); ++block) {
    const Line live = asking_.possible(block);
    if (live.empty()) continue;
    weighed_.push_back({block, live, {}});
    asking_.weigh(block, live, weighed_.back().parts);
    each_worker(0, live, [&](std::uint32_t at) { ++tally_[weighed_.back().parts.of[at] / step]; });
  }
}

// Whoever has the greatest person parts is looked at first, twice as many as are wanted: that sets a mark
// which most of the others cannot reach with any worker part.
std::uint16_t Shortlist::first_floor() const {
  std::size_t seen = 0, at = tally_.size();
  while (at > 0 && seen < 2 * most_) seen += tally_[--at];
  return static_cast<std::uint16_t>(at * step);
}

// Those below `seen` who may still be worth what the last one kept is. The service part is not in the part
// weighed, so whoever has one is looked at in any case.
Line Shortlist::also_worth_a_look(const Weighed& block, std::uint16_t seen) const {
  const std::int64_t price =
      ranking_.prices.by_worker.empty() ? 0 : ranking_.prices.least_of_block[block.block];
  const std::int64_t least = kept_.least_worth() + price - asking_.columns().worker_part_most();
  Line out = reaching(block, std::max<std::int64_t>(0, least));
  for (const std::uint32_t worker : asking_.question().earlier)
    if (worker / block_workers == block.block)
      out.words[worker % block_workers / 64] |=
          block.live.words[worker % block_workers / 64] & std::uint64_t{1} << (worker % 64);
  const Line before = reaching(block, seen);
  for (std::uint32_t w = 0; w < line_words; ++w) out.words[w] &= ~before.words[w];
  return out;
}

// The worker part is looked up only where the greatest one there is would do.
void Shortlist::look_at(const Weighed& block, const Line& workers) {
  const std::int32_t most = asking_.columns().worker_part_most();
  each_worker(block.block, workers, [&](std::uint32_t worker) {
    Listed listed{worker, block.parts.of[worker % block_workers], most, asking_.service_part(worker), 0};
    listed.worth =
        std::int64_t{listed.person_part} + listed.worker_part + listed.service_part - price_of(worker);
    if (!kept_.would_take(listed)) return;
    listed.worker_part = asking_.worker_part(worker);
    listed.worth += listed.worker_part - most;
    if (kept_.would_take(listed)) kept_.take(listed);
  });
}

} // namespace

std::vector<Listed> shortlist(const Columns& columns, const Question& question, const Ranking& ranking,
                              std::size_t most, const Kernel& kernel) {
  CHECK(ranking.order.size() == columns.workers());
  CHECK(ranking.prices.by_worker.empty() || ranking.prices.by_worker.size() == columns.workers());
  if (most == 0) return {};
  return Shortlist(columns, question, ranking, most, kernel).best_first();
}

} // namespace kith::matching::engine
