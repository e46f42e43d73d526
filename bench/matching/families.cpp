#include "matching/families.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace kith::bench {
namespace {

using matching::engine::Packed;

constexpr std::uint32_t classes = 40;
constexpr std::int32_t most_fit = 8'000;
constexpr Family all[] = {
    {"city", "most of the workers somebody sees live near; seven places for ten people"},
    {"national", "workers anywhere; seven places for ten people"},
    {"surplus", "as city, with thirteen places for ten people"},
    {"scarce", "as city, with one place for five people"},
    {"hot", "some workers fit almost everybody: density rises with the fourth power"},
    {"ties", "ten different fits"},
    {"equal", "every fit the same"},
    {"alike", "everybody ranks the workers the same way"},
    {"alike-surplus", "the same, with thirteen places for ten people"},
    {"few-pools", "all places with one worker in fifty"},
};

double places_a_person(std::string_view family) {
  if (family.ends_with("surplus")) return 1.3;
  return family == "scarce" ? 0.2 : 0.7;
}

class Maker {
public:
  explicit Maker(const Wanted& wanted) : wanted_(wanted), size_(wanted.size), random_(wanted.seed) {}
  Packed make();

private:
  void give_places(Packed& out);
  std::uint32_t some_worker(std::uint32_t person);
  std::int32_t some_fit(std::uint32_t worker);
  void give_bonuses(Packed& out);

  Wanted wanted_;
  Size size_;
  SeededRandom random_;
  std::vector<std::int32_t> common_{}; // what everybody thinks of a worker, in the families alike
};

void Maker::give_places(Packed& out) {
  out.places.assign(size_.workers, 0);
  const auto total = static_cast<std::uint64_t>(size_.people * places_a_person(wanted_.family));
  const std::uint64_t among = wanted_.family == "few-pools" ? size_.workers / 50 + 1 : size_.workers;
  for (std::uint64_t k = 0; k < total; ++k) {
    std::uint16_t& places = out.places[random_.below(among)];
    if (places < 4'095) ++places;
  }
}

std::uint32_t Maker::some_worker(std::uint32_t person) {
  const std::uint64_t m = size_.workers;
  if (wanted_.family == "hot") { // the fourth power of a share, in parts of 2^16
    const std::uint64_t share = random_.below(1 << 16), square = (share * share) >> 16;
    return static_cast<std::uint32_t>((((square * square) >> 16) * m) >> 16);
  }
  if (wanted_.family == "national" || random_.below(4) == 0)
    return static_cast<std::uint32_t>(random_.below(m));
  const std::uint64_t home = std::uint64_t{person} * m / size_.people;
  return static_cast<std::uint32_t>((home + random_.below(std::max(m / 50, std::uint64_t{2} * size_.pairs))) %
                                    m);
}

std::int32_t Maker::some_fit(std::uint32_t worker) {
  if (wanted_.family == "equal") return 1'000;
  if (wanted_.family == "ties") return static_cast<std::int32_t>(random_.below(10)) * 800;
  if (wanted_.family.starts_with("alike")) return common_[worker];
  return static_cast<std::int32_t>(random_.below(most_fit));
}

void Maker::give_bonuses(Packed& out) {
  out.rank_value = (std::int64_t{size_.workers} + 1) * out.greatest_fit + 1;
  for (std::uint32_t i = 0; i < size_.people; ++i) {
    const auto rank = static_cast<std::uint16_t>(1 + random_.below(classes));
    out.rank.push_back(rank);
    out.bonus.push_back(wanted_.strict ? rank * out.rank_value
                                       : static_cast<std::int64_t>(4'000 + 100 * random_.below(20) +
                                                                   10 * random_.below(100)));
    out.order.push_back(i);
  }
  if (wanted_.strict) return;
  out.rank.clear();
  out.rank_value = 0;
}

Packed Maker::make() {
  Packed out;
  give_places(out);
  out.pairs = matching::engine::PackedPairs(out.workers());
  for (std::uint32_t j = 0; j < size_.workers; ++j)
    common_.push_back(static_cast<std::int32_t>(random_.below(most_fit)));
  std::vector<std::uint32_t> seen_by(size_.workers, matching::engine::nobody);
  for (std::uint32_t i = 0; i < size_.people; ++i) {
    const std::uint64_t tries = random_.below(20) == 0 ? 0 : 1 + random_.below(2 * size_.pairs - 1);
    for (std::uint64_t k = 0; k < tries; ++k) {
      const std::uint32_t worker = some_worker(i);
      if (seen_by[worker] == i || out.places[worker] == 0) continue;
      seen_by[worker] = i;
      const std::int32_t fit = some_fit(worker);
      out.pairs.push_back({worker, fit});
      out.greatest_fit = std::max(out.greatest_fit, fit);
    }
    out.first.push_back(out.pairs.size());
  }
  give_bonuses(out);
  return out;
}

} // namespace

std::span<const Family> families() { return all; }

Packed make_instance(const Wanted& wanted) { return Maker(wanted).make(); }

} // namespace kith::bench
