#include "matching/engine/parity.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/random.hpp"
#include "matching/engine/optimum.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;

namespace {

struct Case {
  Instance instance{};
  Groups groups{};
  ParityWish wish{};
};

// Two or three groups, some inside others; some people in none.
Groups random_groups(Random& random, std::uint64_t people) {
  Groups out;
  const std::uint64_t groups = 2 + random.below(2);
  for (std::uint64_t g = 0; g < groups; ++g) {
    const std::uint64_t above = random.below(2) == 0 ? groups : random.below(groups);
    out.parents.push_back(above < g ? static_cast<std::uint8_t>(above) : no_group);
  }
  for (std::uint64_t i = 0; i < people; ++i) {
    const std::uint64_t group = random.below(5 * groups) == 0 ? no_group : random.below(groups);
    out.group_of.push_back(static_cast<std::uint8_t>(group));
  }
  return out;
}

// Up to 6 people and 4 workers, where the first group sees more workers, has a higher class, fits better, or
// sees hardly any.
Case random_case(Random& random) {
  Case out;
  const std::uint64_t people = 3 + random.below(4), workers = 1 + random.below(4);
  const std::uint64_t classes = 1 + random.below(4), fits = random.below(2) == 0 ? 3 : 9'000;
  const std::uint64_t favour = random.below(4);
  out.groups = random_groups(random, people);
  out.instance.seed = random.next();
  if (random.below(3) == 0) out.instance.objective = Objective::weighted;
  const auto favoured = [&](std::uint64_t person, std::uint64_t how) {
    return favour == how && out.groups.group_of[person] == 0;
  };
  for (std::uint64_t i = 0; i < people; ++i)
    out.instance.people.push_back(
        {random.next(), static_cast<std::uint16_t>(random.below(classes) + (favoured(i, 1) ? 2 : 0)),
         static_cast<std::int64_t>(random.below(3)),
         static_cast<std::int64_t>(random.below(fits) + (favoured(i, 1) ? 2 * fits : 0)), 0});
  for (std::uint64_t j = 0; j < workers; ++j)
    out.instance.workers.push_back({random.next(), static_cast<std::uint16_t>(random.below(2))});
  ++out.instance.workers.back().places;
  for (std::uint32_t i = 0; i < people; ++i)
    for (std::uint32_t j = 0; j < workers; ++j)
      if (random.below(10) < (favoured(i, 0) ? 10U : favoured(i, 3) ? 1U : 6U))
        out.instance.pairs.push_back(
            {i, j, static_cast<std::int32_t>(random.below(fits) + (favoured(i, 2) ? fits : 0)), 0, 0});
  const std::int64_t bands[] = {0, 0, 25, 400, 1'500};
  out.wish.band = bands[random.below(5)];
  out.wish.before = solve_optimum(out.instance).worker_of;
  return out;
}

// Keeps some pairs of the plan before.
void fix_some(Random& random, Case& of) {
  of.wish.fixed.assign(of.instance.people.size(), nobody);
  for (std::size_t i = 0; i < of.wish.fixed.size(); ++i)
    if (random.below(5) == 0) of.wish.fixed[i] = of.wish.before[i];
}

// Everything that can be said of plans by trying all: written from the words of parity.hpp.
class AllPlans {
public:
  using Levels = std::vector<std::int64_t>; // what counts, most important first

  explicit AllPlans(const Case& of) : of_(of) {
    for (const std::uint32_t worker : of.wish.before) as_many_ += worker != nobody;
  }
  std::optional<Levels> best() {
    std::optional<Levels> out;
    each([&](const std::vector<std::uint32_t>& plan) {
      if (within(plan, of_.wish.band)) out = std::max(out, std::optional(levels(plan)));
    });
    return out;
  }
  std::int64_t smallest_band() {
    std::int64_t out = band_most;
    each([&](const std::vector<std::uint32_t>& plan) {
      while (out > 0 && within(plan, out - 1)) --out;
    });
    return out;
  }
  Levels levels(const std::vector<std::uint32_t>& plan) const {
    Levels out;
    const Totals totals = totals_of(of_.instance, plan);
    if (of_.instance.objective == Objective::strict) {
      for (const ClassCount& count : totals.by_class) out.push_back(count.people);
      out.push_back(totals.fit);
    } else {
      out.push_back(totals.value);
    }
    std::int64_t kept = 0, same = 0;
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (of_.wish.before[i] == nobody) continue;
      kept += plan[i] != nobody;
      same += plan[i] == of_.wish.before[i];
    }
    out.push_back(kept);
    out.push_back(same);
    return out;
  }
  // floor(x) <= s where x < s + 1, and s <= ceil(y) where s - 1 < y.
  bool within(const std::vector<std::uint32_t>& plan, std::int64_t band) const {
    const auto all = static_cast<std::int64_t>(plan.size());
    for (std::uint8_t g = 0; g < of_.groups.parents.size(); ++g) {
      std::int64_t people = 0, served = 0;
      for (std::size_t i = 0; i < plan.size(); ++i) {
        if (!inside(of_.groups.group_of[i], g)) continue;
        ++people;
        served += plan[i] != nobody;
      }
      if ((served + 1) * 10'000 * all <= people * (10'000 * as_many_ - band * all)) return false;
      if ((served - 1) * 10'000 * all >= people * (10'000 * as_many_ + band * all) && served > 0)
        return false;
    }
    return true;
  }

