#include "matching/what_if.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/check.hpp"
#include "base/random.hpp"

namespace kith::matching {
namespace {

using simulation::forever;
using simulation::Model;
using simulation::Ticks;
using simulation::ticks_of_day;
using simulation::ticks_of_week;

// A worker and what becomes of their places; `profile` says for whom they are possible.
struct Course {
  WorkerProfile profile{};
  simulation::Worker worker{};
};

std::uint64_t number_of(RawId id) { return mix(id.high, id.low); }

Course course_of(const WorkerProfile& profile, const Settings& settings, const Scenario& scenario) {
  Course out;
  out.profile = profile;
  out.profile.on_leave = false;
  out.profile.places_agreed = 1;
  out.profile.places_live = out.profile.places_reserved = 0;
  out.worker.id = number_of(profile.id);
  out.worker.places = profile.places_agreed;
  out.worker.live = std::min(profile.places_live, profile.places_agreed);
  if (!profile.active) out.worker.leave.push_back({0, forever});
  if (profile.on_leave) {
    const bool told = profile.back_on && *profile.back_on > settings.as_of;
    out.worker.leave.push_back({0, told ? (*profile.back_on - settings.as_of) * ticks_of_day : forever});
  }
  out.worker.yearly_leave = scenario.leave_weeks_a_year * ticks_of_week;
  return out;
}

WorkerProfile profile_of(const NewWorker& made, const std::vector<PersonProfile>& people) {
  WorkerProfile out;
  out.traits.languages = Codes{made.language};
  out.traits.remote = true;
  out.traits.in_person = made.location.has_value();
  out.traits.location = made.location;
  out.traits.range_metres = made.range_metres;
  WeekMask week;
  for (int half_hour = 0; half_hour < WeekMask::half_hours; ++half_hour) week.add(half_hour);
  out.traits.availability = week;
  std::vector<std::string> settings;
  settings.reserve(people.size());
  for (const PersonProfile& person : people) settings.push_back(person.setting);
  out.settings_willing = out.settings_cleared = codes(std::move(settings));
  return out;
}

// Whether anybody is possible by what may be said: a secret exclusion changes no count that is shown.
bool openly_possible(const WaitingList& list, const PreparedPerson& person) {
  if (!missing_for_offers(person.profile).empty()) return false;
  for (std::uint32_t j = 0; j < list.workers().size(); ++j)
    if (list.feasibility(person, j).open.empty()) return true;
  return false;
}

// One course of a service: the workers there will be, and when.
class Service {
public:
  Service(const PlanInput& today, const Scenario& scenario) : today_(today), scenario_(scenario) {
    for (const WorkerProfile& worker : today.workers)
      courses_.push_back(course_of(worker, today.settings, scenario));
    order_ = scenario.order;
    dial_ = scenario.dial;
    rates_ = {{0, scenario.arrivals_hundredths_per_week}};
  }

  void change() {
    for (const ScenarioChange& change : scenario_.changes)
      std::visit([&](const auto& what) { make(what, change.from_week * ticks_of_week); }, change.what);
  }

