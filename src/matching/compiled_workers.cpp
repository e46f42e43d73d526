#include "matching/compiled.hpp"

#include "matching/criteria/criterion.hpp"
#include <algorithm>

namespace kith::matching {
namespace {

constexpr std::uint64_t spread(std::uint64_t bits) { // a 0 between each two of the lower 32
  bits = (bits | bits << 16) & 0x0000'ffff'0000'ffff;
  bits = (bits | bits << 8) & 0x00ff'00ff'00ff'00ff;
  bits = (bits | bits << 4) & 0x0f0f'0f0f'0f0f'0f0f;
  bits = (bits | bits << 2) & 0x3333'3333'3333'3333;
  return (bits | bits << 1) & 0x5555'5555'5555'5555;
}

// Where on the curve (Morton 1966); whoever has no location comes last.
std::uint64_t along_curve(const Traits& traits) {
  if (!traits.location) return ~std::uint64_t{0};
  const auto raised = [](std::int32_t metres) { return static_cast<std::uint32_t>(metres) ^ 0x8000'0000U; };
  return spread(raised(traits.location->east_metres)) | spread(raised(traits.location->north_metres)) << 1;
}

std::vector<std::uint32_t> in_order(const std::vector<PreparedWorker>& workers) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
  keys.reserve(workers.size());
  for (std::uint32_t j = 0; j < workers.size(); ++j)
    keys.emplace_back(along_curve(workers[j].profile.traits), j);
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> out;
  out.reserve(keys.size());
  for (const auto& [key, worker] : keys) out.push_back(worker);
  return out;
}

int half_hours_of(std::int32_t minutes) {
  constexpr std::int32_t never = 337 * 30; // longer than a week
  return std::max(1, (std::min(minutes, never) + 29) / 30);
}

} // namespace

// Fills the columns, one worker after the other.
class CompiledWorkers {
public:
  CompiledWorkers(Compiled& out, const Settings& settings)
      : out_(out), columns_(out.columns_), facts_(out.facts_), settings_(settings) {}

  void make_facts();
  void make_week_facts(const std::vector<PreparedWorker>& workers);
  void add(std::uint32_t place, const PreparedWorker& worker, const Budget& budget);
  void finish();

private:
  void set(engine::Fact fact, bool holds) {
    if (holds) columns_.set(fact, place_);
  }
  void set(NumbersByCode& facts, std::span<const std::string> codes) {
    for (const std::string& code : codes) facts.set(columns_, code, place_);
  }
  void set(NumbersByHalfHour& facts, const WeekMask& week) {
    for (int at = 0; at < WeekMask::half_hours; ++at)
      if (week.has(at)) facts.set(columns_, at, place_);
  }
  // wanted, or else their own
  std::span<const std::string> codes_of(const Wish& wish, const PreparedWorker& worker) const {
    return wish.wanted.empty() ? own_codes(wish.criterion, worker.side(), organisation_) : wish.wanted;
  }
  void add_standing(const WorkerProfile& worker);
  void add_traits(const PreparedWorker& worker);
  void add_meeting(const Traits& traits);
  void add_boundaries(const Boundaries& limits);
  void add_points(const PreparedWorker& worker, const BudgetShare& share);
  void add_codes(engine::Want want, std::span<const std::string> codes);
  void add_age(engine::Want want, const Wish& wish, const Traits& own);
  void add_times(engine::Want want, const Wish& wish, const Traits& own);
  void add_nearness(engine::Want want, const Traits& own);
  void add_must(const PreparedWorker& worker, const Wish& wish);