private:
  bool inside(std::uint8_t group, std::uint8_t outer) const {
    return group == outer || (group != no_group && inside(of_.groups.parents[group], outer));
  }
  template <class Body> void each(const Body& body) {
    plan_ = of_.wish.fixed;
    plan_.resize(of_.instance.people.size(), nobody);
    left_.clear();
    for (const InstanceWorker& worker : of_.instance.workers) left_.push_back(worker.places);
    std::int64_t placed = 0;
    for (const std::uint32_t worker : plan_)
      if (worker != nobody) {
        --left_[worker];
        ++placed;
      }
    from(0, placed, body);
  }
  template <class Body> void from(std::uint32_t person, std::int64_t placed, const Body& body) {
    if (person == plan_.size()) {
      if (placed == as_many_) body(plan_);
      return;
    }
    from(person + 1, placed, body);
    if (!of_.wish.fixed.empty() && of_.wish.fixed[person] != nobody) return;
    for (const InstancePair& pair : of_.instance.pairs) {
      if (pair.person != person || left_[pair.worker] == 0) continue;
      --left_[pair.worker];
      plan_[person] = pair.worker;
      from(person + 1, placed + 1, body);
      plan_[person] = nobody;
      ++left_[pair.worker];
    }
  }
  const Case& of_;
  std::int64_t as_many_{};
  std::vector<std::uint32_t> plan_{};
  std::vector<int> left_{};
};

Result<Parity> solve(const Case& of) { return solve_parity(of.instance, of.groups, of.wish); }

std::uint64_t below(Random& random, std::size_t size) { return random.below(size); }

// The same case with people, workers and pairs in another order.
Case shuffled(Random& random, const Case& of) {
  const auto order = [&](std::size_t size) {
    std::vector<std::uint32_t> out(size);
    for (std::uint32_t k = 0; k < size; ++k) out[k] = k;
    for (std::size_t k = size; k > 1; --k) std::swap(out[k - 1], out[below(random, k)]);
    return out;
  };
  const auto people = order(of.instance.people.size()), workers = order(of.instance.workers.size());
  Case out = of;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const std::uint32_t worker = of.wish.before[i];
    out.instance.people[people[i]] = of.instance.people[i];
    out.groups.group_of[people[i]] = of.groups.group_of[i];
    out.wish.before[people[i]] = worker == nobody ? nobody : workers[worker];
  }
  for (std::size_t j = 0; j < workers.size(); ++j) out.instance.workers[workers[j]] = of.instance.workers[j];
  for (InstancePair& pair : out.instance.pairs) {
    pair.person = people[pair.person];
    pair.worker = workers[pair.worker];
  }
  std::reverse(out.instance.pairs.begin(), out.instance.pairs.end());
  return out;
}

