#include "matching/engine/insertion.hpp"

#include <algorithm>
#include <limits>

#include "matching/engine/pace.hpp"

namespace kith::matching::engine {

Insertion::Insertion(Standing& standing)
    : standing_(standing), seats_(standing.seats), walked_(standing.problem.people(), 0),
      entered_(standing.problem.workers(), 0), tried_(standing.problem.workers(), 0) {}

void Insertion::insert_all() {
  std::vector<std::uint32_t> left;
  for (auto person = standing_.problem.order.rbegin(); person != standing_.problem.order.rend(); ++person)
    if (seats_.worker_of(*person) == nobody && standing_.gains[*person] > 0) left.push_back(*person);
  Pace pace(standing_.problem.pairs.size());
  while (!left.empty()) {
    const std::uint64_t looks = looks_, before = left.size();
    if (pace.together()) {
      insert_together(left);
    } else {
      const std::uint32_t person = left.back();
      left.pop_back();
      if (standing_.gains[person] > 0) insert(person);
    }
    pace.spent(looks_ - looks, before - left.size());
  }
}

void Insertion::begin_search() {
  to_worker_.clear();
  frontier_.clear();
  settled_.clear();
}

void Insertion::reach_workers(std::uint32_t person, const Reached& from, End& end) {
  looks_ += standing_.problem.first[person + 1] - standing_.problem.first[person];
  standing_.each_within(person, end.distance - from.distance - 1, [&](const PackedPair& pair) {
    const Reached there{from.distance + standing_.reduced_cost(person, pair), pair.worker};
    if (pair.worker == from.at || there.distance >= end.distance) return;
    if (!to_worker_.nearer(there, person)) return;
    if (seats_.free(pair.worker) > 0) end = {there.distance, pair.worker, nobody};
    else frontier_.push(there);
  });
}

void Insertion::search(End& end) {
  while (!frontier_.empty()) {
    const Reached at = frontier_.pop();
    if (at.distance >= end.distance) return;
    if (at.distance != to_worker_.of(at.at)) continue;
    settled_.push_back(at);
    for (const std::uint32_t held : seats_.of(at.at)) {
      const std::int64_t out = at.distance + standing_.gains[held];
      if (out < end.distance) end = {out, nobody, held};
      reach_workers(held, at, end);
    }
  }
}

void Insertion::move_prices(const End& end) {
  for (const Reached& at : settled_)
    standing_.raise(at.at, std::max<std::int64_t>(end.distance - at.distance, 0));
}

// The person stands at distance 0; going without costs their gain.
void Insertion::insert(std::uint32_t person) {
  begin_search();
  End end{standing_.gains[person]};
  reach_workers(person, {0, nobody}, end);
  search(end);
  move_prices(end);
  standing_.gains[person] -= end.distance;
  if (end.gives_way != nobody) {
    end.free = seats_.worker_of(end.gives_way);
    seats_.get_up(end.gives_way);
  }
  if (end.free != nobody) seats_.move_along(end.free, to_worker_.via());
}

// One round. Whoever found a place or gains nothing any more leaves `people`.
void Insertion::insert_together(std::vector<std::uint32_t>& people) {
  begin_search();
  End end{std::numeric_limits<std::int64_t>::max()};
  for (const std::uint32_t person : people) end.distance = std::min(end.distance, standing_.gains[person]);
  for (const std::uint32_t person : people) reach_workers(person, {0, nobody}, end);
  search(end);
  move_prices(end);
  for (const std::uint32_t person : people) standing_.gains[person] -= end.distance;
  ++round_;
  const std::size_t before = people.size();
  std::erase_if(people,
                [&](std::uint32_t person) { return standing_.gains[person] == 0 || walk_from(person); });
  CHECK(people.size() < before);
}

// Along tight pairs to a free place or to somebody who gives way; then everybody on the path moves one on.
bool Insertion::walk_from(std::uint32_t person) {
  path_.assign(1, {person, standing_.problem.first[person]});
  while (!path_.empty()) {
    Step& last = path_.back();
    if (last.pair == standing_.problem.first[last.person + 1]) {
      path_.pop_back();
      continue;
    }
    ++looks_;
    const PackedPair pair = standing_.problem.pairs[last.pair];
    const bool tight =
        pair.worker != seats_.worker_of(last.person) && standing_.reduced_cost(last.person, pair) == 0;
    if (tight && try_worker(pair.worker)) {
      if (seats_.free(pair.worker) == 0) continue; // one who sits there is next on the path
      move_up(pair.worker);
      return true;
    }
    ++last.pair;
  }
  return false;
}

// True: there is a place for the last of the path now, or the path has grown by somebody who sits there.
bool Insertion::try_worker(std::uint32_t worker) {
  if (seats_.free(worker) > 0) return true;
  const std::uint32_t held = next_held(worker);
  if (held == nobody) return false;
  if (standing_.gains[held] == 0) {
    seats_.get_up(held);
    return true;
  }
  walked_[held] = round_;
  path_.push_back({held, standing_.problem.first[held]});
  return true;
}

std::uint32_t Insertion::next_held(std::uint32_t worker) {
  if (entered_[worker] != round_) tried_[worker] = 0;
  entered_[worker] = round_;
  const auto held = seats_.of(worker);
  while (tried_[worker] < held.size()) {
    const std::uint32_t next = held[tried_[worker]++];
    if (walked_[next] != round_) return next;
  }
  return nobody;
}

void Insertion::move_up(std::uint32_t worker) {
  for (auto step = path_.rbegin(); step != path_.rend(); ++step) {
    const std::uint32_t left = seats_.worker_of(step->person);
    if (left != nobody) seats_.get_up(step->person);
    seats_.sit(step->person, worker);
    worker = left;
  }
}

} // namespace kith::matching::engine
