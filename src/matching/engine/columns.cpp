#include "matching/engine/columns.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "base/check.hpp"

namespace kith::matching::engine {
namespace {

struct Way {
  std::int64_t east{}; // metres apart, not below 0
  std::int64_t north{};
  std::int64_t range{}; // the smaller one
};

Way way_between(const MapPoint& a, const MapPoint& b) {
  const std::int64_t east = std::int64_t{a.east} - b.east, north = std::int64_t{a.north} - b.north;
  return {east < 0 ? -east : east, north < 0 ? -north : north, std::min(a.range, b.range)};
}

bool within(const Way& way) { // each leg first, so that no square leaves 64 bits
  return way.east <= way.range && way.north <= way.range &&
         way.east * way.east + way.north * way.north <= way.range * way.range;
}

} // namespace

Columns::Columns(std::uint32_t workers)
    : workers_(workers), blocks_((workers + block_workers - 1) / block_workers),
      points_(workers, MapPoint{0, 0, -1}), boxes_(std::size_t{blocks_} * line_words) {
  const Fact all = add_fact();
  for (std::uint32_t j = 0; j < workers; ++j) set(all, j);
}

Fact Columns::add_fact() {
  lines_.resize(lines_.size() + blocks_);
  return facts_++;
}

void Columns::set(Fact fact, std::uint32_t worker) {
  CHECK(fact < facts_ && worker < workers_);
  Line& line = lines_[std::size_t{fact} * blocks_ + worker / block_workers];
  line.words[worker % block_workers / 64] |= std::uint64_t{1} << (worker % 64);
}

void Columns::put(std::uint32_t worker, const MapPoint& at) {
  points_.at(worker) = at;
  if (at.range < 0) return;
  Box& box = boxes_[worker / 64];
  if (box.range_most < 0) box = {at.east, at.east, at.north, at.north, at.range};
  box = {std::min(box.east_least, at.east), std::max(box.east_most, at.east),
         std::min(box.north_least, at.north), std::max(box.north_most, at.north),
         std::max(box.range_most, at.range)};
}

void Columns::add_want(std::uint32_t worker, Want want, std::span<const std::uint64_t> codes) {
  CHECK(worker < workers_ && first_want_.size() <= worker + std::size_t{1});
  first_want_.resize(worker + std::size_t{1}, static_cast<std::uint32_t>(wants_.size()));
  if (want.grading < Grading::keyed) {
    want.first = static_cast<std::uint32_t>(codes_.size());
    want.words = static_cast<std::uint16_t>(codes.size());
    codes_.insert(codes_.end(), codes.begin(), codes.end());
  }
  wants_.push_back(want);
  std::int32_t most = 0;
  for (std::size_t w = first_want_[worker]; w < wants_.size(); ++w)
    most += greatest_grade(wants_[w].grading) * std::abs(wants_[w].points);
  worker_part_most_ = std::max(worker_part_most_, most);
}

void Columns::finish() {
  first_want_.resize(workers_ + std::size_t{1}, static_cast<std::uint32_t>(wants_.size()));
  std::vector<FactLine> by_block(lines_.size());
  for (std::size_t fact = 0; fact < facts_; ++fact)
    for (std::size_t block = 0; block < blocks_; ++block)
      by_block[block * facts_ + fact] = lines_[fact * blocks_ + block];
  lines_ = std::move(by_block);
}

Line Columns::near(const MapPoint& from, std::uint32_t block, const Line& among) const {
  Line out;
  for (std::uint32_t w = 0; w < line_words; ++w) {
    const Box& box = boxes_[std::size_t{block} * line_words + w];
    const std::int64_t range = std::min(from.range, box.range_most);
    if (among.words[w] == 0 || range < 0) continue;
    if (from.east - range > box.east_most || from.east + range < box.east_least ||
        from.north - range > box.north_most || from.north + range < box.north_least)
      continue;
    const MapPoint* points = points_.data() + (std::size_t{block} * line_words + w) * 64;
    for (std::uint64_t left = among.words[w]; left != 0; left &= left - 1) {
      const int at = std::countr_zero(left);
      if (within(way_between(from, points[at]))) out.words[w] |= std::uint64_t{1} << at;
    }
  }
  return out;
}

std::int32_t Columns::nearness(const MapPoint& from, std::uint32_t worker) const {
  const Way way = way_between(from, points_[worker]);
  if (!within(way)) return 0;
  const std::int64_t square = way.east * way.east + way.north * way.north;
  for (std::int64_t lost = 0; lost < 10; ++lost) {
    const std::int64_t tenths = lost * way.range / 10; // no more than these whole metres
    if (square <= tenths * tenths) return static_cast<std::int32_t>(10 - lost);
  }
  return 0;
}

} // namespace kith::matching::engine
