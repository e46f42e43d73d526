#include "matching/simulation/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/check.hpp"
#include "base/random.hpp"

namespace kith::matching::simulation {
namespace {

// Where a chance comes from: the first hash of everything drawn.
enum Source : std::uint64_t { gaps, drawn_people, known_people, live, leave };
// What a person's chance decides.
enum Draw : std::uint64_t { kind_drawn, length_drawn, patience_drawn, answers_drawn };

void check_ranges(const Model& model) {
  CHECK(model.end > 0 && model.end < event_limit);
  CHECK(!model.kinds.empty() || (model.known.empty() && model.rates.empty()));
  CHECK(model.fits.size() == model.kinds.size() * model.workers.size());
  CHECK(model.known.size() < about_limit && model.workers.size() < about_limit);
  for (const Worker& worker : model.workers) {
    CHECK(worker.live >= 0 && worker.live <= worker.places && worker.places <= 4'095);
    CHECK(worker.yearly_leave >= 0 && worker.yearly_leave < ticks_of_year);
  }
  for (const KnownArrival& known : model.known) CHECK(known.kind < model.kinds.size());
  for (const Rate& rate : model.rates) CHECK(rate.span > 0 && rate.people >= 0);
}

} // namespace

Simulation::Simulation(const Model& model) : model_(model), kinds_of_(model.workers.size()) {
  check_ranges(model);
  for (std::uint32_t k = 0; k < model.kinds.size(); ++k) {
    kind_of_share_.insert(kind_of_share_.end(), model.kinds[k].share, k);
    for (std::uint32_t j = 0; j < model.workers.size(); ++j)
      if (model.fit(k, j) != not_possible) kinds_of_[j].push_back(k);
  }
}

Figures Simulation::run(std::uint64_t seed, std::uint32_t replication) {
  reset(seed, replication);
  welcome_those_waiting();
  plan_arrival();
  for (EventKey event = take_next(); event != no_event; event = take_next()) {
    pass_to(at_of(event));
    happen(event);
  }
  close();
  return std::move(figures_);
}

void Simulation::reset(std::uint64_t seed, std::uint32_t replication) {
  chance_ = mix(seed, replication);
  now_ = waited_ = connected_ = 0;
  waiting_ = used_ = open_places_ = 0;
  arrivals_ = 0;
  figures_ = {};
  figures_.kind_wait.assign(model_.kinds.size(), 0);
  figures_.kind_served.assign(model_.kinds.size(), 0);
  agenda_.clear(model_.end);
  people_.clear();
  declined_.clear();
  open_.clear();
  lines_.assign(model_.kinds.size(), {});
  posts_.assign(model_.workers.size(), {});
  for (std::uint32_t j = 0; j < model_.workers.size(); ++j) begin_work(j);
  for (std::uint32_t n = 0; n < model_.known.size(); ++n)
    if (model_.known[n].at > 0 && model_.known[n].at < model_.end)
      agenda_.plan(event_key(model_.known[n].at, Happens::known_arrival, n));
}

void Simulation::begin_work(std::uint32_t worker) {
  const Worker& who = model_.workers[worker];
  posts_[worker].free = who.places - who.live;
  plan_leave(worker, {-1, who.joins_at});
  for (const Period& period : who.leave) plan_leave(worker, period);
  const std::uint64_t own = mix(mix(chance_, Source::leave), who.id);
  for (Ticks year = 0; who.yearly_leave > 0 && year * ticks_of_year < model_.end; ++year) {
    const double share = unit_uniform(mix(own, static_cast<std::uint64_t>(year)));
    const auto into = static_cast<Ticks>(share * static_cast<double>(ticks_of_year - who.yearly_leave));
    const Ticks from = year * ticks_of_year + into;
    plan_leave(worker, {from, from + who.yearly_leave});
  }
  if (posts_[worker].reasons_away == 0) open_places_ += who.places;
  list_open(worker);
  const std::uint64_t started = mix(mix(chance_, Source::live), who.id);
  for (std::int32_t place = 0; place < who.live; ++place) {
    const Ticks left = draw_remaining(model_.live_length, mix(started, static_cast<std::uint64_t>(place)));
    if (left < model_.end) agenda_.plan(event_key(left, Happens::ending, worker));
    connected_ += std::min(left, model_.end);
  }
  used_ += who.live;
}

void Simulation::plan_leave(std::uint32_t worker, Period period) {
  if (period.until <= 0 || period.from >= period.until || period.from >= model_.end) return;
  if (period.from <= 0) ++posts_[worker].reasons_away;
  else agenda_.plan(event_key(period.from, Happens::begins_leave, worker));
  if (period.until < model_.end) agenda_.plan(event_key(period.until, Happens::begins_work, worker));
}

void Simulation::welcome_those_waiting() {
  for (std::uint32_t n = 0; n < model_.known.size(); ++n)
    if (model_.known[n].at <= 0) arrive_known(n);
  std::vector<std::uint32_t> turn(people_.size());
  for (std::uint32_t i = 0; i < turn.size(); ++i) turn[i] = i;
  std::sort(turn.begin(), turn.end(), [&](std::uint32_t a, std::uint32_t b) { return comes_before(a, b); });
  for (const std::uint32_t person : turn) welcome(person);
}

EventKey Simulation::take_next() {
  const EventKey first = agenda_.first();
  if (arrival_ < first) return arrival_;
  if (first != no_event) agenda_.take();
  return first;
}

// The time to the next arrival is exponential; where the rate changes on the way, what is left of it goes on
// at the new rate.
void Simulation::plan_arrival() {
  arrival_ = no_event;
  double left = unit_exponential(mix(mix(chance_, Source::gaps), arrivals_));
  for (std::size_t r = 0; r < model_.rates.size(); ++r) {
    const Ticks from = std::max(now_, model_.rates[r].from);
    const Ticks until = r + 1 < model_.rates.size() ? model_.rates[r + 1].from : model_.end;
    if (until <= from || model_.rates[r].people == 0) continue;
    const double mean =
        static_cast<double>(model_.rates[r].span) / static_cast<double>(model_.rates[r].people);
    const double span = static_cast<double>(until - from);
    if (left * mean > span) {
      left -= span / mean;
      continue;
    }
    const Ticks at = from + std::llround(left * mean);
    if (at < model_.end) arrival_ = event_key(at, Happens::arrival, 0);
    return;
  }
}

void Simulation::pass_to(Ticks at) {
  const Ticks passed = at - now_;
  figures_.waiting_ticks += waiting_ * passed;
  figures_.used_ticks += used_ * passed;
  figures_.open_ticks += open_places_ * passed;
  now_ = at;
}

void Simulation::happen(EventKey event) {
  const std::uint32_t about = about_of(event);
  if (what_of(event) == Happens::patience_over && people_[about].standing == Standing::gone) return;
  ++figures_.events;
  switch (what_of(event)) {
  case Happens::ending:
    --used_;
    ++posts_[about].free;
    return fill(about);
  case Happens::begins_work:
    return count_reasons_away(about, -1);
  case Happens::begins_leave:
    return count_reasons_away(about, 1);
  case Happens::known_arrival:
    arrive_known(about);
    return welcome(static_cast<std::uint32_t>(people_.size() - 1));
  case Happens::arrival:
    return arrive_drawn();
  case Happens::patience_over:
    return give_up(about);
  }
}

void Simulation::arrive_drawn() {
  const std::uint64_t chance = mix(mix(chance_, Source::drawn_people), arrivals_++);
  const std::uint32_t kind = kind_of_share_[mix(chance, Draw::kind_drawn) % kind_of_share_.size()];
  welcome(add(now_, chance, kind));
  plan_arrival();
}

void Simulation::arrive_known(std::uint32_t number) {
  const KnownArrival& known = model_.known[number];
  const std::uint32_t person = add(known.at, mix(mix(chance_, Source::known_people), number), known.kind);
  for (const std::uint32_t worker : known.declined) {
    declined_.push_back({worker, people_[person].declined});
    people_[person].declined = static_cast<std::uint32_t>(declined_.size() - 1);
  }
}

std::uint32_t Simulation::add(Ticks at, std::uint64_t chance, std::uint32_t kind) {
  CHECK(people_.size() < about_limit);
  Person person;
  person.arrived = at;
  person.chance = chance;
  person.kind = kind;
  people_.push_back(person);
  figures_.arrived += counted(person);
  return static_cast<std::uint32_t>(people_.size() - 1);
}

void Simulation::welcome(std::uint32_t person) {
  for (std::uint32_t worker = closest_open(person); worker != none; worker = closest_open(person)) {
    if (!accepts(person, worker)) continue;
    connect(person, worker);
    return list_open(worker);
  }
  wait(person);
}

void Simulation::wait(std::uint32_t person) {
  Person& who = people_[person];
  Line& line = lines_[who.kind];
  who.standing = Standing::waiting;
  who.before = line.last;
  (line.last == none ? line.first : people_[line.last].after) = person;
  line.last = person;
  ++waiting_;
  const Ticks patience = draw(model_.kinds[who.kind].patience, mix(who.chance, Draw::patience_drawn));
  if (patience < model_.end - now_) agenda_.plan(event_key(now_ + patience, Happens::patience_over, person));
}

void Simulation::stop_waiting(std::uint32_t person) {
  Person& who = people_[person];
  Line& line = lines_[who.kind];
  (who.before == none ? line.first : people_[who.before].after) = who.after;
  (who.after == none ? line.last : people_[who.after].before) = who.before;
  --waiting_;
  waited_ += now_ - std::max<Ticks>(who.arrived, 0);
}

void Simulation::give_up(std::uint32_t person) {
  stop_waiting(person);
  people_[person].standing = Standing::gone;
  figures_.gave_up += counted(people_[person]);
}

std::uint32_t Simulation::closest_open(std::uint32_t person) const {
  std::uint32_t best = none;
  std::int32_t best_fit = not_possible;
  for (const std::uint32_t worker : open_) {
    const std::int32_t fit = model_.fit(people_[person].kind, worker);
    if (fit == not_possible || fit < best_fit || (fit == best_fit && worker > best)) continue;
    if (has_declined(person, worker)) continue;
    best = worker;
    best_fit = fit;
  }
  return best;
}

std::uint32_t Simulation::next_for(std::uint32_t worker) const {
  std::uint32_t next = none;
  for (const std::uint32_t kind : kinds_of_[worker]) {
    std::uint32_t first = lines_[kind].first;
    while (first != none && has_declined(first, worker)) first = people_[first].after;
    if (first == none) continue;
    if (next != none && model_.order == Order::closest) {
      const std::int32_t closer = model_.fit(kind, worker) - model_.fit(people_[next].kind, worker);
      if (closer > 0) next = first;
      if (closer != 0) continue;
    }
    if (next == none || comes_before(first, next)) next = first;
  }
  return next;
}

// Within a kind, the order of arrival; between kinds, the model's order but for the fit.
bool Simulation::comes_before(std::uint32_t a, std::uint32_t b) const {
  const Person& x = people_[a];
  const Person& y = people_[b];
  if (model_.order == Order::promise) {
    const Kind& kind_x = model_.kinds[x.kind];
    const Kind& kind_y = model_.kinds[y.kind];
    const Ticks due_x = x.arrived + kind_x.promise, due_y = y.arrived + kind_y.promise;
    if (kind_x.klass != kind_y.klass) return kind_x.klass > kind_y.klass;
    if (due_x != due_y) return due_x < due_y;
  }
  return x.arrived != y.arrived ? x.arrived < y.arrived : a < b;
}

bool Simulation::has_declined(std::uint32_t person, std::uint32_t worker) const {
  for (std::uint32_t at = people_[person].declined; at != none; at = declined_[at].earlier)
    if (declined_[at].worker == worker) return true;
  return false;
}

bool Simulation::accepts(std::uint32_t person, std::uint32_t worker) {
  Person& who = people_[person];
  const std::int32_t permille = model_.kinds[who.kind].declines_permille;
  if (permille == 0) return true;
  const std::uint64_t answer = mix(mix(who.chance, Draw::answers_drawn), model_.workers[worker].id);
  if (static_cast<std::int32_t>(answer % 1'000) >= permille) return true;
  declined_.push_back({worker, who.declined});
  who.declined = static_cast<std::uint32_t>(declined_.size() - 1);
  ++figures_.declined;
  return false;
}

void Simulation::connect(std::uint32_t person, std::uint32_t worker) {
  Person& who = people_[person];
  if (who.standing == Standing::waiting) stop_waiting(person);
  who.standing = Standing::gone;
  --posts_[worker].free;
  ++used_;
  const Ticks length = draw(model_.kinds[who.kind].length, mix(who.chance, Draw::length_drawn));
  if (length < model_.end - now_) agenda_.plan(event_key(now_ + length, Happens::ending, worker));
  connected_ += std::min(length, model_.end - now_);
  if (!counted(who)) return;
  const Ticks wait = now_ - who.arrived;
  ++figures_.served;
  figures_.at_once += wait == 0;
  figures_.wait_sum += wait;
  figures_.waits.push_back(wait);
  figures_.kind_wait[who.kind] += wait;
  ++figures_.kind_served[who.kind];
}

void Simulation::fill(std::uint32_t worker) {
  while (posts_[worker].free > 0 && posts_[worker].reasons_away == 0) {
    const std::uint32_t person = next_for(worker);
    if (person == none) break;
    if (accepts(person, worker)) connect(person, worker);
  }
  list_open(worker);
}

void Simulation::list_open(std::uint32_t worker) {
  Post& post = posts_[worker];
  const bool is_open = post.free > 0 && post.reasons_away == 0;
  if (is_open == (post.open_at != none)) return;
  if (is_open) {
    post.open_at = static_cast<std::uint32_t>(open_.size());
    open_.push_back(worker);
    return;
  }
  const std::uint32_t last = open_.back();
  open_[post.open_at] = last;
  posts_[last].open_at = post.open_at;
  open_.pop_back();
  post.open_at = none;
}

void Simulation::count_reasons_away(std::uint32_t worker, std::int32_t more) {
  const bool was_away = posts_[worker].reasons_away > 0;
  posts_[worker].reasons_away += more;
  const bool is_away = posts_[worker].reasons_away > 0;
  if (was_away != is_away)
    open_places_ += is_away ? -model_.workers[worker].places : model_.workers[worker].places;
  fill(worker);
}

void Simulation::close() {
  pass_to(model_.end);
  for (const Person& person : people_) {
    if (person.standing != Standing::waiting) continue;
    waited_ += now_ - std::max<Ticks>(person.arrived, 0);
    figures_.left_waiting += counted(person);
  }
  CHECK(figures_.waiting_ticks == waited_); // Little's law, for people and for places
  CHECK(figures_.used_ticks == connected_);
  CHECK(figures_.arrived == figures_.served + figures_.gave_up + figures_.left_waiting);
}

} // namespace kith::matching::simulation
