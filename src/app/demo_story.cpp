#include "app/demo_story.hpp"

#include <algorithm>
#include <tuple>

#include "connections/agreement.hpp"
#include "connections/first_meeting.hpp"
#include "connections/offer_actions.hpp"
#include "connections/referral_actions.hpp"
#include "connections/snapshot.hpp"
#include "connections/task.hpp"
#include "matching/compare.hpp"
#include "matching/explanation_json.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::app {
namespace {

using connections::PersonAnswer;
using connections::WorkerAnswer;

constexpr const char* zone = "Australia/Sydney"; // of both organisations
constexpr int answer_days = 7;

bool one_of(const std::string& name, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

class Teller {
public:
  Teller(const Filling& f, const Person& person, const Chapter& chapter)
      : f_(f), person_(person), chapter_(chapter) {}

  Done tell() {
    TRY(refer());
    switch (chapter_.plot) {
    case Plot::referred:
      return {};
    case Plot::declined:
      return connections::decline(f_.tx, on(chapter_.ended_ago), referral_,
                                  connections::DeclineReason::not_this_service);
    default:
      break;
    }
    TRY(connections::accept(f_.tx, on(std::max(0, chapter_.referred_ago - 1)), referral_));
    if (chapter_.plot == Plot::waiting) return {};
    if (chapter_.plot == Plot::withdrew)
      return connections::withdraw(f_.tx, on(chapter_.ended_ago), person_.id);
    TRY(offer());
    return after_the_offer();
  }

private:
  // Somewhere in that day's office hours, and never in the future.
  auth::Scope on(int days_ago) {
    const LocalTime at{local_date(f_.now, zone) + -days_ago, 9 * 60 + static_cast<int>(f_.chance.below(480))};
    const Instant when = std::min(f_.now, resolve(at, zone).value());
    return auth::service_scope({"demo", f_.tx.organisation()}, when, f_.chance);
  }

  Done refer() {
    const int number = chapter_.person;
    connections::ReferralRequest request;
    request.person = person_.id;
    request.asked_and_agreed = true;
    request.agrees_to_matching =
        chapter_.plot != Plot::waiting || number % 13 != 12; // a few have not agreed yet
    request.own_words =
        number == 0 ? "Someone who has had a hard time after a baby and come through it. I would like to "
                      "speak my own language some of the time."
                    : std::string(pick(f_.chance, hopes));
    request.source = number % 3 == 0 ? ReferralSource::self : ReferralSource::clinician;
    if (number % 16 == 8) {
      request.source = ReferralSource::ward;
      request.triage_reason = "discharge_within_7_days";
    }
    TRY_ASSIGN(const auto referred, connections::refer(f_.tx, on(chapter_.referred_ago), request));
    referral_ = referred.referral;
    return {};
  }

  bool ends_in_a_connection() const {
    return one_of_plots({Plot::agreed, Plot::meeting, Plot::ended, Plot::died});
  }
  bool one_of_plots(std::initializer_list<Plot> plots) const {
    return std::find(plots.begin(), plots.end(), chapter_.plot) != plots.end();
  }

  // Amara's story begins with those who could be hers.
  bool kept_free(const std::string& worker) const {
    return worker == "Ruth" || (!ends_in_a_connection() && one_of(worker, {"Mina", "Lena"}));
  }

  Done offer() {
    const auth::Scope scope = on(chapter_.offered_ago);
    TRY_ASSIGN(const auto settings, connections::default_settings(f_.tx, scope));
    TRY_ASSIGN(auto snapshot, connections::take_snapshot(f_.tx, scope, settings));
    TRY_ASSIGN(auto list, matching::WaitingList::prepare(std::move(snapshot.input)));
    TRY_ASSIGN(auto page, matching::compare(list, {person_.id.raw, {}, 0}));
    std::erase_if(page.candidates,
                  [&](const auto& c) { return kept_free(snapshot.names.of_worker(c.worker)); });
    if (page.candidates.empty()) return conflict("demo.nobody");
    const auto full_soon = std::find_if(page.candidates.begin(), page.candidates.end(), [&](const auto& c) {
      return snapshot.names.of_worker(c.worker) == "Hassan";
    });
    if (chapter_.plot == Plot::meeting && full_soon != page.candidates.end()) page.candidates = {*full_soon};
    std::sort(page.candidates.begin(), page.candidates.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.closeness, a.worker) < std::tuple(b.closeness, b.worker);
    });
    const std::size_t first = f_.chance.below(page.candidates.size());
    connections::OfferRequest request;
    request.referral = referral_;
    request.engine = matching::engine_version;
    request.weights = settings.weights_version;
    for (std::size_t i = first; i < page.candidates.size() && request.workers.size() < 2; ++i) {
      const auto& candidate = page.candidates[i];
      request.workers.push_back({Id<Worker>{candidate.worker}, candidate.explanation.fit,
                                 matching::explanation_bytes(candidate.explanation)});
    }
    TRY_ASSIGN(offers_,
               connections::make_offers(f_.tx, scope, request, connections::SnapshotCheck(std::move(list))));
    return {};
  }

