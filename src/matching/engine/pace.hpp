// Which way to go on: one after the other, or all that are left together, in rounds. Where searches are short
// the first is far quicker, where one search touches nearly everybody the second, and nothing tells
// beforehand. So one after the other goes first, for half as many looks at pairs as `trial`, then rounds for
// `trial`; the way that needed fewer for each that it settled leads for eight times as long; then the other
// is tried again, for twice as long as before. One after the other counts with its last few, because the
// first are cheap; rounds with all of the trial, because they come in bursts. In whole numbers of looks, so
// that the same input goes the same way everywhere. Plain value, one thread.
#pragma once
#include <cstdint>

namespace kith::matching::engine {

class Pace {
public:
  explicit Pace(std::uint64_t trial) : trial_(trial), until_(trial / 2) {}
  bool together() const { return together_; }
  // After each one, or each round. REQUIRES settled > 0.
  void spent(std::uint64_t looks, std::uint64_t settled) {
    if (!together_ && cost_.settled >= few) cost_ = {cost_.looks / 2, cost_.settled / 2};
    cost_ = {cost_.looks + looks, cost_.settled + settled};
    looked_ += looks;
    if (looked_ >= until_) turn();
  }

private:
  static constexpr std::uint64_t few = 8;
  static constexpr std::uint64_t lead = 8;
  struct Cost {
    std::uint64_t looks{};
    std::uint64_t settled{};
    bool dearer_than(const Cost& other) const { return looks * other.settled > other.looks * settled; }
  };
  void turn() {
    const bool tried = !leads_ && others_.settled > 0;
    if (!tried || cost_.dearer_than(others_)) {
      others_ = cost_;
      together_ = !together_;
    }
    leads_ = tried;
    until_ = tried ? lead * trial_ : trial_;
    if (tried) trial_ *= 2;
    cost_ = {};
    looked_ = 0;
  }

  std::uint64_t trial_{}; // looks
  std::uint64_t until_{};
  std::uint64_t looked_{};
  Cost cost_{};   // of the way that is gone now
  Cost others_{}; // of the other, when it was gone last
  bool together_{};
  bool leads_{};
};

} // namespace kith::matching::engine
