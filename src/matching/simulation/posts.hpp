// The workers' places in a run: how many are free, and which workers could take somebody now. O(1) each.
#pragma once
#include <cstdint>
#include <vector>

#include "matching/simulation/lines.hpp"

namespace kith::matching::simulation {

struct Post { // a worker in this run
  std::uint64_t id{};
  std::int32_t free{};
  std::int32_t reasons_away{}; // not yet here, on leave: nobody new while there is one
  std::uint32_t open_at{none};
  bool takes_somebody() const { return free > 0 && reasons_away == 0; }
};

class Posts {
public:
  void clear(std::size_t workers) {
    posts_.assign(workers, {});
    open_.clear();
  }
  Post& operator[](std::uint32_t worker) { return posts_.data()[worker]; }
  const Post& operator[](std::uint32_t worker) const { return posts_.data()[worker]; }
  const std::vector<std::uint32_t>& open() const { return open_; } // who could take somebody, in no order

  void list(std::uint32_t worker) { // or take off the list, after whatever changed
    Post& post = (*this)[worker];
    const bool is_open = post.takes_somebody();
    if (is_open == (post.open_at != none)) return;
    if (is_open) {
      post.open_at = static_cast<std::uint32_t>(open_.size());
      open_.push_back(worker);
      return;
    }
    const std::uint32_t last = open_.back();
    open_[post.open_at] = last;
    (*this)[last].open_at = post.open_at;
    open_.pop_back();
    post.open_at = none;
  }

private:
  std::vector<Post> posts_{};
  std::vector<std::uint32_t> open_{};
};

} // namespace kith::matching::simulation
