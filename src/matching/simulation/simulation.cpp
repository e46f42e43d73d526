#include "matching/simulation/simulation.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "matching/simulation/agenda.hpp"
#include "matching/simulation/arrivals.hpp"
#include "matching/simulation/level.hpp"
#include "matching/simulation/posts.hpp"
#include "matching/simulation/turns.hpp"

namespace kith::matching::simulation {
namespace {

constexpr double events_a_person = 1.5; // on the agenda

class Run {
public:
  explicit Run(const Model& model) : model_(model), arrivals_(model), turns_(model) {
    check(model);
    const double people = arrivals_.expected() + static_cast<double>(model.known.size());
    events_expected_ = static_cast<std::size_t>(std::min(people, 1e6) * events_a_person);
  }

  const Figures& run(std::uint64_t seed, std::uint32_t replication) {
    reset(mix(seed, replication));
    welcome_those_waiting();
    plan_arrival();
    for (EventKey event = agenda_.first(); std::min(event, arrival_) != no_event; event = agenda_.first()) {
      ++figures_.events;
      if (arrival_ < event) {
        now_ = at_of(arrival_);
        arrive_drawn();
      } else {
        agenda_.take();
        now_ = at_of(event);
        happen(event);
      }
    }
    close();
    return figures_;
  }

private:
  void reset(std::uint64_t chance) {
    now_ = 0;
    waiting_ = used_ = reserved_ = open_places_ = {};
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
    lifts_at_.assign(model_.kinds.size(), 0);
    posts_.clear(model_.workers.size());
    for (std::uint32_t j = 0; j < model_.workers.size(); ++j) begin_work(j, chance);
    for (std::uint32_t n = 0; n < model_.known.size(); ++n)
      if (model_.known[n].at > 0 && model_.known[n].at < model_.end)
        agenda_.plan(event_key(model_.known[n].at, Happens::known_arrival, n));
  }

  void begin_work(std::uint32_t worker, std::uint64_t chance) {
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
    if (posts_[worker].reasons_away == 0) open_places_.change(who.places, now_);
    posts_.list(worker);
    const std::uint64_t started = mix(mix(chance, Source::live), who.id);
    for (std::int32_t place = 0; place < who.live; ++place) {
      const Ticks left = draw_remaining(model_.live_length, mix(started, static_cast<std::uint64_t>(place)));
      if (left < model_.end) agenda_.plan(event_key(left, Happens::ending, worker));
      used_.stayed += std::min(left, model_.end);
    }
    used_.change(who.live, now_);
  }

  void plan_leave(std::uint32_t worker, Period period) {
    if (period.until <= 0 || period.from >= period.until || period.from >= model_.end) return;
    if (period.from <= 0) ++posts_[worker].reasons_away;
    else agenda_.plan(event_key(period.from, Happens::begins_leave, worker));
    if (period.until < model_.end) agenda_.plan(event_key(period.until, Happens::begins_work, worker));
  }

  void welcome_those_waiting() {
    std::vector<std::uint32_t> turn;
    for (std::uint32_t n = 0; n < model_.known.size(); ++n)
      if (model_.known[n].at <= 0) turn.push_back(arrive_known(n));
    std::sort(turn.begin(), turn.end(), [&](std::uint32_t a, std::uint32_t b) {
      return turns_.comes_before(people_[a], people_[b], now_);
    });
    for (const std::uint32_t person : turn) welcome(person);
  }

  void plan_arrival() {
    const Ticks at = arrivals_.next_after(now_);
    arrival_ = at < model_.end ? event_key(at, Happens::arrival, 0) : no_event;
  }

  void happen(EventKey event) {
    const std::uint32_t about = about_of(event);
    switch (what_of(event)) {
    case Happens::ending:
      used_.change(-1, now_);
      ++posts_[about].free;
      return fill(about);
    case Happens::answer:
      return answer(about);
    case Happens::begins_work:
      return count_reasons_away(about, -1);
    case Happens::begins_leave:
      return count_reasons_away(about, 1);
    case Happens::floor_lifts:
      return lift_floor(about);
    case Happens::known_arrival:
      return welcome(arrive_known(about));
    case Happens::arrival:
      FATAL("an arrival on the agenda");
    }
  }

