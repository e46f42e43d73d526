#include "matching/simulation/simulation.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "matching/simulation/agenda.hpp"
#include "matching/simulation/arrivals.hpp"
#include "matching/simulation/turns.hpp"

namespace kith::matching::simulation {
namespace {

constexpr double events_a_person = 1.5; // on the agenda

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

struct Level { // how many there are, and that summed over time
  std::int64_t count{};
  std::int64_t ticks{};
  void pass(Ticks passed) { ticks += count * passed; }
};

struct Post { // a worker in this run
  std::uint64_t id{};
  std::int32_t free{};
  std::int32_t reasons_away{}; // not yet here, on leave: nobody new while there is one
  std::uint32_t open_at{none};
  bool takes_somebody() const { return free > 0 && reasons_away == 0; }
};

class Run {
public:
  explicit Run(const Model& model) : model_(model), arrivals_(model), turns_(model) {
    check_ranges(model);
    const double people = arrivals_.expected() + static_cast<double>(model.known.size());
    events_expected_ = static_cast<std::size_t>(std::min(people, 1e6) * events_a_person);
  }
  const Figures& run(std::uint64_t seed, std::uint32_t replication);

private:
  void reset(std::uint64_t chance);
  void begin_work(std::uint32_t worker, std::uint64_t chance);
  void plan_leave(std::uint32_t worker, Period period);
  void welcome_those_waiting();
  void plan_arrival();
  void pass_to(Ticks at);
  void happen(EventKey event);
  void arrive_drawn();
  std::uint32_t arrive_known(std::uint32_t number);
  std::uint32_t add(Ticks at, std::uint32_t kind, const Drawn& drawn);
  void welcome(std::uint32_t person);
  void wait(std::uint32_t person);
  void stop_waiting(std::uint32_t person, Ticks at);
  void give_up(std::uint32_t person);
  std::uint32_t closest_open(std::uint32_t person) const;
  bool accepts(std::uint32_t person, std::uint32_t worker) const;
  void decline(std::uint32_t person, std::uint32_t worker);
  void connect(std::uint32_t person, std::uint32_t worker);
  void fill(std::uint32_t worker);
  void list_open(std::uint32_t worker);
  void count_reasons_away(std::uint32_t worker, std::int32_t more);
  void close();

