#include "candidates/services.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace kith::bench {
namespace {

using namespace matching;

constexpr std::int32_t map_metres = 400'000;

class Maker {
public:
  explicit Maker(std::uint64_t seed) : random_(seed) {
    for (int town = 0; town < 40; ++town) towns_.push_back({number(map_metres), number(map_metres)});
  }

  WorkerProfile worker(Date as_of);
  PersonProfile person(Date as_of);
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

private:
  bool percent(std::uint64_t chance) { return below(100) < chance; }
  std::int32_t number(std::uint64_t bound) { return static_cast<std::int32_t>(below(bound)); }
  // One of so many codes, the first the most common.
  std::string code(const char* list, std::uint64_t size) {
    return std::string(list).append(std::to_string(std::min({below(size), below(size), below(size)})));
  }
  Codes some(const char* list, std::uint64_t size, std::uint64_t most) {
    std::vector<std::string> out;
    for (std::uint64_t n = 1 + below(most); n > 0; --n) out.push_back(code(list, size));
    return codes(std::move(out));
  }
  WeekMask week();
  Traits traits();
  Wishes wishes(std::uint64_t most, std::uint64_t musts);

  SeededRandom random_{0};
  std::vector<Location> towns_{};
};

WeekMask Maker::week() {
  WeekMask out;
  for (std::uint64_t n = 2 + below(4); n > 0; --n) {
    const int from = number(7) * 48 + 16 + number(18), length = 4 + number(8);
    for (int at = from; at < from + length; ++at) out.add(at);
  }
  return out;
}

Traits Maker::traits() {
  Traits out;
  out.languages = percent(85) ? Codes{"en"} : Codes{};
  if (percent(30) || out.languages->empty()) out.languages->push_back(code("l", 30));
  out.languages = codes(*out.languages);
  const std::uint64_t way = below(10); // 5 in person only, 2 remotely only, 3 either
  out.in_person = way < 5 || way > 6;
  out.remote = way >= 5;
  const Location town = towns_[below(towns_.size())];
  out.location =
      Location{town.east_metres + number(24'000) - 12'000, town.north_metres + number(24'000) - 12'000};
  out.range_metres = 4'000 + number(24'000);
  if (!percent(3)) out.availability = week();
  if (!percent(5)) out.genders = Codes{percent(60) ? "woman" : percent(90) ? "man" : "nonbinary"};
  if (percent(40)) out.cultures = some("c", 25, 2);
  if (!percent(5)) out.age = 18 + number(55);
  if (percent(80)) out.interests = some("i", 40, 5);
  out.organisation = code("o", 30);
  out.accepts_interpreter = percent(10);
  return out;
}

Wishes Maker::wishes(std::uint64_t most, std::uint64_t musts) {
  Wishes out;
  for (std::uint64_t n = below(most + 1); n > 0; --n) {
    Wish wish{static_cast<Criterion>(below(criterion_count)),
              percent(musts) ? Strength::must
              : percent(50)  ? Strength::matters
                             : Strength::a_little,
              {}};
    if (percent(5)) wish.strength = Strength::avoid;
    if (find_wish(out, wish.criterion)) continue;
    if (wish.criterion == Criterion::gender) wish.wanted = {percent(70) ? "woman" : "man"};
    if (wish.criterion == Criterion::experience && percent(50)) wish.wanted = some("t", 40, 4);
    if (wish.criterion == Criterion::age && percent(30)) wish.wanted = {"18-35"};
    if (wish.criterion == Criterion::times && percent(30))
      wish.wanted = {"mon 09:00-17:00", "thu 09:00-20:00"};
    out.push_back(std::move(wish));
  }
  return out;
}

WorkerProfile Maker::worker(Date as_of) {
  WorkerProfile out;
  out.id = random_id(random_);
  out.traits = traits();
  for (const std::string& tag : some("t", 40, 4))
    out.experience.push_back({tag, percent(60) ? Release::released : Release::matcher_only});
  if (percent(50)) out.wishes = wishes(3, 4);
  if (percent(6)) out.boundaries.only_genders = {"woman"};
  if (percent(6)) out.boundaries.age_least = 25;
  if (percent(6)) out.boundaries.not_experience = some("t", 40, 2);
  out.active = percent(95);
  out.on_leave = percent(6);
  out.willing_on = as_of + -number(105);
  out.settings_willing = out.settings_cleared = percent(40)   ? Codes{"community", "ward"}
                                                : percent(20) ? Codes{"community", "lone"}
                                                              : Codes{"community"};
  out.places_agreed = 1 + number(6);
  out.places_live = number(4);
  return out;
}

PersonProfile Maker::person(Date as_of) {
  PersonProfile out;
  out.id = random_id(random_);
  out.traits = traits();
  out.experience = some("t", 40, 3);
  out.wishes = wishes(5, 8);
  out.consents_to_matching = true;
  out.setting = percent(80) ? "community" : "ward";
  out.waiting_on = as_of + -number(60);
  return out;
}

} // namespace

PlanInput make_service(ServiceSize size, std::uint64_t seed) {
  Maker maker(seed);
  PlanInput out;
  out.settings.as_of = *parse_date("2026-11-30");
  out.settings.seed = seed;
  out.workers.reserve(size.workers);
  out.people.reserve(size.people);
  for (std::uint32_t j = 0; j < size.workers; ++j) out.workers.push_back(maker.worker(out.settings.as_of));
  for (std::uint32_t i = 0; i < size.people; ++i) {
    out.people.push_back(maker.person(out.settings.as_of));
    for (std::uint64_t n = maker.below(3); n > 0 && size.workers > 0; --n)
      out.exclusions.push_back({out.people[i].id, out.workers[maker.below(size.workers)].id});
  }
  return out;
}

} // namespace kith::bench