  Compiled& out_;
  engine::Columns& columns_;
  WorkerFacts& facts_;
  const Settings& settings_;
  std::uint32_t place_{};
  Codes organisation_{};
  std::array<bool, criterion_count> has_must_{};
};

void CompiledWorkers::make_facts() {
  WorkerBoundaries& limits = out_.boundaries_;
  for (engine::Fact* fact : {&facts_.active,
                             &facts_.here,
                             &facts_.willing,
                             &facts_.has_place,
                             &facts_.languages_known,
                             &facts_.interpreter,
                             &facts_.remote,
                             &facts_.in_person_placed,
                             &facts_.in_person_unplaced,
                             &facts_.not_in_person,
                             &facts_.genders_known,
                             &facts_.cultures_known,
                             &facts_.interests_known,
                             &facts_.organisation_known,
                             &facts_.age_known,
                             &facts_.times_known,
                             &facts_.asks_nothing,
                             &limits.no_genders,
                             &limits.no_age_least,
                             &limits.no_age_most})
    *fact = columns_.add_fact();
  for (WorkerMusts& musts : out_.musts_) musts.others = columns_.add_fact();
}

// In the order of the week, so that the half hours of a window lie side by side.
void CompiledWorkers::make_week_facts(const std::vector<PreparedWorker>& workers) {
  WeekMask week;
  for (const PreparedWorker& worker : workers)
    if (worker.profile.traits.availability) week = week | *worker.profile.traits.availability;
  const auto fact = [&] { return columns_.add_fact(); };
  for (int at = 0; at < WeekMask::half_hours; ++at)
    if (week.has(at)) facts_.begins_at.of(at, fact);
  for (int at = 0; at < WeekMask::half_hours; ++at)
    if (week.has(at)) facts_.free_at.of(at, fact);
}

void CompiledWorkers::add(std::uint32_t place, const PreparedWorker& worker, const Budget& budget) {
  place_ = place;
  organisation_ = organisation_codes(worker.profile.traits);
  add_standing(worker.profile);
  add_traits(worker);
  add_meeting(worker.profile.traits);
  add_boundaries(worker.profile.boundaries);
  if (budget.unspent > 0)
    columns_.add_want(place, {static_cast<std::int16_t>(budget.unspent), 0, engine::Grading::always}, {});
  for (const BudgetShare& share : budget.shares) add_points(worker, share);
  has_must_ = {};
  for (const Wish& wish : worker.profile.wishes)
    if (wish.strength == Strength::must) add_must(worker, wish);
  for (std::size_t c = 0; c < has_must_.size(); ++c) set(out_.musts_.at(c).others, !has_must_.at(c));
}

void CompiledWorkers::add_standing(const WorkerProfile& worker) {
  const bool willing = worker.willing_on && settings_.as_of - *worker.willing_on <= settings_.willing_days;
  set(facts_.active, worker.active);
  set(facts_.here, !worker.on_leave);
  set(facts_.willing, willing);
  if (willing) set(facts_.willing_at, worker.settings_willing);
  set(facts_.cleared_at, worker.settings_cleared);
  set(facts_.has_place, worker.free_places() > 0);
}

void CompiledWorkers::add_traits(const PreparedWorker& worker) {
  const Traits& traits = worker.profile.traits;
  const bool speaks = traits.languages && !traits.languages->empty();
  set(facts_.languages_known, speaks);
  set(facts_.interpreter, speaks && traits.accepts_interpreter);
  if (speaks) set(facts_.speaks, *traits.languages);
  set(facts_.genders_known, traits.genders && !traits.genders->empty());
  if (traits.genders) set(facts_.genders, *traits.genders);
  set(facts_.cultures_known, traits.cultures.has_value());
  if (traits.cultures) set(facts_.cultures, *traits.cultures);
  set(facts_.interests_known, traits.interests.has_value());
  if (traits.interests) set(facts_.interests, *traits.interests);
  set(facts_.organisation_known, traits.organisation && !traits.organisation->empty());
  if (traits.organisation) facts_.organisation.set(columns_, *traits.organisation, place_);
  set(facts_.age_known, traits.age.has_value());
  if (traits.age) facts_.age.set(columns_, *traits.age, place_);
  set(facts_.named, worker.named);
  set(facts_.unnamed, worker.unnamed);
  set(facts_.times_known, traits.availability.has_value());
  if (!traits.availability) return;
  set(facts_.free_at, *traits.availability);
  set(facts_.begins_at, beginnings(*traits.availability, out_.meeting_half_hours_));
}

void CompiledWorkers::add_meeting(const Traits& traits) {
  const bool placed = traits.location && traits.range_metres;
  const bool in_person = traits.in_person.value_or(false);
  set(facts_.remote, traits.remote.value_or(false));
  set(facts_.in_person_placed, in_person && placed);
  set(facts_.in_person_unplaced, in_person && !placed);
  set(facts_.not_in_person, traits.in_person && !*traits.in_person);
  if (in_person && placed)
    columns_.put(place_, {traits.location->east_metres, traits.location->north_metres, *traits.range_metres});
}

void CompiledWorkers::add_boundaries(const Boundaries& limits) {
  WorkerBoundaries& to = out_.boundaries_;
  set(to.no_genders, limits.only_genders.empty());
  set(to.only_genders, limits.only_genders);
  set(to.no_age_least, !limits.age_least);
  if (limits.age_least) to.age_least.set(columns_, *limits.age_least, place_);
  set(to.no_age_most, !limits.age_most);
  if (limits.age_most) to.age_most.set(columns_, *limits.age_most, place_);
  set(to.not_experience, limits.not_experience);
  set(to.not_cultures, limits.not_cultures);
  set(to.not_settings, limits.not_settings);
}

// What is not known on the worker's side counts nothing, also when avoided: then there is no want.
void CompiledWorkers::add_points(const PreparedWorker& worker, const BudgetShare& share) {
  const Wish& wish = share.wish;
  const Traits& own = worker.profile.traits;
  const bool avoids = wish.strength == Strength::avoid;
  engine::Want want{static_cast<std::int16_t>(avoids ? -share.points : share.points),
                    static_cast<std::uint8_t>(wish.criterion), engine::Grading::any};
  if (wish.criterion == Criterion::age) return add_age(want, wish, own);
  if (wish.criterion == Criterion::times) return add_times(want, wish, own);
  if (wish.criterion == Criterion::nearness) return add_nearness(want, own);
  const std::span<const std::string> wanted = codes_of(wish, worker);
  if (wanted.empty()) return;
  if (wish.criterion ==
      Criterion::language) { // 5 for any language of theirs or wanted, 5 more for one wanted
    want.grading = engine::Grading::half;
    Codes either = own.languages.value_or(Codes{});
    either.insert(either.end(), wanted.begin(), wanted.end());
    add_codes(want, either);
  } else if (wish.criterion == Criterion::experience || wish.criterion == Criterion::interests) {
    want.grading = wanted.size() == 1   ? engine::Grading::any
                   : wanted.size() == 2 ? engine::Grading::of_two
                                        : engine::Grading::of_three;
  }
  add_codes(want, wanted);
}

void CompiledWorkers::add_codes(engine::Want want, std::span<const std::string> codes) {
  NumbersByCode& numbers = out_.wants_.codes.at(want.about);
  std::vector<std::uint64_t> bits;
  for (const std::string& code : codes) {
    const std::uint32_t number =
        numbers.of(code, [&] { return static_cast<std::uint32_t>(numbers.all().size()); });
    if (bits.size() <= number / 64) bits.resize(number / 64 + 1, 0);
    bits[number / 64] |= std::uint64_t{1} << (number % 64);
  }
  columns_.add_want(place_, want, bits);
}

void CompiledWorkers::add_age(engine::Want want, const Wish& wish, const Traits& own) {
  WantNumbers& numbers = out_.wants_;
  const auto next = [&] { return numbers.age_keys(); };
  if (wish.wanted.empty() && !own.age) return;
  want.grading = engine::Grading::keyed;
  want.first = wish.wanted.empty() ? numbers.own_age.of(*own.age, next) : numbers.bands.of(wish.wanted, next);
  columns_.add_want(place_, want, {});
}

void CompiledWorkers::add_times(engine::Want want, const Wish& wish, const Traits& own) {
  if (!own.availability) return;
  const WeekMask week =
      wish.wanted.empty() ? *own.availability : *own.availability & wanted_week(wish.wanted);
  want.grading = engine::Grading::half_hours;
  columns_.add_want(place_, want, week.words);
}

void CompiledWorkers::add_nearness(engine::Want want, const Traits& own) {
  if (!own.in_person) return;
  const bool placed = own.location && own.range_metres;
  const engine::Meets meets = !*own.in_person ? engine::Meets::not_in_person
                              : placed        ? engine::Meets::placed
                                              : engine::Meets::unplaced;
  want.grading = engine::Grading::nearness;
  want.first = static_cast<std::uint32_t>(meets);
  columns_.add_want(place_, want, {});
}

void CompiledWorkers::add_must(const PreparedWorker& worker, const Wish& wish) {
  WorkerMusts& to = out_.musts_.at(static_cast<std::size_t>(wish.criterion));
  const Traits& own = worker.profile.traits;
  to.any = true;
  has_must_.at(static_cast<std::size_t>(wish.criterion)) = true;
  if (wish.criterion == Criterion::age) {
    if (!wish.wanted.empty()) to.bands.set(columns_, wish.wanted, place_);
    else if (own.age) to.own_age.set(columns_, *own.age, place_);
  } else if (wish.criterion == Criterion::times) {
    if (!own.availability) return;
    const WeekMask week =
        wish.wanted.empty() ? *own.availability : *own.availability & wanted_week(wish.wanted);
    set(to.begins_at, beginnings(week, out_.meeting_half_hours_));
  } else {
    set(to.wanted, codes_of(wish, worker));
  }
}

void CompiledWorkers::finish() { columns_.finish(); }

Compiled::Compiled(const std::vector<PreparedWorker>& workers, const std::vector<Budget>& budgets,
                   const Settings& settings)
    : columns_(static_cast<std::uint32_t>(workers.size())), worker_at_(in_order(workers)),
      place_of_(workers.size()), walls_(settings.walls),
      continuity_points_(settings.weights.continuity_points),
      meeting_half_hours_(half_hours_of(settings.min_shared_minutes)) {
  CHECK(budgets.size() == workers.size());
  ids_.reserve(workers.size());
  for (const PreparedWorker& worker : workers) ids_.push_back(worker.profile.id);
  CompiledWorkers filling(*this, settings);
  filling.make_facts();
  filling.make_week_facts(workers);
  for (std::uint32_t place = 0; place < worker_at_.size(); ++place) {
    const std::uint32_t worker = worker_at_[place];
    place_of_[worker] = place;
    filling.add(place, workers[worker], budgets[worker]);
  }
  filling.finish();
}

} // namespace kith::matching
