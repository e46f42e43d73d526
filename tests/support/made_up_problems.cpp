#include "support/made_up_problems.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"

namespace kith::test {

using namespace matching::engine;

namespace {

std::uint16_t places_of(Random& random, Kind kind, std::size_t people) {
  const std::uint64_t any = random.next();
  switch (kind) {
  case Kind::surplus:
    return static_cast<std::uint16_t>(std::min<std::size_t>(people + 1, 4'095));
  case Kind::scarce:
    return any % 3 == 0;
  case Kind::closed:
    return static_cast<std::uint16_t>(any % 2 * (1 + any / 2 % 3));
  case Kind::single:
    return any % 2;
  case Kind::crowds:
    return std::array<std::uint16_t, 4>{0, 1, 5, 4'000}.at(any % 4);
  default:
    return static_cast<std::uint16_t>(any % 4);
  }
}

// A part of a fit. Three of the greatest make 65,535, the greatest fit there may be.
std::int32_t part_of(Random& random, Kind kind, std::uint64_t limit) {
  if (kind == Kind::equal) return 7;
  return static_cast<std::int32_t>(random.below(kind == Kind::ties ? 3 : limit));
}

template <class Item> void shuffle(Random& random, std::vector<Item>& items) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
}

std::vector<std::uint32_t> any_order(Random& random, std::size_t size) {
  std::vector<std::uint32_t> out(size);
  for (std::uint32_t i = 0; i < size; ++i) out[i] = i;
  shuffle(random, out);
  return out;
}

void name_people(Random& random, Instance& instance) {
  std::vector<std::uint32_t> ranks(instance.workers.size(), 0);
  for (const std::uint32_t e : any_order(random, instance.pairs.size()))
    if (random.below(2) == 0) instance.pairs[e].worker_rank = ++ranks[instance.pairs[e].worker];
}

} // namespace

Instance made_up_problem(Random& random, Kind kind, Size size) {
  Instance out;
  out.seed = random.next();
  if (kind == Kind::weighted) out.objective = Objective::weighted;
  const std::uint64_t classes = 1 + random.below(4);
  const std::uint64_t limit = std::array<std::uint64_t, 3>{20, 5'000, 21'846}.at(random.below(3));
  const std::uint64_t bonus = random.below(2) ? 50 : std::uint64_t{1} << 40;
  for (std::size_t i = 0; i < size.people; ++i)
    out.people.push_back({random.next(), static_cast<std::uint16_t>(random.below(classes) * 341),
                          static_cast<std::int64_t>(random.below(kind == Kind::ties ? 2 : 4)),
                          static_cast<std::int64_t>(random.below(bonus)), 0});
  for (std::size_t j = 0; j < size.workers; ++j)
    out.workers.push_back({random.next(), places_of(random, kind, size.people)});
  for (std::uint32_t i = 0; i < size.people && kind != Kind::no_pairs; ++i)
    for (std::uint32_t j = 0; j < size.workers; ++j)
      if (random.below(100) < size.pairs_of_hundred)
        out.pairs.push_back(
            {i, j, part_of(random, kind, limit), part_of(random, kind, limit), part_of(random, kind, limit)});
  if (kind == Kind::named) name_people(random, out);
  return out;
}

Size small_size(Random& random) { return {random.below(9), random.below(9), 20 + random.below(81)}; }

Instance small_problem(Random& random, std::size_t turn) {
  const Size size = small_size(random);
  return made_up_problem(random, every_kind.at(turn % every_kind.size()), size);
}

Shuffled shuffled(Random& random, const Instance& instance) {
  Shuffled out{instance, any_order(random, instance.people.size()),
               any_order(random, instance.workers.size())};
  for (std::size_t i = 0; i < instance.people.size(); ++i)
    out.instance.people[out.people[i]] = instance.people[i];
  for (std::size_t j = 0; j < instance.workers.size(); ++j)
    out.instance.workers[out.workers[j]] = instance.workers[j];
  for (InstancePair& pair : out.instance.pairs) {
    pair.person = out.people[pair.person];
    pair.worker = out.workers[pair.worker];
  }
  shuffle(random, out.instance.pairs);
  return out;
}

std::size_t problems(std::size_t usual) {
  const char* asked = std::getenv("KITH_PROBLEMS");
  const auto count = asked ? parse_integer(asked) : std::nullopt;
  return count && *count > 0 ? static_cast<std::size_t>(*count) : usual;
}

} // namespace kith::test
