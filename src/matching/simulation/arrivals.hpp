// Who comes next, and when: people drawn by share, at a rate that may change. Everything that chance decides
// about somebody is drawn before they come, and for many at a time: drawn when it is needed, each logarithm
// would keep the run waiting. Little of it is drawn for nothing, because nearly everybody waits and is
// served. One run at a time; the model outlives this.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "matching/simulation/model.hpp"

namespace kith::matching::simulation {

struct Drawn { // what chance has given to somebody
  Ticks patience{};
  Ticks length{};          // of their connection
  std::uint64_t answers{}; // the hash from which each answer comes
};

struct Coming {
  double gap{}; // after the one before, in mean gaps
  std::uint32_t kind{};
  Drawn drawn{};
};

class Arrivals {
public:
  explicit Arrivals(const Model& model);
  double expected() const { return expected_; } // in a run

  void clear(std::uint64_t chance); // before a run; `chance` of the run
  // The instant of the next arrival after `now`, or forever.
  Ticks next_after(Ticks now);
  // Who it is, and on to the one after them; there until the next `next_after`. REQUIRES that it was not
  // forever.
  const Coming& take() { return coming_[taken_++ % coming_.size()]; }
  Drawn draw_known(std::uint32_t number, std::uint32_t kind) const;

private:
  void draw_more();
  Drawn draw_person(std::uint64_t chance, std::uint32_t kind) const;

  const Model& model_;
  std::vector<std::uint32_t> kind_of_share_{};
  std::vector<double> mean_gaps_{}; // by rate, in ticks
  double expected_{};
  std::uint64_t gaps_{};
  std::uint64_t people_{};
  std::uint64_t known_{};
  std::uint32_t taken_{};
  std::array<Coming, 64> coming_{};
};

} // namespace kith::matching::simulation