// Whom each person meets, by ids.
std::vector<std::pair<std::uint64_t, std::uint64_t>> by_id(const Case& of, const Parity& parity) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> out;
  for (std::size_t i = 0; i < parity.worker_of.size(); ++i)
    if (parity.worker_of[i] != nobody)
      out.emplace_back(of.instance.people[i].id, of.instance.workers[parity.worker_of[i]].id);
  std::sort(out.begin(), out.end());
  return out;
}

// Each group of `sizes` sees workers of its own, and has one place each for as many as `places` say.
Case apart(const std::vector<int>& sizes, const std::vector<int>& places) {
  Case out;
  for (std::uint32_t g = 0; g < sizes.size(); ++g) {
    out.groups.parents.push_back(no_group);
    out.instance.workers.push_back({g, static_cast<std::uint16_t>(places[g])});
    for (int k = 0; k < sizes[g]; ++k) {
      const auto person = static_cast<std::uint32_t>(out.instance.people.size());
      out.instance.people.push_back({person, 0, person, 0, 0});
      out.groups.group_of.push_back(static_cast<std::uint8_t>(g));
      out.instance.pairs.push_back({person, g, 100 + k, 0, 0});
    }
  }
  out.wish.before = solve_optimum(out.instance).worker_of;
  return out;
}

} // namespace