  void arrive_drawn() {
    const Coming& one = arrivals_.take();
    welcome(add(now_, one.kind, one.drawn));
    plan_arrival();
  }

  std::uint32_t arrive_known(std::uint32_t number) {
    const KnownArrival& known = model_.known[number];
    const std::uint32_t person = add(known.at, known.kind, arrivals_.draw_known(number, known.kind));
    for (const std::uint32_t worker : known.declined) people_.decline(people_[person], worker);
    return person;
  }

  std::uint32_t add(Ticks at, std::uint32_t kind, const Drawn& drawn) {
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
    if (model_.floor) plan_lifting(kind, at);
    return person;
  }

  // Once for all of a kind who came on one day.
  void plan_lifting(std::uint32_t kind, Ticks arrived) {
    const Ticks at = model_.held_until(kind, arrived);
    if (at <= now_ || at >= model_.end || at == lifts_at_[kind]) return;
    lifts_at_[kind] = at;
    agenda_.plan(event_key(at, Happens::floor_lifts, kind));
  }

  // Who waited for somebody closer may now be offered whoever is free, the closest first.
  void lift_floor(std::uint32_t kind) {
    const auto workers = turns_.below_floor(kind, posts_.open());
    for (const std::uint32_t worker : workers) fill(worker);
  }

  void welcome(std::uint32_t person) {
    if (!finds_a_place(person)) wait(person);
  }

  bool finds_a_place(std::uint32_t person) {
    while (!posts_.open().empty()) {
      const std::uint32_t worker = turns_.closest_of(posts_.open(), people_[person], people_, now_);
      if (worker == none) break;
      if (!offer(person, worker)) continue;
      posts_.list(worker);
      return true;
    }
    return false;
  }

  void wait(std::uint32_t person) {
    people_.join(person);
    waiting_.change(1, now_);
  }

  // It may be noticed later than it was: the number waiting is corrected.
  void stop_waiting(std::uint32_t person, Ticks at) {
    people_.leave(person);
    waiting_.change(-1, now_);
    waiting_.ticks -= now_ - at;
    waiting_.stayed += at - std::max<Ticks>(people_[person].arrived, 0);
  }

  void notice_gone(std::uint32_t person) {
    ++figures_.events;
    give_up(person);
  }

  void give_up(std::uint32_t person) {
    const Person& who = people_[person];
    stop_waiting(person, who.gives_up_at);
    figures_.gave_up += who.arrived >= model_.counted_from;
    people_.remove(person);
  }

  // Whether the place is taken, or kept until they answer.
  bool offer(std::uint32_t person, std::uint32_t worker) {
    if (!model_.kinds.data()[people_[person].kind].answers_at_once()) ask(person, worker);
    else if (accepts(person, worker)) connect(person, worker);
    else return decline(person, worker), false;
    return true;
  }

  // While they decide they wait, and nobody else is asked. Whoever leaves the list meanwhile gives the place
  // back.
  void ask(std::uint32_t person, std::uint32_t worker) {
    Person& who = people_[person];
    if (who.waits) people_.leave(person);
    else waiting_.change(1, now_);
    who.asked = worker;
    --posts_[worker].free;
    reserved_.change(1, now_);
    const Ticks takes = draw(model_.kinds[who.kind].answer, mix(mix(who.answers, posts_[worker].id), 1));
    const Ticks patience = who.gives_up_at - now_;
    who.leaves = patience < takes;
    const Ticks over = std::min(takes, patience);
    if (over < model_.end - now_) agenda_.plan(event_key(now_ + over, Happens::answer, person));
    reserved_.stayed += std::min(over, model_.end - now_);
  }