  Result<Model> model(std::int32_t& no_worker) const {
    PlanInput input = today_;
    input.workers.clear();
    for (const Course& course : courses_) input.workers.push_back(course.profile);
    std::erase_if(input.people, [](const PersonProfile& person) { return !person.consents_to_matching; });
    for (PersonProfile& person : input.people) person.open_offers.clear();
    const std::vector<PersonProfile> people = input.people;
    for (PersonProfile& person : input.people) person.declined.clear();
    TRY_ASSIGN(const WaitingList list, WaitingList::prepare(std::move(input)));
    Model out;
    out.order = order_;
    out.end = scenario_.weeks * ticks_of_week;
    out.live_length = scenario_.length;
    set_rates(out);
    for (const PreparedWorker& worker : list.workers()) out.workers.push_back(worker_of(worker.profile.id));
    for (const PreparedPerson& person : list.people()) out.kinds.push_back(kind_of(person.profile));
    if (dial_) set_dial(out, list);
    out.fits.assign(out.kinds.size() * out.workers.size(), simulation::not_possible);
    out.closeness.assign(out.fits.size(), 0);
    for (const Possible& pair : list.possible()) {
      const std::size_t at = pair.person * out.workers.size() + pair.worker;
      out.fits[at] = pair.parts.fit();
      out.closeness[at] =
          static_cast<std::uint8_t>(closeness_of(pair.parts.person, today_.settings.closeness));
    }
    no_worker = static_cast<std::int32_t>(
        std::count_if(list.people().begin(), list.people().end(),
                      [&](const PreparedPerson& person) { return !openly_possible(list, person); }));
    for (const PersonProfile& person : people) out.known.push_back(known_of(person, list));
    std::sort(out.known.begin(), out.known.end(),
              [](const auto& a, const auto& b) { return a.at != b.at ? a.at < b.at : a.kind < b.kind; });
    return out;
  }

private:
  Course& course_of_id(RawId id) {
    const auto at = std::find_if(courses_.begin(), courses_.end(),
                                 [&](const Course& course) { return course.profile.id == id; });
    CHECK(at != courses_.end()); // the scenario names workers that are listed
    return *at;
  }

  void make(const AddWorkers& added, Ticks from) {
    for (std::int32_t n = 0; n < added.count; ++n) {
      WorkerProfile profile = added.like ? listed(*added.like) : profile_of(*added.made, today_.people);
      const auto number = static_cast<std::uint64_t>(courses_.size());
      profile.id = {mix(0x6f6e65206d6f7265ULL, number), mix(profile.id.high ^ profile.id.low, number)};
      profile.active = true;
      profile.on_leave = false;
      profile.willing_on = today_.settings.as_of;
      profile.places_live = 0;
      const std::int32_t places = added.places.value_or(profile.places_agreed);
      profile.places_agreed = std::max(1, places * added.hours_percent / 100);
      courses_.push_back(course_of(profile, today_.settings, scenario_));
      courses_.back().worker.joins_at = from;
    }
  }
  void make(const WorkerLeaves& leaves, Ticks from) {
    course_of_id(leaves.worker).worker.leave.push_back({from, forever});
  }
  void make(const WorkerOnLeave& away, Ticks from) {
    course_of_id(away.worker).worker.leave.push_back({from, away.until_week * ticks_of_week});
  }
  void make(const OtherArrivals& arrivals, Ticks from) {
    std::erase_if(rates_, [&](const Arrivals& rate) { return rate.from == from; });
    rates_.push_back({from, arrivals.hundredths_per_week});
    std::sort(rates_.begin(), rates_.end(),
              [](const Arrivals& a, const Arrivals& b) { return a.from < b.from; });
  }
  void make(const OtherOrder& order, Ticks) { order_ = order.order; }
  void make(const OtherDial& dial, Ticks) { dial_ = dial.dial; }

  const WorkerProfile& listed(RawId id) const {
    return *std::find_if(today_.workers.begin(), today_.workers.end(),
                         [&](const WorkerProfile& worker) { return worker.id == id; });
  }
  simulation::Worker worker_of(RawId id) const {
    return std::find_if(courses_.begin(), courses_.end(),
                        [&](const Course& course) { return course.profile.id == id; })
        ->worker;
  }
  void set_rates(Model& model) const {
    for (const Arrivals& rate : rates_)
      model.rates.push_back({rate.from, ticks_of_week * 100, rate.hundredths_per_week});
  }

  // REQUIRES the model's kinds.
  void set_dial(Model& model, const WaitingList& list) const {
    Settings settings = today_.settings;
    settings.dial = *dial_;
    model.band_days = band_days(*dial_) == 0 ? simulation::one_band : band_days(*dial_);
    for (std::uint32_t kind = 0; kind < model.kinds.size(); ++kind) {
      const PersonProfile& person = list.people()[kind].profile;
      settings.as_of = person.waiting_on;
      const auto floor = floor_of(person, settings);
      if (!floor) continue;
      model.floor = static_cast<std::uint8_t>(floor->at_least);
      model.kinds[kind].held_back = (floor->until - person.waiting_on) * ticks_of_day;
    }
  }