TEST_CASE("the best plan within the bands equals that of trying all, level by level") {
  SeededRandom random(20'261'130);
  int bound = 0, free = 0, impossible = 0, changed = 0;
  for (int round = 0; round < 10'000; ++round) {
    Case of = random_case(random);
    for (int draw = 0; draw < 8 && AllPlans(of).within(of.wish.before, of.wish.band); ++draw)
      of = random_case(random);
    if (round % 4 == 0) fix_some(random, of);
    AllPlans plans(of);
    const auto best = plans.best();
    const Result<Parity> parity = solve(of);
    REQUIRE_EQ(parity.ok(), best.has_value());
    if (!parity.ok()) {
      REQUIRE_EQ(parity.failure().code, "engine.no_parity");
      REQUIRE(parity.failure().fault == Fault::conflict);
      REQUIRE_EQ(parity.failure().arguments, std::vector<std::string>{std::to_string(of.wish.band),
                                                                      std::to_string(plans.smallest_band())});
      of.wish.band = plans.smallest_band();
      REQUIRE_EQ(plans.levels(solve(of)->worker_of), *plans.best());
      ++impossible;
      continue;
    }
    REQUIRE(plans.within(parity->worker_of, of.wish.band));
    REQUIRE_EQ(plans.levels(parity->worker_of), *best);
    REQUIRE_EQ(parity->totals, totals_of(of.instance, parity->worker_of));
    REQUIRE_EQ(parity->totals.people, parity->before.people);
    for (std::size_t i = 0; i < of.wish.fixed.size(); ++i)
      if (of.wish.fixed[i] != nobody) REQUIRE_EQ(parity->worker_of[i], of.wish.fixed[i]);
    if (plans.within(of.wish.before, of.wish.band)) {
      REQUIRE_EQ(parity->worker_of, of.wish.before);
      REQUIRE_EQ(parity->totals, parity->before);
      ++free;
    } else {
      ++bound;
      changed += parity->totals.fit != parity->before.fit;
    }
  }
  CHECK_GT(bound, 3'000);
  CHECK_GT(free, 3'000);
  CHECK_GT(impossible, 1'000);
  CHECK_GT(changed, 2'000);
}

TEST_CASE("within the bands a higher class is worth more than any of lower ones and any fit") {
  // Each worker has one place, for one person of each group: classes 3 or 2, and 2 or 1.
  Case of;
  of.instance.people = {{1, 3, 1, 0, 0}, {2, 2, 2, 0, 0}, {3, 2, 3, 0, 0}, {4, 1, 4, 0, 0}};
  of.instance.workers = {{1, 1}, {2, 1}};
  of.instance.pairs = {{0, 0, 0, 0, 0}, {2, 0, 900, 0, 0}, {1, 1, 900, 0, 0}, {3, 1, 0, 0, 0}};
  of.groups = {{no_group, no_group}, {0, 0, 1, 1}};
  of.wish.before = solve_optimum(of.instance).worker_of;
  CHECK_EQ(of.wish.before, std::vector<std::uint32_t>{0, 1, nobody, nobody});
  of.wish.band = 0;
  const Parity parity = solve(of).value();
  CHECK_EQ(parity.worker_of, std::vector<std::uint32_t>{0, nobody, nobody, 1}); // not the two of class 2
  CHECK_EQ(parity.shares, std::vector<GroupShare>{{2, 1, 1, 2, 1}, {2, 1, 1, 0, 1}});
  CHECK_EQ(parity.lost, std::vector<std::uint32_t>{1});
  CHECK_EQ(parity.gained, std::vector<std::uint32_t>{3});
  CHECK(parity.moved.empty());
  CHECK_EQ(parity.before.fit - parity.totals.fit, 900);
  const std::vector<std::int64_t> bonus = bonuses(of.instance); // which is what bonuses cannot say
  CHECK_EQ(bonus[0] + bonus[3], bonus[1] + bonus[2]);
}

TEST_CASE("bands are rounded outward to whole people") {
  Case of = apart({1'000, 1'000, 1}, {400, 200, 0}); // 600 of 2,001: 299.85 of 1,000
  of.instance.workers.push_back({9, 600});
  for (std::uint32_t i = 0; i < 2'000; ++i) of.instance.pairs.push_back({i, 3, 1, 0, 0});
  of.instance.workers[0].places = of.instance.workers[1].places = 0;
  of.wish.before.assign(2'001, nobody);
  std::fill(of.wish.before.begin(), of.wish.before.begin() + 600, 3);
  const Parity parity = solve(of).value();
  CHECK_EQ(parity.shares[0].least, 297); // 297.35
  CHECK_EQ(parity.shares[0].most, 303);  // 302.35
  CHECK_EQ(parity.shares[2], GroupShare{1, 0, 1, 0, 0});
  CHECK_EQ(parity.shares[0].served + parity.shares[1].served, 600);
  CHECK_EQ(parity.shares[0].served, 303); // so few lose what they had
  CHECK_EQ(parity.lost.size(), 297);
  of.wish.band = band_most;
  CHECK_EQ(solve(of)->shares[0], GroupShare{1'000, 0, 1'000, 600, 600});
}

TEST_CASE("where no plan keeps the bands the smallest that one keeps is named") {
  const Case of = apart({100, 100}, {60, 20}); // 40 in a hundred; nobody can change places
  const auto parity = solve(of);
  REQUIRE_FALSE(parity.ok());
  CHECK_EQ(parity.failure().arguments, std::vector<std::string>{"25", "1901"}); // at 19 points 59 and 21
  Case wide = of;
  wide.wish.band = 1'901;
  CHECK_EQ(solve(wide)->worker_of, of.wish.before);
  wide.wish.band = 1'900;
  CHECK_EQ(solve(wide).failure().arguments, std::vector<std::string>{"1900", "1901"});
}

TEST_CASE("a group inside another has a band of its own, and who is in none has not") {
  Case of; // one place for each two; all places go to the two in the inner group and one in none
  for (std::uint64_t i = 0; i < 6; ++i)
    of.instance.people.push_back({i, static_cast<std::uint16_t>(i < 3 ? 1 : 0), 0, 0, 0});
  of.instance.workers = {{1, 3}};
  for (std::uint32_t i = 0; i < 6; ++i) of.instance.pairs.push_back({i, 0, 10, 0, 0});
  of.groups = {{no_group, 0}, {1, 1, no_group, 0, 0, no_group}};
  of.wish.before = solve_optimum(of.instance).worker_of;
  of.wish.band = 0;
  const Parity parity = solve(of).value();
  CHECK_EQ(parity.shares, std::vector<GroupShare>{{4, 2, 2, 2, 2}, {2, 1, 1, 2, 1}});
  CHECK_EQ(parity.worker_of[2], 0); // keeps their place: nothing binds who is in no group
  of.groups.parents[1] = no_group;  // beside instead of inside: two people, of whom nobody has an offer
  CHECK_EQ(solve(of)->shares, std::vector<GroupShare>{{2, 1, 1, 0, 1}, {2, 1, 1, 2, 1}});
}

TEST_CASE("the order of people, workers and pairs changes nothing of a plan within bands") {
  SeededRandom random(20'261'131);
  int changed = 0;
  for (int round = 0; round < 300; ++round) {
    const Case of = random_case(random);
    const Case other = shuffled(random, of);
    const auto a = solve(of), b = solve(other);
    REQUIRE_EQ(a.ok(), b.ok());
    if (!a.ok()) continue;
    REQUIRE_EQ(by_id(of, *a), by_id(other, *b));
    REQUIRE_EQ(a->totals, b->totals);
    changed += !a->lost.empty();
  }
  CHECK_GT(changed, 10);
}

TEST_CASE("long lists keep their bands, and nobody is lost in the sum") {
  SeededRandom random(20'261'132);
  for (int round = 0; round < 30; ++round) {
    Case of;
    if (round % 3 == 0) of.instance.objective = Objective::weighted;
    of.groups = {{3, 3, no_group, no_group}, {}};
    for (std::uint64_t i = 0; i < 300; ++i) {
      const auto group = static_cast<std::uint8_t>(random.below(5));
      of.groups.group_of.push_back(group < 4 ? group : no_group);
      of.instance.people.push_back({i, static_cast<std::uint16_t>(random.below(12)), 0,
                                    static_cast<std::int64_t>(random.below(900)), 0});
    }
    for (std::uint64_t j = 0; j < 40; ++j)
      of.instance.workers.push_back({j, static_cast<std::uint16_t>(random.below(7))});
    for (std::uint32_t i = 0; i < 300; ++i)
      for (std::uint32_t j = 0; j < 40; ++j)
        if (random.below(20) < 1U + of.groups.group_of[i] % 5U)
          of.instance.pairs.push_back({i, j, static_cast<std::int32_t>(random.below(800)), 0, 0});
    of.wish.before = solve_optimum(of.instance).worker_of;
    const auto parity = solve(of);
    if (!parity.ok()) of.wish.band = std::stoll(parity.failure().arguments[1]);
    const Parity kept = parity.ok() ? *parity : solve(of).value();
    for (const GroupShare& share : kept.shares) {
      REQUIRE_LE(share.least, share.served);
      REQUIRE_LE(share.served, share.most);
    }
    REQUIRE_EQ(kept.totals.people, kept.before.people);
    REQUIRE_EQ(kept.lost.size(), kept.gained.size());
    REQUIRE_LE(kept.totals.value, kept.before.value);
    const bool strict = of.instance.objective == Objective::strict;
    REQUIRE((!strict || kept.totals.by_class <= kept.before.by_class)); // highest class first
  }
}

TEST_CASE("bands about an empty list are kept") {
  CHECK_EQ(solve({{}, {{no_group}, {}}, {}})->shares, std::vector<GroupShare>{GroupShare()});
}
