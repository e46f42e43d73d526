// An instance in arrays that the solvers stream: people and workers in canonical order, the pairs of one
// person side by side. Pairs with workers who have no places may be left out, because nobody can be placed
// there. Cost: one pass over the pairs; 4 bytes a pair up to 65,536 workers, 8 beyond. Plain values;
// concurrent reading is safe.
#pragma once
#include <cstdint>
#include <vector>

#include "matching/engine/instance.hpp"
#include "matching/engine/look.hpp"

namespace kith::matching::engine {

// What nobody pays: the price of a worker who has no place to give. Above every bonus and fit.
inline constexpr std::int64_t priceless = std::int64_t{1} << 61;

struct PackedPair {
  std::uint32_t worker{};
  std::int32_t fit{};
};

// All pairs in one row, each by its place in it.
class PackedPairs {
public:
  static constexpr std::uint32_t narrow_workers = 65'536; // at most, in 4 bytes a pair
  explicit PackedPairs(std::uint32_t workers = 0, InstructionSet set = quickest_set())
      : wide_(workers > narrow_workers), narrow_looks_(looks<std::uint32_t>(set)),
        wide_looks_(looks<std::uint64_t>(set)) {}

  std::uint64_t size() const { return wide_ ? wide_pairs_.size() : narrow_pairs_.size(); }
  void reserve(std::uint64_t pairs) {
    if (wide_) wide_pairs_.reserve(pairs);
    else narrow_pairs_.reserve(pairs);
  }
  void push_back(const PackedPair& pair) {
    const auto fit = static_cast<std::uint32_t>(pair.fit);
    if (wide_) wide_pairs_.push_back(pair.worker | std::uint64_t{fit} << half<std::uint64_t>);
    else narrow_pairs_.push_back(pair.worker | fit << half<std::uint32_t>);
  }
  void replace(std::uint64_t at, const PackedPair& pair) {
    const auto fit = static_cast<std::uint32_t>(pair.fit);
    if (wide_) wide_pairs_[at] = pair.worker | std::uint64_t{fit} << half<std::uint64_t>;
    else narrow_pairs_[at] = pair.worker | fit << half<std::uint32_t>;
  }
  PackedPair operator[](std::uint64_t at) const {
    if (wide_) return {worker_in(wide_pairs_[at]), fit_in(wide_pairs_[at])};
    return {worker_in(narrow_pairs_[at]), fit_in(narrow_pairs_[at])};
  }

  Look best(std::uint64_t first, std::uint64_t last, const std::vector<std::int64_t>& prices) const {
    if (wide_)
      return wide_looks_.best({wide_pairs_.data() + first, wide_pairs_.data() + last}, prices.data());
    return narrow_looks_.best({narrow_pairs_.data() + first, narrow_pairs_.data() + last}, prices.data());
  }
  // REQUIRES at most 64 pairs.
  std::uint64_t at_least(std::uint64_t first, std::uint64_t last, const std::vector<std::int64_t>& prices,
                         std::int64_t limit) const {
    if (wide_)
      return wide_looks_.at_least({wide_pairs_.data() + first, wide_pairs_.data() + last}, prices.data(),
                                  limit);
    return narrow_looks_.at_least({narrow_pairs_.data() + first, narrow_pairs_.data() + last}, prices.data(),
                                  limit);
  }
  void fetch(std::uint64_t first, std::uint64_t last) const { // into the cache, for a look soon
    if (wide_) fetch_lines(wide_pairs_.data() + first, wide_pairs_.data() + last);
    else fetch_lines(narrow_pairs_.data() + first, narrow_pairs_.data() + last);
  }

private:
  static void fetch_lines(const void* first, const void* last) {
    constexpr std::ptrdiff_t line = 64;
    const auto* at = static_cast<const char*>(first);
    const auto* const end = static_cast<const char*>(last);
    for (; end - at > line; at += line) __builtin_prefetch(at);
    __builtin_prefetch(at);
    __builtin_prefetch(end - (end > at ? 1 : 0)); // `first` need not begin a line
  }

  bool wide_{};
  std::vector<std::uint32_t> narrow_pairs_{};
  std::vector<std::uint64_t> wide_pairs_{};
  Looks<std::uint32_t> narrow_looks_{};
  Looks<std::uint64_t> wide_looks_{};
};

struct Packed {
  std::vector<std::uint64_t> first{0}; // people + 1: the pairs of person i are [first[i], first[i + 1])
  PackedPairs pairs{};
  std::vector<std::int64_t> bonus{};  // by person
  std::vector<std::uint32_t> order{}; // people, who waited longest first
  std::vector<std::uint16_t> places{};
  std::vector<std::uint16_t> rank{}; // by person, 1 for the lowest class present; empty unless strict
  std::int64_t rank_value{};         // D: what one rank is worth; 0 unless strict
  std::int32_t greatest_fit{};

  std::uint32_t people() const { return static_cast<std::uint32_t>(bonus.size()); }
  std::uint32_t workers() const { return static_cast<std::uint32_t>(places.size()); }
  // `at` of the answer is the place in `pairs`.
  struct Best {
    std::uint64_t at{};
    std::int64_t best{Look::none}; // fit - price
    std::int64_t second{Look::none};
  };
  Best best_of(std::uint32_t person, const std::vector<std::int64_t>& prices) const {
    const Look look = pairs.best(first[person], first[person + 1], prices);
    return {first[person] + look.at, look.best, look.second};
  }
  // body(pair) for each pair of the person with fit - price >= limit, in their order. It may change prices:
  // of 64 pairs, those count that were worth it before.
  template <class Body>
  void each_at_least(std::uint32_t person, const std::vector<std::int64_t>& prices, std::int64_t limit,
                     const Body& body) const {
    for (std::uint64_t from = first[person], last = first[person + 1]; from < last; from += 64)
      for (std::uint64_t bits = pairs.at_least(from, (last - from < 64 ? last : from + 64), prices, limit);
           bits != 0; bits &= bits - 1)
        body(pairs[from + static_cast<unsigned>(__builtin_ctzll(bits))]);
  }
  template <class Body> void each_pair(std::uint32_t person, const Body& body) const {
    for (std::uint64_t at = first[person]; at < first[person + 1]; ++at) body(pairs[at]);
  }
};

enum class Keep : std::uint8_t { pairs_with_places, every_pair }; // the latter for live.hpp
Packed pack(const Canonical& problem, Keep keep = Keep::pairs_with_places,
            InstructionSet set = quickest_set());

} // namespace kith::matching::engine