  const Model& model_;
  Arrivals arrivals_;
  Turns turns_;
  std::size_t events_expected_{};
  Agenda agenda_{};
  EventKey arrival_{no_event}; // the next drawn one
  std::uint32_t came_{};       // drawn and known
  Lines people_{};
  std::vector<Post> posts_{};
  std::vector<std::uint32_t> open_{}; // workers who could take somebody now, in no order
  Ticks now_{};
  Level waiting_{};
  Level used_{};
  Level open_places_{};
  Ticks waited_{}; // by people, and connected, within the run: the other side of Little's law
  Ticks connected_{};
  Figures figures_{};
};

const Figures& Run::run(std::uint64_t seed, std::uint32_t replication) {
  reset(mix(seed, replication));
  welcome_those_waiting();
  plan_arrival();
  for (EventKey event = agenda_.first(); std::min(event, arrival_) != no_event; event = agenda_.first()) {
    ++figures_.events;
    if (arrival_ < event) {
      pass_to(at_of(arrival_));
      arrive_drawn();
    } else {
      agenda_.take();
      pass_to(at_of(event));
      happen(event);
    }
  }
  close();
  return figures_;
}

void Run::reset(std::uint64_t chance) {
  now_ = waited_ = connected_ = 0;
  waiting_ = used_ = open_places_ = {};
  came_ = 0;
  std::vector<Ticks> waits = std::move(figures_.waits); // for its memory
  waits.clear();
  figures_ = {};
  figures_.waits = std::move(waits);
  figures_.kind_wait.assign(model_.kinds.size(), 0);
  figures_.kind_served.assign(model_.kinds.size(), 0);
  arrivals_.clear(chance);
  agenda_.clear(model_.end, events_expected_);
  people_.clear(model_.kinds.size());
  open_.clear();
  posts_.assign(model_.workers.size(), {});
  for (std::uint32_t j = 0; j < model_.workers.size(); ++j) begin_work(j, chance);
  for (std::uint32_t n = 0; n < model_.known.size(); ++n)
    if (model_.known[n].at > 0 && model_.known[n].at < model_.end)
      agenda_.plan(event_key(model_.known[n].at, Happens::known_arrival, n));
}

void Run::begin_work(std::uint32_t worker, std::uint64_t chance) {
  const Worker& who = model_.workers[worker];
  posts_[worker].id = who.id;
  posts_[worker].free = who.places - who.live;
  plan_leave(worker, {-1, who.joins_at});
  for (const Period& period : who.leave) plan_leave(worker, period);
  const std::uint64_t own = mix(mix(chance, Source::leave), who.id);
  for (Ticks year = 0; who.yearly_leave > 0 && year * ticks_of_year < model_.end; ++year) {
    const double share = unit_uniform(mix(own, static_cast<std::uint64_t>(year)));
    const auto into = static_cast<Ticks>(share * static_cast<double>(ticks_of_year - who.yearly_leave));
    const Ticks from = year * ticks_of_year + into;
    plan_leave(worker, {from, from + who.yearly_leave});
  }
  if (posts_[worker].reasons_away == 0) open_places_.count += who.places;
  list_open(worker);
  const std::uint64_t started = mix(mix(chance, Source::live), who.id);
  for (std::int32_t place = 0; place < who.live; ++place) {
    const Ticks left = draw_remaining(model_.live_length, mix(started, static_cast<std::uint64_t>(place)));
    if (left < model_.end) agenda_.plan(event_key(left, Happens::ending, worker));
    connected_ += std::min(left, model_.end);
  }
  used_.count += who.live;
}

void Run::plan_leave(std::uint32_t worker, Period period) {
  if (period.until <= 0 || period.from >= period.until || period.from >= model_.end) return;
  if (period.from <= 0) ++posts_[worker].reasons_away;
  else agenda_.plan(event_key(period.from, Happens::begins_leave, worker));
  if (period.until < model_.end) agenda_.plan(event_key(period.until, Happens::begins_work, worker));
}

void Run::welcome_those_waiting() {
  std::vector<std::uint32_t> turn;
  for (std::uint32_t n = 0; n < model_.known.size(); ++n)
    if (model_.known[n].at <= 0) turn.push_back(arrive_known(n));
  std::sort(turn.begin(), turn.end(),
            [&](std::uint32_t a, std::uint32_t b) { return turns_.comes_before(people_[a], people_[b]); });
  for (const std::uint32_t person : turn) welcome(person);
}

void Run::plan_arrival() {
  const Ticks at = arrivals_.next_after(now_);
  arrival_ = at < model_.end ? event_key(at, Happens::arrival, 0) : no_event;
}

void Run::pass_to(Ticks at) {
  waiting_.pass(at - now_);
  used_.pass(at - now_);
  open_places_.pass(at - now_);
  now_ = at;
}

void Run::happen(EventKey event) {
  const std::uint32_t about = about_of(event);
  switch (what_of(event)) {
  case Happens::ending:
    --used_.count;
    ++posts_.data()[about].free;
    return fill(about);
  case Happens::begins_work:
    return count_reasons_away(about, -1);
  case Happens::begins_leave:
    return count_reasons_away(about, 1);
  case Happens::known_arrival:
    return welcome(arrive_known(about));
  case Happens::arrival:
    FATAL("an arrival on the agenda");
  }
}

void Run::arrive_drawn() {
  const Coming& one = arrivals_.take();
  welcome(add(now_, one.kind, one.drawn));
  plan_arrival();
}

std::uint32_t Run::arrive_known(std::uint32_t number) {
  const KnownArrival& known = model_.known[number];
  const std::uint32_t person = add(known.at, known.kind, arrivals_.draw_known(number, known.kind));
  for (const std::uint32_t worker : known.declined) people_.decline(people_[person], worker);
  return person;
}

std::uint32_t Run::add(Ticks at, std::uint32_t kind, const Drawn& drawn) {
  CHECK(came_ < about_limit);
  figures_.arrived += at >= model_.counted_from;
  const std::uint32_t person = people_.add();
  Person& who = people_[person];
  who.claim = turns_.claim_of(kind, at, came_++);
  who.arrived = at;
  who.gives_up_at = drawn.patience < model_.end - now_ ? now_ + drawn.patience : forever;
  who.length = drawn.length;
  who.answers = drawn.answers;
  who.kind = kind;
  return person;
}

void Run::welcome(std::uint32_t person) {
  for (std::uint32_t worker = closest_open(person); worker != none; worker = closest_open(person)) {
    if (!accepts(person, worker)) {
      decline(person, worker);
      continue;
    }
    connect(person, worker);
    return list_open(worker);
  }
  wait(person);
}

void Run::wait(std::uint32_t person) {
  people_.join(person);
  ++waiting_.count;
}

// It may be noticed later than it was: the number waiting is corrected.
void Run::stop_waiting(std::uint32_t person, Ticks at) {
  people_.leave(person);
  --waiting_.count;
  waiting_.ticks -= now_ - at;
  waited_ += at - std::max<Ticks>(people_[person].arrived, 0);
}

void Run::give_up(std::uint32_t person) {
  const Person& who = people_[person];
  stop_waiting(person, who.gives_up_at);
  ++figures_.events;
  figures_.gave_up += who.arrived >= model_.counted_from;
  people_.remove(person);
}

std::uint32_t Run::closest_open(std::uint32_t person) const {
  std::uint32_t best = none;
  std::int32_t best_fit = not_possible;
  const Person& who = people_[person];
  for (const std::uint32_t worker : open_) {
    const std::int32_t fit = model_.fit(who.kind, worker);
    if (fit == not_possible || fit < best_fit || (fit == best_fit && worker > best)) continue;
    if (people_.has_declined(who, worker)) continue;
    best = worker;
    best_fit = fit;
  }
  return best;
}

bool Run::accepts(std::uint32_t person, std::uint32_t worker) const {
  const Person& who = people_[person];
  const std::int32_t permille = model_.kinds.data()[who.kind].declines_permille;
  if (permille == 0) return true;
  const std::uint64_t answer = mix(who.answers, posts_.data()[worker].id);
  return static_cast<std::int32_t>(answer % 1'000) >= permille;
}

void Run::decline(std::uint32_t person, std::uint32_t worker) {
  people_.decline(people_[person], worker);
  ++figures_.declined;
}

void Run::connect(std::uint32_t person, std::uint32_t worker) {
  Person& who = people_[person];
  if (who.waits) stop_waiting(person, now_);
  people_.remove(person);
  --posts_.data()[worker].free;
  ++used_.count;
  const Ticks length = who.length;
  if (length < model_.end - now_) agenda_.plan(event_key(now_ + length, Happens::ending, worker));
  connected_ += std::min(length, model_.end - now_);
  if (who.arrived < model_.counted_from) return;
  const Ticks wait = now_ - who.arrived;
  ++figures_.served;
  figures_.at_once += wait == 0;
  figures_.wait_sum += wait;
  figures_.waits.push_back(wait);
  figures_.kind_wait.data()[who.kind] += wait;
  ++figures_.kind_served.data()[who.kind];
}

void Run::fill(std::uint32_t worker) {
  const auto gave_up = [this](std::uint32_t person) { give_up(person); };
  while (posts_.data()[worker].takes_somebody()) {
    const std::uint32_t person = turns_.next_for(worker, people_, now_, gave_up);
    if (person == none) break;
    if (accepts(person, worker)) connect(person, worker);
    else decline(person, worker);
  }
  list_open(worker);
}

void Run::list_open(std::uint32_t worker) {
  Post& post = posts_.data()[worker];
  const bool is_open = post.takes_somebody();
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

void Run::count_reasons_away(std::uint32_t worker, std::int32_t more) {
  const bool was_away = posts_[worker].reasons_away > 0;
  posts_[worker].reasons_away += more;
  const bool is_away = posts_[worker].reasons_away > 0;
  if (was_away != is_away)
    open_places_.count += is_away ? -model_.workers[worker].places : model_.workers[worker].places;
  fill(worker);
}

void Run::close() {
  pass_to(model_.end);
  for (std::uint32_t person = 0; person < people_.cards(); ++person) {
    const Person& who = people_[person];
    if (!who.waits) continue;
    if (who.gives_up_at < now_) {
      give_up(person);
      continue;
    }
    waited_ += now_ - std::max<Ticks>(who.arrived, 0);
    figures_.left_waiting += who.arrived >= model_.counted_from;
  }
  figures_.waiting_ticks = waiting_.ticks;
  figures_.used_ticks = used_.ticks;
  figures_.open_ticks = open_places_.ticks;
  CHECK(figures_.waiting_ticks == waited_); // Little's law, for people and for places
  CHECK(figures_.used_ticks == connected_);
  CHECK(figures_.arrived == figures_.served + figures_.gave_up + figures_.left_waiting);
}

} // namespace

struct Simulation::Inside {
  Run run;
};

Simulation::Simulation(const Model& model) : inside_(new Inside{Run(model)}) {}
Simulation::~Simulation() = default;

const Figures& Simulation::run(std::uint64_t seed, std::uint32_t replication) {
  return inside_->run.run(seed, replication);
}

} // namespace kith::matching::simulation
