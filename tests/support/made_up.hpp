// Services made up from a seed, for tests of matching: profiles with gaps, wishes of every strength,
// boundaries, exclusions.
#pragma once
#include <utility>

#include "base/random.hpp"
#include "matching/plan_input.hpp"

namespace kith::test {

class MadeUp {
public:
  explicit MadeUp(std::uint64_t seed) : random_(seed) {}

  matching::PlanInput service(std::size_t people, std::size_t workers) {
    matching::PlanInput input;
    input.settings.as_of = *parse_date("2026-11-24");
    input.settings.seed = random_.next();
    for (std::size_t j = 0; j < workers; ++j) input.workers.push_back(worker(input.settings.as_of));
    for (std::size_t i = 0; i < people; ++i) input.people.push_back(person(input));
    for (std::size_t e = 0; e < people / 3; ++e)
      input.exclusions.push_back(
          {input.people[random_.below(people)].id, input.workers[random_.below(workers)].id});
    return input;
  }

  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }
  std::uint64_t below(std::uint64_t n) { return random_.below(n); }

private:
  matching::Codes some(std::initializer_list<const char*> all, std::uint64_t most) {
    std::vector<std::string> out;
    for (std::uint64_t k = 1 + random_.below(most); k > 0; --k)
      out.emplace_back(all.begin()[random_.below(all.size())]);
    return matching::codes(std::move(out));
  }
  matching::Codes tags() { return some({"voices", "admission", "loss", "caring", "migration"}, 3); }

  matching::Traits traits() {
    matching::Traits out;
    if (!one_in(20)) out.languages = some({"en", "en", "en", "prs", "vi", "ar"}, 3);
    out.in_person = !one_in(4);
    out.remote = !one_in(3);
    if (!one_in(12)) {
      out.location = matching::Location{static_cast<std::int32_t>(below(20'000)),
                                        static_cast<std::int32_t>(below(20'000))};
      out.range_metres = static_cast<std::int32_t>(4'000 + below(20'000));
    }
    if (!one_in(20)) {
      WeekMask mask;
      for (int k = 0; k < 4; ++k) {
        const int start = static_cast<int>(below(7)) * 48 + 18 + static_cast<int>(below(18));
        for (int h = 0; h < 8; ++h) mask.add(start + h);
      }
      out.availability = mask;
    }
    if (!one_in(10)) out.genders = some({"woman", "man", "nonbinary"}, 1);
    if (!one_in(5)) out.cultures = some({"afghan", "samoan", "igbo", "lgbtiq"}, 2);
    if (!one_in(6)) out.age = static_cast<std::int32_t>(18 + below(60));
    if (!one_in(6)) out.interests = some({"music", "chess", "football", "gardening", "cooking"}, 3);
    if (!one_in(3)) out.organisation = some({"north", "south", "peerhouse"}, 1)[0];
    out.accepts_interpreter = one_in(5);
    return out;
  }

  matching::Wishes wishes(std::uint64_t musts_one_in) {
    matching::Wishes out;
    for (int c = 0; c < matching::criterion_count; ++c) {
      if (one_in(2)) continue;
      const auto criterion = static_cast<matching::Criterion>(c);
      auto strength = static_cast<matching::Strength>(1 + below(4));
      if (one_in(musts_one_in) && criterion != matching::Criterion::nearness)
        strength = matching::Strength::must;
      matching::Wish wish{criterion, strength, {}};
      if (criterion == matching::Criterion::gender) wish.wanted = some({"woman", "man", "nonbinary"}, 2);
      if (criterion == matching::Criterion::experience && one_in(2)) wish.wanted = tags();
      if (criterion == matching::Criterion::age && one_in(2)) wish.wanted = {"18-39"};
      out.push_back(std::move(wish));
    }
    return out;
  }

  matching::WorkerProfile worker(Date as_of) {
    matching::WorkerProfile out;
    out.id = random_id(random_);
    out.traits = traits();
    for (const std::string& tag : tags())
      out.experience.push_back({tag, static_cast<matching::Release>(1 + below(4))});
    if (one_in(2)) out.wishes = wishes(20);
    if (one_in(8)) out.boundaries.only_genders = {"woman"};
    if (one_in(8)) out.boundaries.age_least = 25;
    if (one_in(8)) out.boundaries.not_experience = {"loss"};
    out.active = !one_in(15);
    out.on_leave = one_in(15);
    out.willing_on = as_of + -static_cast<std::int32_t>(below(100));
    out.settings_willing = {"community", "ward"};
    out.settings_cleared = some({"community", "community", "ward"}, 3);
    out.places_agreed = static_cast<std::int32_t>(1 + below(6));
    out.places_live = static_cast<std::int32_t>(below(4));
    return out;
  }

  matching::PersonProfile person(const matching::PlanInput& input) {
    matching::PersonProfile out;
    out.id = random_id(random_);
    out.traits = traits();
    out.experience = tags();
    out.wishes = wishes(12);
    out.consents_to_matching = !one_in(20);
    out.setting = one_in(3) ? "ward" : "community";
    out.waiting_on = input.settings.as_of + -static_cast<std::int32_t>(below(60));
    if (one_in(10)) out.triage_reason = "discharge_within_7_days";
    if (one_in(4)) out.declined = {input.workers[below(input.workers.size())].id};
    if (one_in(6)) out.earlier_good = {input.workers[below(input.workers.size())].id};
    return out;
  }

  SeededRandom random_{0};
};

} // namespace kith::test
