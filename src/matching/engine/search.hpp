// What the shortest-path searches of the engine share: a frontier that gives the nearest first, and distances
// that are forgotten in O(1) before the next search. Ties of the frontier go to the lower number.
#pragma once
#include <cstdint>
#include <vector>

#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

struct Reached {
  std::int64_t distance{};
  std::uint32_t at{}; // a worker or a person
  bool operator>(const Reached& other) const {
    return distance != other.distance ? distance > other.distance : at > other.at;
  }
};

class Frontier {
public:
  void clear() { heap_.clear(); }
  bool empty() const { return heap_.empty(); }
  void push(const Reached& reached);
  Reached pop(); // the nearest

private:
  std::vector<Reached> heap_{};
};

class Distances {
public:
  explicit Distances(std::size_t size) : distance_(size, 0), search_of_(size, 0), via_(size, nobody) {}
  void clear() { ++search_; }
  void add() { // one more place to reach
    distance_.push_back(0);
    search_of_.push_back(0);
    via_.push_back(nobody);
  }
  bool known(std::uint32_t at) const { return search_of_[at] == search_; }
  std::int64_t of(std::uint32_t at) const { return distance_[at]; }
  const std::vector<std::uint32_t>& via() const { return via_; }
  bool nearer(const Reached& reached, std::uint32_t via) {
    if (known(reached.at) && distance_[reached.at] <= reached.distance) return false;
    search_of_[reached.at] = search_;
    distance_[reached.at] = reached.distance;
    via_[reached.at] = via;
    return true;
  }

private:
  std::vector<std::int64_t> distance_{};
  std::vector<std::uint32_t> search_of_{};
  std::vector<std::uint32_t> via_{};
  std::uint32_t search_{};
};

} // namespace kith::matching::engine
