#include "matching/engine/pricing.hpp"

#include <algorithm>
#include <tuple>

#include "base/check.hpp"

namespace kith::matching::engine {
namespace {

void price_block(Asking& asking, const Bidder& bidder, std::uint32_t block, const Prices& prices,
                 std::vector<PricedPair>& out, std::uint32_t number) {
  const Question& question = asking.question();
  const std::int64_t others_most =
      asking.columns().worker_part_most() + (question.earlier.empty() ? 0 : question.service_part);
  const std::int64_t part_least = std::max<std::int64_t>(
      bidder.person_part_least, bidder.needed + prices.least_of_block[block] + 1 - others_most);
  if (part_least > question.person_part_most) return;
  const Line live = asking.possible(block);
  if (live.empty()) return;
  PersonParts parts;
  asking.weigh(block, live, parts);
  const auto least = static_cast<std::uint16_t>(std::max<std::int64_t>(0, part_least));
  each_worker(block, asking.kernel().reaching(parts, live, least), [&](std::uint32_t worker) {
    PricedPair pair{number, worker, parts.of[worker % block_workers], 0, asking.service_part(worker)};
    const std::int64_t missing =
        bidder.needed + prices.by_worker[worker] - pair.person_part - pair.service_part;
    if (missing >= asking.columns().worker_part_most()) return;
    pair.worker_part = asking.worker_part(worker);
    if (pair.worker_part > missing) out.push_back(pair);
  });
}

} // namespace

Prices::Prices(std::vector<std::int64_t> prices) : by_worker(std::move(prices)) {
  const auto first = by_worker.begin();
  const auto count = static_cast<std::ptrdiff_t>(by_worker.size());
  for (std::ptrdiff_t from = 0; from < count; from += block_workers)
    least_of_block.push_back(
        *std::min_element(first + from, first + std::min<std::ptrdiff_t>(from + block_workers, count)));
}

std::vector<PricedPair> underpriced(const Columns& columns, std::span<const Bidder> bidders,
                                    const Prices& prices, const Kernel& kernel) {
  CHECK(prices.by_worker.size() == columns.workers());
  std::vector<Asking> asking;
  asking.reserve(bidders.size());
  for (const Bidder& bidder : bidders) asking.emplace_back(columns, *bidder.question, kernel);
  std::vector<PricedPair> out;
  for (std::uint32_t block = 0; block < columns.blocks(); ++block)
    for (std::uint32_t i = 0; i < bidders.size(); ++i)
      price_block(asking[i], bidders[i], block, prices, out, i);
  std::sort(out.begin(), out.end(), [](const PricedPair& a, const PricedPair& b) {
    return std::tuple(a.bidder, a.worker) < std::tuple(b.bidder, b.worker);
  });
  return out;
}

} // namespace kith::matching::engine
