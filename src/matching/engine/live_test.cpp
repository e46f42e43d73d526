#include <algorithm>

#include "base/random.hpp"
#include "matching/engine/live.hpp"
#include "matching/engine/optimum.hpp"
#include "support/test.hpp"

namespace kith::matching::engine {
namespace {

// A list that changes by chance, twice: as events, and written down as an instance to be solved anew.
class Town {
public:
  Town(std::uint64_t seed, std::uint32_t workers, std::uint32_t people) : random_(seed) {
    most_fit_ = random_.below(3) == 0 ? 4 : 8'000;
    now_.objective = Objective::weighted;
    for (std::uint32_t j = 0; j < workers; ++j)
      now_.workers.push_back({.id = j + 1, .places = static_cast<std::uint16_t>(random_.below(5))});
    for (std::uint32_t i = 0; i < people; ++i) add(bonus(), some_pairs());
    away_.assign(workers, false);
  }

  const Instance& now() const { return now_; }
  std::uint32_t happens(Live& live);
  Instance written_down() const; // as it is now, without those on leave

private:
  std::int64_t bonus() { return static_cast<std::int64_t>(random_.below(most_fit_)); }
  std::uint32_t some_worker() { return static_cast<std::uint32_t>(random_.below(now_.workers.size())); }
  std::uint32_t somebody() { return static_cast<std::uint32_t>(random_.below(now_.people.size())); }
  std::vector<PackedPair> some_pairs();
  void add(std::int64_t bonus, const std::vector<PackedPair>& pairs);

  SeededRandom random_;
  std::uint64_t most_fit_{};
  Instance now_{};
  std::vector<bool> away_{};
};

std::vector<PackedPair> Town::some_pairs() {
  std::vector<PackedPair> out;
  for (std::uint32_t j = 0; j < now_.workers.size(); ++j)
    if (random_.below(6) == 0) out.push_back({j, static_cast<std::int32_t>(random_.below(most_fit_))});
  return out;
}

void Town::add(std::int64_t bonus, const std::vector<PackedPair>& pairs) {
  const auto person = static_cast<std::uint32_t>(now_.people.size());
  now_.people.push_back({.id = person + 1, .bonus = bonus});
  for (const PackedPair& pair : pairs)
    now_.pairs.push_back({.person = person, .worker = pair.worker, .person_part = pair.fit});
}

// Which kind of event it was.
std::uint32_t Town::happens(Live& live) {
  const auto kind = now_.people.empty() ? 0 : static_cast<std::uint32_t>(random_.below(8));
  const std::uint32_t person = now_.people.empty() ? 0 : somebody(), worker = some_worker();
  const auto drop = [&](const auto& goes) { std::erase_if(now_.pairs, goes); };
  switch (kind) {
  case 0:
  case 1: {
    const auto pairs = some_pairs();
    const std::int64_t worth = bonus();
    CHECK_EQ(live.arrive(worth, pairs), now_.people.size());
    add(worth, pairs);
    break;
  }
  case 2:
    live.leave(person);
    drop([&](const InstancePair& pair) { return pair.person == person; });
    break;
  case 3: {
    if (now_.pairs.empty()) break;
    const InstancePair gone = now_.pairs[random_.below(now_.pairs.size())];
    live.remove_pair(gone.person, gone.worker);
    drop([&](const InstancePair& pair) { return pair.person == gone.person && pair.worker == gone.worker; });
    break;
  }
  case 4:
    now_.people[person].bonus = bonus();
    live.set_bonus(person, now_.people[person].bonus);
    break;
  case 5:
    now_.workers[worker].places = static_cast<std::uint16_t>(random_.below(8));
    live.set_places(worker, now_.workers[worker].places);
    break;
  case 6:
    away_[worker] = true;
    live.go_on_leave(worker);
    break;
  default:
    away_[worker] = false;
    live.come_back(worker);
  }
  return kind;
}

Instance Town::written_down() const {
  Instance out = now_;
  for (std::uint32_t j = 0; j < away_.size(); ++j)
    if (away_[j]) out.workers[j].places = 0;
  return out;
}

Packed packed(const Instance& instance) { // in the instance's own order
  Canonical problem{.instance = instance};
  std::sort(problem.instance.pairs.begin(), problem.instance.pairs.end(),
            [](const InstancePair& a, const InstancePair& b) {
              return std::pair(a.person, a.worker) < std::pair(b.person, b.worker);
            });
  return pack(problem, Keep::every_pair);
}

} // namespace

TEST_CASE("after every event the plan is proved, and worth as much as one made anew") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    INFO(seed);
    Town town(seed, 5 + static_cast<std::uint32_t>(seed) * 3, static_cast<std::uint32_t>(seed) * 8);
    Live live(packed(town.now()));
    REQUIRE(live.proved());
    std::vector<int> kinds(8, 0);
    for (int event = 0; event < 400; ++event) {
      INFO(event);
      ++kinds[town.happens(live)];
      REQUIRE(live.proved());
      REQUIRE_EQ(live.value(), solve_optimum(town.written_down()).totals.value);
    }
    CHECK_GT(*std::min_element(kinds.begin(), kinds.end()), 20);
  }
}

TEST_CASE("who declines has the next best, and the place goes to whom it is worth most") {
  Instance instance;
  instance.objective = Objective::weighted;
  instance.people = {{.id = 1}, {.id = 2}, {.id = 3}};
  instance.workers = {{.id = 1, .places = 1}, {.id = 2, .places = 1}};
  instance.pairs = {{.person = 0, .worker = 0, .person_part = 9},
                    {.person = 0, .worker = 1, .person_part = 7},
                    {.person = 1, .worker = 0, .person_part = 5},
                    {.person = 2, .worker = 1, .person_part = 3}};
  Live live(packed(instance));
  CHECK_EQ(live.value(), 12); // first to the first, third to the second: 9 + 3, or 7 + 5
  live.remove_pair(0, 0);
  CHECK_EQ(live.worker_of(0), 1);
  CHECK_EQ(live.worker_of(1), 0);
  CHECK_EQ(live.worker_of(2), nobody);
  live.set_places(1, 2);
  CHECK_EQ(live.worker_of(2), 1);
  live.go_on_leave(1);
  CHECK_EQ(live.worker_of(0), nobody);
  CHECK_EQ(live.value(), 5);
  live.come_back(1);
  CHECK_EQ(live.value(), 15);
  CHECK(live.proved());
}

} // namespace kith::matching::engine