  Done after_the_offer() {
    switch (chapter_.plot) {
    case Plot::worker_asked:
      return {};
    case Plot::one_worker_yes:
      return worker_says(offers_.front(), WorkerAnswer::yes);
    case Plot::worker_talks:
      return worker_says(offers_.front(), WorkerAnswer::talk);
    case Plot::workers_said_no:
      return workers_say(WorkerAnswer::no);
    case Plot::taken_back:
      return connections::take_back_offers(f_.tx, on(chapter_.offered_ago - 1), referral_);
    case Plot::withdrew_asked:
      return connections::withdraw(f_.tx, on(chapter_.ended_ago), person_.id);
    case Plot::lapsed:
      TRY(connections::let_time_pass(f_.tx, on(chapter_.offered_ago - answer_days - 1)));
      return {};
    default:
      break;
    }
    TRY(workers_say(WorkerAnswer::yes));
    switch (chapter_.plot) {
    case Plot::person_asked:
      return {};
    case Plot::person_talks:
      return person_says(PersonAnswer::talk);
    case Plot::person_said_none:
      return person_says(PersonAnswer::none);
    case Plot::person_not_now:
      return person_says(PersonAnswer::not_now);
    default:
      break;
    }
    TRY(person_says(PersonAnswer::this_one));
    if (chapter_.plot == Plot::agreed) return {};
    TRY(plan_first_meeting());
    if (chapter_.plot == Plot::meeting) return {};
    if (chapter_.plot == Plot::died) {
      TRY_ASSIGN(Person person, people::load_person(f_.tx, f_.scope, person_.id));
      person.died_on = local_date(f_.now, zone) + -chapter_.ended_ago;
      TRY(people::update_person(f_.tx, on(chapter_.ended_ago), person));
    }
    const auth::Scope ended = on(chapter_.ended_ago);
    TRY(connections::withdraw(f_.tx, ended, person_.id));
    return chapter_.ended_ago > 1 ? worker_was_told(ended) : Done();
  }

  Done worker_was_told(const auth::Scope& ended) { // a coordinator rang at once
    TRY_ASSIGN(const auto tasks, connections::open_tasks(f_.tx, ended, TaskKind::tell_worker_it_ended));
    for (const Task& task : tasks) TRY(connections::finish_task(f_.tx, ended, task));
    return {};
  }

  Done worker_says(Id<Offer> id, WorkerAnswer answer) {
    TRY_ASSIGN(const Offer offer, connections::load_offer(f_.tx, f_.scope, id));
    return connections::answer_as_worker(f_.tx, on(chapter_.offered_ago - 1), offer, answer);
  }
  Done workers_say(WorkerAnswer answer) {
    for (const Id<Offer> id : offers_) TRY(worker_says(id, answer));
    return {};
  }

  Done person_says(PersonAnswer answer) {
    connections::PersonReply reply{referral_, answer, {}, {}};
    if (answer == PersonAnswer::this_one) {
      reply.offer = offers_[f_.chance.below(offers_.size())];
      TRY_ASSIGN(const Offer offer, connections::load_offer(f_.tx, f_.scope, reply.offer));
      TRY_ASSIGN(const Worker worker, workforce::load_worker(f_.tx, f_.scope, offer.worker));
      reply.shares = {"own_words", "pronouns"};
      if (!one_of(worker.chosen_name, {"Mina", "Lena"}) && chapter_.person % 3 == 0)
        reply.shares.emplace_back("contact");
    }
    return connections::answer_as_person(f_.tx, on(chapter_.offered_ago - 2), reply);
  }

  Done plan_first_meeting() {
    TRY_ASSIGN(const auto connection, connections::live_connection_of(f_.tx, f_.scope, person_.id));
    if (!connection) return not_found();
    const auth::Scope scope = on(chapter_.offered_ago - 3);
    BookingRequest request;
    request.location = pick(f_.chance, locations);
    request.introducer = chapter_.person % 2 == 0 ? "Priya" : "Tom";
    for (const int minutes : {10 * 60, 11 * 60 + 30, 14 * 60, 16 * 60}) { // the first that the worker has
      request.at = {local_date(f_.now, zone) + chapter_.meeting_in, minutes};
      const auto booked = connections::book_first_meeting(f_.tx, scope, connection->id, request);
      if (booked.ok()) return {};
      if (booked.failure().code != "meeting.worker_busy") return booked.failure();
    }
    return conflict("meeting.worker_busy");
  }

  const Filling& f_;
  const Person& person_;
  const Chapter& chapter_;
  Id<Referral> referral_{};
  std::vector<Id<Offer>> offers_{};
};

// Why somebody cannot be asked now, one reason a worker.
void as_now(Worker& worker, Date today) {
  const std::string& name = worker.chosen_name;
  if (name == "Elena") {
    worker.leave_from = today + -6;
    worker.leave_until = today + 15;
  }
  if (name == "Joseph") worker.open_to_new = false;
  if (name == "Tama") worker.modes = {"in_person"};
  if (name == "Tama") worker.travel_m = 4'000;
  if (name == "Bea") worker.modes = {"remote"};
  if (name == "Minh") worker.gender.clear(); // has not said
  if (name == "Wirra") {
    worker.modes = {"in_person"};
    worker.east_m.reset();
    worker.north_m.reset();
    worker.open_on = today + -120; // so long ago that it no longer counts
  }
}

} // namespace

Done tell(const Filling& f, const Person& person, const Chapter& chapter) {
  return Teller(f, person, chapter).tell();
}

Done settle(const Filling& f) {
  TRY_ASSIGN(const auto workers, workforce::all_workers(f.tx, f.scope));
  for (Worker worker : workers) {
    as_now(worker, local_date(f.now, zone));
    if (one_of(worker.chosen_name, {"Elena", "Joseph", "Tama", "Bea", "Minh", "Wirra"}))
      TRY(workforce::update_worker(f.tx, f.scope, worker));
  }
  for (;;) { // what was due by yesterday has gone out
    TRY_ASSIGN(const auto due, storage::due_messages(f.tx, f.now + -days_ms(1)));
    if (due.empty()) break;
    for (const auto& message : due) TRY(storage::mark_sent(f.tx, message.id, message.send_after, "sent"));
  }
  TRY(connections::let_time_pass(f.tx, f.scope));
  return {};
}

} // namespace kith::app
