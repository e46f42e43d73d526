// What is known of many workers, laid out so that one question about one person runs over all of them. A fact
// is one bit for each worker ("speaks Dari", "free on Monday at 09:00"); a column is a 16-bit amount for
// each; a map point is where and how far somebody would travel. What a fact means is known to whoever made
// it.
//
// Shapes. Workers are numbered 0.. in the order given by the owner, who does well to put neighbours side by
// side: the map is looked up 64 workers at a time. A block is 512 workers, one cache line of each fact; all
// facts of a block lie together. Bits beyond the last worker are never set. 50,000 workers with 1,000 facts
// take 6 MB.
// Threads: filled by one; after `finish` nothing changes and any number may read.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace kith::matching::engine {

inline constexpr std::uint32_t block_workers = 512;
inline constexpr std::uint32_t line_words = block_workers / 64;

struct Line { // one bit for each worker of a block
  std::uint64_t words[line_words]{};
  bool empty() const {
    std::uint64_t all = 0;
    for (const std::uint64_t word : words) all |= word;
    return all == 0;
  }
};

struct alignas(64) FactLine : Line {}; // as it is stored, on a cache line of its own

using Fact = std::uint32_t;

struct MapPoint { // metres
  std::int32_t east{};
  std::int32_t north{};
  std::int32_t range{}; // how far they travel; below 0 nowhere
};

// How the number of codes a want and the person have in common becomes a grade 0..10 (8 stands for more).
enum class Grading : std::uint8_t {
  always,     // 10
  any,        // 10 from one on
  half,       // 5 from one on
  of_two,     // 5, 10
  of_three,   // 3, 6, 10
  half_hours, // 5 x n / 4 rounded down: 1, 2, 3, 5, 6, 7, 8, 10
  keyed,      // Question::grades at `first`
  nearness    // by the map; `first` is a Meets
};
constexpr std::int32_t greatest_grade(Grading grading) { return grading == Grading::half ? 5 : 10; }
enum class Meets : std::uint8_t { not_in_person, placed, unplaced };

struct Want {
  std::int16_t points{}; // below 0: would rather not, and gets the points for what the grade lacks
  std::uint8_t about{};  // which of Question::own it is held against
  Grading grading{};
  std::uint16_t words{}; // of the codes
  std::uint32_t first{}; // of the codes
};

class Columns {
public:
  static constexpr Fact everybody = 0; // holds for each worker

  explicit Columns(std::uint32_t workers);
  Fact add_fact();
  void set(Fact fact, std::uint32_t worker);
  void put(std::uint32_t worker, const MapPoint& at);
  // Workers in order. `codes` are bits, in the numbering of Question::own_words; REQUIRES 16 wants a worker
  // and 1,000 points together at most.
  void add_want(std::uint32_t worker, Want want, std::span<const std::uint64_t> codes);
  void finish(); // REQUIRED once, before anything below is asked

  std::uint32_t workers() const { return workers_; }
  std::uint32_t blocks() const { return blocks_; }
  const FactLine* facts_of(std::uint32_t block) const { return lines_.data() + std::size_t{block} * facts_; }
  std::span<const Want> wants_of(std::uint32_t worker) const {
    return {wants_.data() + first_want_[worker], wants_.data() + first_want_[worker + 1]};
  }
  const std::uint64_t* codes_of(const Want& want) const { return codes_.data() + want.first; }
  std::int32_t worker_part_most() const { return worker_part_most_; }
  // Those of `among` whom somebody at `from` could meet: the straight line is within both ranges.
  Line near(const MapPoint& from, std::uint32_t block, const Line& among) const;
  // 10 - 10 x metres / smaller range, metres and quotient rounded up; 0 beyond it.
  std::int32_t nearness(const MapPoint& from, std::uint32_t worker) const;

private:
  struct Box { // around the map points of 64 workers
    std::int32_t east_least{}, east_most{}, north_least{}, north_most{};
    std::int32_t range_most{-1};
  };

  std::uint32_t workers_{};
  std::uint32_t blocks_{};
  std::uint32_t facts_{};
  std::vector<FactLine> lines_{};           // by fact until `finish`, by block afterwards
  std::vector<std::uint32_t> first_want_{}; // workers + 1
  std::vector<Want> wants_{};
  std::vector<std::uint64_t> codes_{};
  std::int32_t worker_part_most_{};
  std::vector<MapPoint> points_{};
  std::vector<Box> boxes_{};
};

} // namespace kith::matching::engine
