// Who holds a place of whom, both ways round: sitting down, getting up and listing a worker's people are O(1)
// a person. Used by the solvers of the optimum.
#pragma once
#include <span>

#include "base/check.hpp"
#include "matching/engine/packed.hpp"

namespace kith::matching::engine {

class Seats {
public:
  explicit Seats(const Packed& problem)
      : places_(problem.places), first_(problem.workers(), 0), room_(problem.places),
        taken_(problem.workers(), 0), at_(problem.people(), 0), worker_of_(problem.people(), nobody) {
    std::uint64_t next = 0;
    for (std::uint32_t j = 0; j < problem.workers(); next += problem.places[j++]) first_[j] = next;
    people_.assign(next, nobody);
  }

  std::uint32_t worker_of(std::uint32_t person) const { return worker_of_[person]; }
  const std::vector<std::uint32_t>& workers() const { return worker_of_; } // by person
  std::uint32_t free(std::uint32_t worker) const { return places_[worker] - taken_[worker]; }
  std::span<const std::uint32_t> of(std::uint32_t worker) const {
    return {people_.data() + first_[worker], taken_[worker]};
  }

  void sit(std::uint32_t person, std::uint32_t worker) { // REQUIRES a free place, and a person without one
    at_[person] = taken_[worker];
    people_[first_[worker] + taken_[worker]++] = person;
    worker_of_[person] = worker;
  }
  void get_up(std::uint32_t person) {
    const std::uint32_t worker = worker_of_[person];
    const std::uint32_t last = people_[first_[worker] + --taken_[worker]];
    people_[first_[worker] + at_[person]] = last;
    at_[last] = at_[person];
    worker_of_[person] = nobody;
  }
  void add_person() {
    at_.push_back(0);
    worker_of_.push_back(nobody);
  }
  void set_places(std::uint32_t worker, std::uint16_t places); // REQUIRES no more people there than these
  // The end of a search from a person without a place: whoever was reached from moves to the free place, the
  // next to theirs, and so on until the first, who had none.
  void move_along(std::uint32_t free, const std::vector<std::uint32_t>& reached_from) {
    for (std::uint32_t worker = free; worker != nobody;) {
      const std::uint32_t mover = reached_from[worker];
      const std::uint32_t left = worker_of_[mover];
      if (left != nobody) get_up(mover);
      sit(mover, worker);
      worker = left;
    }
  }

private:
  std::vector<std::uint16_t> places_{}; // by worker
  std::vector<std::uint64_t> first_{};  // by worker: of people_
  std::vector<std::uint16_t> room_{};   // by worker: so many may sit there before all move elsewhere
  std::vector<std::uint16_t> taken_{};
  std::vector<std::uint32_t> people_{};
  std::vector<std::uint32_t> at_{}; // by person: which place of the worker's
  std::vector<std::uint32_t> worker_of_{};
};

} // namespace kith::matching::engine
