#include "matching/families.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace kith::bench {
namespace {

using matching::engine::Packed;

constexpr std::int32_t classes = 40;
constexpr std::int32_t most_fit = 8'000;
constexpr std::uint32_t neighbours = 10;
constexpr std::uint64_t languages = 40;
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
    {"rural", "in person only: one to four workers near enough, and nobody for one person in four"},
    {"languages", "forty languages, a few of them common; workers speak two"},
    {"excluded", "as city, with nine of ten pairs gone"},
    {"one-place", "every other worker has one place, the others none"},
    {"price-war", "neighbourhoods of ten workers whom everybody there ranks alike, one place short"},
    {"chains", "two workers each, and one free place, at the far end of the chain"},
    {"inverted", "the lower the class, the better the fit"},
};

double places_a_person(std::string_view family) {
  if (family.ends_with("surplus")) return 1.3;
  return family == "scarce" ? 0.2 : 0.7;
}

class Maker {
public:
  explicit Maker(const Wanted& wanted);
  Packed make();

private:
  bool is(std::string_view family) const { return wanted_.family == family; }
  void give_places(Packed& out);
  void give_bonuses(Packed& out);
  std::uint64_t home(std::uint32_t person) const {
    return std::uint64_t{person} * size_.workers / size_.people;
  }
  std::uint64_t lookups(std::uint32_t person);
  std::uint32_t some_worker(std::uint32_t person, std::uint64_t lookup);
  std::uint32_t near(std::uint32_t person, std::uint64_t within);
  std::int32_t some_fit(std::uint32_t person, std::uint32_t worker);
  std::uint64_t mostly_little(std::uint64_t bound); // the fourth power of a share of it

  Wanted wanted_;
  Size size_;
  SeededRandom random_;
  std::vector<std::uint16_t> ranks_{}; // by person
  std::vector<std::int32_t> common_{}; // what everybody thinks of a worker, where they rank alike
  std::vector<std::vector<std::uint32_t>> speakers_{}; // by language
  std::vector<std::uint32_t> language_{};              // by person
};

Maker::Maker(const Wanted& wanted) : wanted_(wanted), size_(wanted.size), random_(wanted.seed) {
  SeededRandom random(mix(wanted.seed, size_.people));
  for (std::uint32_t i = 0; i < size_.people; ++i)
    ranks_.push_back(static_cast<std::uint16_t>(1 + random.below(classes)));
}

std::uint64_t Maker::mostly_little(std::uint64_t bound) { // shares in parts of 2^16
  const std::uint64_t share = random_.below(1 << 16), square = (share * share) >> 16;
  return (((square * square) >> 16) * bound) >> 16;
}

void Maker::give_places(Packed& out) {
  out.places.assign(size_.workers, 0);
  if (is("price-war") || is("chains"))
    for (std::uint32_t i = 0; i < size_.people; ++i) ++out.places[home(i)];
  if (is("chains")) {
    --out.places.front();
    ++out.places.back();
  }
  if (is("price-war"))
    for (std::uint32_t j = 0; j < size_.workers; j += neighbours) --out.places[j];
  if (is("one-place"))
    for (std::uint32_t j = 0; j < size_.workers; j += 2) out.places[j] = 1;
  if (is("price-war") || is("chains") || is("one-place")) return;
  const auto total = static_cast<std::uint64_t>(size_.people * places_a_person(wanted_.family));
  const std::uint64_t among = is("few-pools") ? size_.workers / 50 + 1 : size_.workers;
  for (std::uint64_t k = 0; k < total; ++k) {
    std::uint16_t& places = out.places[random_.below(among)];
    if (places < 4'095) ++places;
  }
}

// How often somebody looks for a worker; the same one may be found twice.
std::uint64_t Maker::lookups(std::uint32_t person) {
  if (is("price-war"))
    return std::min<std::uint64_t>(neighbours, size_.workers - home(person) / neighbours * neighbours);
  if (is("chains")) return home(person) + 1 < size_.workers ? 2 : 1;
  if (is("rural")) return random_.below(4) == 0 ? 0 : 1 + random_.below(4);
  if (random_.below(20) == 0) return 0;
  return 1 + random_.below(2 * size_.pairs - 1);
}

std::uint32_t Maker::near(std::uint32_t person, std::uint64_t within) {
  return static_cast<std::uint32_t>((home(person) + random_.below(within)) % size_.workers);
}

std::uint32_t Maker::some_worker(std::uint32_t person, std::uint64_t lookup) {
  const std::uint64_t m = size_.workers;
  if (is("price-war")) return static_cast<std::uint32_t>(home(person) / neighbours * neighbours + lookup);
  if (is("chains")) return static_cast<std::uint32_t>(home(person) + lookup);
  if (is("hot")) return static_cast<std::uint32_t>(mostly_little(m));
  if (is("rural")) return near(person, 8);
  if (is("languages")) {
    const auto& speakers = speakers_[language_[person]];
    return speakers.empty() ? matching::engine::nobody : speakers[random_.below(speakers.size())];
  }
  if (is("national") || random_.below(4) == 0) return static_cast<std::uint32_t>(random_.below(m));
  return near(person, std::max(m / 50, std::uint64_t{2} * size_.pairs));
}

std::int32_t Maker::some_fit(std::uint32_t person, std::uint32_t worker) {
  if (is("equal")) return 1'000;
  if (is("ties")) return static_cast<std::int32_t>(random_.below(10)) * 800;
  if (is("price-war") || wanted_.family.starts_with("alike")) return common_[worker];
  if (is("inverted")) return (classes - ranks_[person]) * 190 + static_cast<std::int32_t>(random_.below(200));
  return static_cast<std::int32_t>(random_.below(most_fit));
}

void Maker::give_bonuses(Packed& out) {
  out.rank_value = (std::int64_t{size_.workers} + 1) * out.greatest_fit + 1;
  for (std::uint32_t i = 0; i < size_.people; ++i) {
    out.bonus.push_back(wanted_.strict ? ranks_[i] * out.rank_value
                                       : static_cast<std::int64_t>(4'000 + 100 * random_.below(20) +
                                                                   10 * random_.below(100)));
    out.order.push_back(i);
  }
  if (wanted_.strict) out.rank = ranks_;
  else out.rank_value = 0;
}

Packed Maker::make() {
  Packed out;
  give_places(out);
  out.pairs = matching::engine::PackedPairs(out.workers());
  for (std::uint32_t j = 0; j < size_.workers; ++j)
    common_.push_back(static_cast<std::int32_t>(random_.below(most_fit)));
  if (is("languages")) {
    speakers_.resize(languages);
    for (std::uint32_t j = 0; j < size_.workers; ++j)
      for (int k = 0; k < 2; ++k) speakers_[mostly_little(languages)].push_back(j);
    for (std::uint32_t i = 0; i < size_.people; ++i)
      language_.push_back(static_cast<std::uint32_t>(mostly_little(languages)));
  }
  std::vector<std::uint32_t> seen_by(size_.workers, matching::engine::nobody);
  for (std::uint32_t i = 0; i < size_.people; ++i) {
    const std::uint64_t tries = lookups(i);
    for (std::uint64_t k = 0; k < tries; ++k) {
      const std::uint32_t worker = some_worker(i, k);
      if (worker == matching::engine::nobody || seen_by[worker] == i || out.places[worker] == 0) continue;
      seen_by[worker] = i;
      if (is("excluded") && random_.below(10) != 0) continue;
      const std::int32_t fit = some_fit(i, worker);
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