  void answer(std::uint32_t person) {
    const std::uint32_t worker = std::exchange(people_[person].asked, none);
    ++posts_[worker].free;
    reserved_.change(-1, now_);
    people_.come_back(person);
    if (people_[person].leaves) give_up(person);
    else if (accepts(person, worker)) return connect(person, worker);
    else {
      decline(person, worker);
      finds_a_place(person);
    }
    fill(worker);
  }

  bool accepts(std::uint32_t person, std::uint32_t worker) const {
    const Person& who = people_[person];
    const std::int32_t permille = model_.kinds.data()[who.kind].declines_permille;
    if (permille == 0) return true;
    const std::uint64_t answer = mix(who.answers, posts_[worker].id);
    return static_cast<std::int32_t>(answer % 1'000) >= permille;
  }

  void decline(std::uint32_t person, std::uint32_t worker) {
    people_.decline(people_[person], worker);
    ++figures_.declined;
  }

  void connect(std::uint32_t person, std::uint32_t worker) {
    Person& who = people_[person];
    if (who.waits) stop_waiting(person, now_);
    people_.remove(person);
    --posts_[worker].free;
    used_.change(1, now_);
    const Ticks length = who.length;
    if (length < model_.end - now_) agenda_.plan(event_key(now_ + length, Happens::ending, worker));
    used_.stayed += std::min(length, model_.end - now_);
    if (who.arrived < model_.counted_from) return;
    if (!model_.closeness.empty())
      ++figures_.closeness_served[model_.closeness[who.kind * model_.workers.size() + worker]];
    figures_.count_served(who.kind, now_ - who.arrived);
  }

  void fill(std::uint32_t worker) {
    const auto gave_up = [this](std::uint32_t person) { notice_gone(person); };
    while (posts_[worker].takes_somebody()) {
      const std::uint32_t person = turns_.next_for(worker, people_, now_, gave_up);
      if (person == none) break;
      offer(person, worker);
    }
    posts_.list(worker);
  }

  void count_reasons_away(std::uint32_t worker, std::int32_t more) {
    const bool was_away = posts_[worker].reasons_away > 0;
    posts_[worker].reasons_away += more;
    const bool is_away = posts_[worker].reasons_away > 0;
    if (was_away != is_away)
      open_places_.change(is_away ? -model_.workers[worker].places : model_.workers[worker].places, now_);
    fill(worker);
  }

  void close() {
    now_ = model_.end;
    for (Level* const level : {&waiting_, &used_, &reserved_, &open_places_}) level->change(0, now_);
    for (std::uint32_t person = 0; person < people_.cards(); ++person) {
      const Person& who = people_[person];
      if (!who.waits && who.asked == none) continue;
      if (who.waits && who.gives_up_at < now_) {
        notice_gone(person);
        continue;
      }
      waiting_.stayed += now_ - std::max<Ticks>(who.arrived, 0);
      figures_.left_waiting += who.arrived >= model_.counted_from;
    }
    figures_.waiting_ticks = waiting_.ticks;
    figures_.used_ticks = used_.ticks;
    figures_.reserved_ticks = reserved_.ticks;
    figures_.open_ticks = open_places_.ticks;
    for (const Level& level : {waiting_, used_, reserved_})
      CHECK(level.ticks == level.stayed); // Little's law
    CHECK(figures_.arrived == figures_.served + figures_.gave_up + figures_.left_waiting);
  }

  const Model& model_;
  Arrivals arrivals_;
  Turns turns_;
  std::size_t events_expected_{};
  Agenda agenda_{};
  EventKey arrival_{no_event}; // the next drawn one
  std::uint32_t came_{};       // drawn and known
  Lines people_{};
  std::vector<Ticks> lifts_at_{}; // by kind: the floor, as planned last
  Posts posts_{};
  Ticks now_{};
  Level waiting_{};
  Level used_{};
  Level reserved_{};
  Level open_places_{};
  Figures figures_{};
};

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