  simulation::Kind kind_of(const PersonProfile& person) const {
    simulation::Kind out;
    const std::vector<std::string>& reasons = today_.settings.triage_reasons;
    const auto reason = std::find(reasons.begin(), reasons.end(), person.triage_reason);
    out.klass = static_cast<std::uint16_t>(reasons.end() - reason);
    out.promise = (promise_of(person, today_.settings) - person.waiting_on) * ticks_of_day;
    out.length = scenario_.length;
    out.patience = scenario_.patience;
    out.declines_permille = scenario_.declines_permille;
    out.answer = scenario_.answer;
    return out;
  }
  simulation::KnownArrival known_of(const PersonProfile& person, const WaitingList& list) const {
    simulation::KnownArrival out;
    out.at = (person.waiting_on - today_.settings.as_of) * ticks_of_day;
    out.kind = *list.find_person(person.id);
    for (const RawId worker : person.declined)
      if (const auto at = list.find_worker(worker)) out.declined.push_back(*at);
    return out;
  }

  struct Arrivals {
    Ticks from{};
    std::int64_t hundredths_per_week{};
  };
  const PlanInput& today_;
  const Scenario& scenario_;
  std::vector<Course> courses_{};
  simulation::Order order_{};
  std::optional<Dial> dial_{};
  std::vector<Arrivals> rates_{};
};

constexpr std::int64_t rounded_share(std::int64_t part, std::int64_t whole) {
  return (part * 100 + whole / 2) / whole;
}

} // namespace

Result<WhatIf> what_if(const PlanInput& today, const Scenario& scenario) {
  WhatIf out;
  Service service(today, scenario);
  TRY_ASSIGN(out.as_it_goes, service.model(out.no_worker));
  out.people = static_cast<std::int32_t>(out.as_it_goes.kinds.size());
  out.left_out = static_cast<std::int32_t>(today.people.size()) - out.people;
  if (out.people == 0) return invalid("what_if.nobody");
  service.change();
  TRY_ASSIGN(out.changed, service.model(out.no_worker_then));
  return out;
}

Result<std::vector<Model>> at_each_dial(const PlanInput& today, const Scenario& scenario) {
  Scenario turned = scenario;
  std::erase_if(turned.changes,
                [](const ScenarioChange& change) { return std::holds_alternative<OtherDial>(change.what); });
  std::vector<Model> out;
  out.reserve(dial_count);
  for (int dial = 0; dial < dial_count; ++dial) {
    turned.dial = static_cast<Dial>(dial);
    TRY_ASSIGN(WhatIf both, what_if(today, turned));
    out.push_back(std::move(both.changed));
  }
  return out;
}

std::string_view name_of(Measure measure) {
  constexpr std::array<std::string_view, measure_count> names{
      "median_wait_days",    "ninetieth_wait_days", "served_people", "close_people",    "gave_up_people",
      "left_waiting_people", "waiting_people",      "places_used",   "places_reserved", "places_open"};
  return names.at(static_cast<std::size_t>(measure));
}

void Tally::add(const simulation::Figures& figures) {
  Row row;
  const auto put = [&](Measure measure, std::int64_t hundredths) {
    row[static_cast<std::size_t>(measure)] = hundredths;
  };
  if (!figures.waits.empty()) {
    waits_ = figures.waits;
    put(Measure::median_wait_days, rounded_share(simulation::nearest_rank(waits_, 50), ticks_of_day));
    put(Measure::ninetieth_wait_days, rounded_share(simulation::nearest_rank(waits_, 90), ticks_of_day));
  }
  put(Measure::served_people, figures.served * 100);
  put(Measure::close_people, (figures.closeness_served[0] + figures.closeness_served[1]) * 100);
  put(Measure::gave_up_people, figures.gave_up * 100);
  put(Measure::left_waiting_people, figures.left_waiting * 100);
  put(Measure::waiting_people, rounded_share(figures.waiting_ticks, end_));
  put(Measure::places_used, rounded_share(figures.used_ticks, end_));
  put(Measure::places_reserved, rounded_share(figures.reserved_ticks, end_));
  put(Measure::places_open, rounded_share(figures.open_ticks, end_));
  rows_.push_back(row);
}

std::optional<simulation::Estimate> Tally::estimate(Measure measure) const {
  std::vector<std::int64_t> values;
  values.reserve(rows_.size());
  for (const Row& row : rows_)
    if (const auto& value = row[static_cast<std::size_t>(measure)]) values.push_back(*value);
  return simulation::estimate_of(values);
}

std::optional<simulation::Estimate> Tally::more_than(const Tally& other, Measure measure) const {
  CHECK(rows_.size() == other.rows_.size());
  std::vector<std::int64_t> values;
  values.reserve(rows_.size());
  for (std::size_t run = 0; run < rows_.size(); ++run) {
    const auto& mine = rows_[run][static_cast<std::size_t>(measure)];
    const auto& theirs = other.rows_[run][static_cast<std::size_t>(measure)];
    if (mine && theirs) values.push_back(*mine - *theirs);
  }
  return simulation::estimate_of(values);
}

struct SideBySide::Parts {
  Parts(const WhatIf& what_if, std::uint64_t chance)
      : seed(chance), as_it_goes(what_if.as_it_goes), changed(what_if.changed),
        courses{Tally(what_if.as_it_goes.end), Tally(what_if.changed.end)} {}
  std::uint64_t seed{};
  simulation::Simulation as_it_goes;
  simulation::Simulation changed;
  Courses courses{};
};

SideBySide::SideBySide(const WhatIf& what_if, std::uint64_t seed)
    : parts_(std::make_unique<Parts>(what_if, seed)) {}
SideBySide::~SideBySide() = default;

void SideBySide::play(std::uint32_t run) {
  parts_->courses.as_it_goes.add(parts_->as_it_goes.run(parts_->seed, run));
  parts_->courses.changed.add(parts_->changed.run(parts_->seed, run));
}

const Courses& SideBySide::courses() const { return parts_->courses; }

namespace {

constexpr std::int64_t one = 10'000; // estimates are in hundredths of hundredths

} // namespace

std::string in_tenths(std::int64_t value) {
  const std::int64_t tenths = (std::abs(value) + one / 20) / (one / 10);
  std::string out = value < 0 && tenths > 0 ? "-" : "";
  out += std::to_string(tenths / 10);
  out += ".";
  out += std::to_string(tenths % 10);
  return out;
}

std::string in_days(std::int64_t value) {
  if (std::abs(value) < 10 * one) return in_tenths(value);
  return std::to_string((value + (value < 0 ? -one : one) / 2) / one);
}

std::string_view name_of(Goes goes) {
  constexpr std::array<std::string_view, 5> names{"not_known", "stays", "unclear", "falls", "rises"};
  return names.at(static_cast<std::size_t>(goes));
}

Turn turn_of(const Courses& courses, Measure days) {
  const auto before = courses.as_it_goes.estimate(days), after = courses.changed.estimate(days);
  const auto more = courses.changed.more_than(courses.as_it_goes, days);
  if (!before || !after || !more) return {};
  const bool clear = more->low > 0 || more->high < 0;
  if (!clear) {
    const bool same = in_days(before->mean) == in_days(after->mean);
    return {same ? Goes::stays : Goes::unclear, *before, *after, *more};
  }
  if (more->mean > 0) return {Goes::rises, *before, *after, *more};
  return {Goes::falls, *before, *after, {-more->mean, -more->high, -more->low, more->runs}};
}

} // namespace kith::matching
