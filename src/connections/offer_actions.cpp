#include "connections/offer_actions.hpp"

#include <algorithm>

#include "auth/audit.hpp"
#include "auth/grants.hpp"
#include "base/zones.hpp"
#include "connections/agreement.hpp"
#include "connections/closing.hpp"
#include "connections/parties.hpp"
#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

constexpr std::size_t workers_max = 7;
constexpr int answer_days_most = 60;
constexpr std::size_t referrals_in_a_piece = 200; // so many are locked at once, and nobody waits for more

Done fact(storage::Transaction& tx, const auth::Scope& scope, std::string_view kind, const Offer& offer) {
  return storage::record_fact(tx, scope.random(),
                              {scope.now(), auth::actor_text(scope), kind, "offer", offer.id.text(), {}});
}

Done ask_worker(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer) {
  // Two people may choose one worker in the same moment: the second finds the account the first made.
  TRY(workforce::touch_places(tx, scope, offer.worker));
  TRY_ASSIGN(const Worker worker, workforce::load_worker(tx, scope, offer.worker));
  TRY_ASSIGN(const Id<Account> account, account_for(tx, scope, worker));
  TRY(append(tx, scope, offer.id, OfferEventKind::worker_asked));
  TRY(auth::write_grant(
      tx, scope, {account, auth::Relation::offered, "offer", offer.id.text(), "offer:" + offer.id.text()}));
  return tell(
      tx, scope,
      {.worker = offer.worker, .words = "worker_asked", .about_kind = "offer", .about = offer.id.text()});
}

// Asked again about fewer, they get another message.
Done ask_person(storage::Transaction& tx, const auth::Scope& scope, const std::vector<Offer>& offers,
                const std::string& once) {
  for (const Offer& offer : offers) TRY(append(tx, scope, offer.id, OfferEventKind::person_asked));
  const Offer& first = offers.front();
  return tell(tx, scope,
              {.person = first.person,
               .words = "person_asked",
               .about_kind = "referral",
               .about = first.referral.text(),
               .once = once});
}

bool not_asked_yet(const StandingOffer& o, const std::string& choice) {
  return o.standing.state == OfferState::open && !o.standing.worker_asked && !o.standing.person_asked &&
         (choice.empty() || o.offer.choice == choice);
}

// Whom the service asks first about the offers of one choice.
Done ask_first(storage::Transaction& tx, const auth::Scope& scope, const Organisation& organisation,
               const std::vector<Offer>& offers) {
  for (const TaskKind kind : {TaskKind::offer_again, TaskKind::ask_again_later})
    TRY(close_tasks(tx, scope, offers.front().referral.text(), kind));
  if (organisation.first_asked == FirstAsked::person)
    return ask_person(tx, scope, offers, offers.front().choice);
  for (const Offer& offer : offers) TRY(ask_worker(tx, scope, offer));
  return {};
}

std::vector<StandingOffer> still_open(const std::vector<StandingOffer>& offers) {
  std::vector<StandingOffer> open;
  std::copy_if(offers.begin(), offers.end(), std::back_inserter(open),
               [](const StandingOffer& o) { return o.standing.state == OfferState::open; });
  return open;
}

Done back_to_waiting(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral) {
  TRY(append(tx, scope, referral, ReferralEventKind::offers_closed));
  TRY(storage::cancel_messages(tx, scope.now(), "referral", referral.text()));
  return {};
}

std::vector<Offer> without_standing(const std::vector<StandingOffer>& open) {
  std::vector<Offer> offers;
  offers.reserve(open.size());
  for (const StandingOffer& o : open) offers.push_back(o.offer);
  return offers;
}

// Somebody who chose a worker, or had a choice, and has none left.
Done tell_we_look_on(storage::Transaction& tx, const auth::Scope& scope, const StandingOffer& last) {
  if (!last.standing.person_asked) return {};
  return tell(tx, scope,
              {.person = last.offer.person,
               .words = "person_look_on",
               .about_kind = "referral",
               .about = last.offer.referral.text(),
               .once = last.offer.choice});
}

// Whose turn it is after a worker's answer or a lapse.
enum class Next : std::uint8_t { same, person, coordinator };

// When all have answered, the person is asked about those who said yes, and again when the worker they chose
// is not available; when nobody is left, the referral waits again and the coordinator looks for somebody
// else. `closed` is what fell away just now.
Result<Next> go_on(storage::Transaction& tx, const auth::Scope& scope, const StandingOffer& closed,
                   Date today) {
  const Id<Referral> referral = closed.offer.referral;
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, referral));
  const auto open = still_open(all);
  if (open.empty()) {
    TRY(back_to_waiting(tx, scope, referral));
    TRY(tell_we_look_on(tx, scope, closed));
    TRY_ASSIGN(const bool said, has_open_task(tx, scope, referral.text(), TaskKind::offer_again));
    if (!said)
      TRY(add_task(tx, scope,
                   {{}, TaskKind::offer_again, "referral", referral.text(), "coordinator", today + 1}));
    return Next::coordinator;
  }
  const auto all_are = [&](const auto& holds) { return std::all_of(open.begin(), open.end(), holds); };
  const std::string choice = closed.offer.choice;
  if (all_are([](const StandingOffer& o) { return o.standing.person_asked; })) {
    const bool fell = closed.standing.person_said_yes && closed.standing.state != OfferState::open;
    if (!fell) return Next::same;
    TRY(ask_person(tx, scope, without_standing(open), choice + ":" + std::to_string(open.size())));
    return Next::person;
  }
  if (!all_are([](const StandingOffer& o) { return o.standing.worker_said_yes; })) return Next::same;
  TRY(ask_person(tx, scope, without_standing(open), choice));
  return Next::person;
}

// What the clock did, of whom, in the transaction that did it.
Done audit_clock(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer, auth::AuditRow row) {
  row.operation = "clock";
  row.subjects = {offer.person};
  row.care = "change";
  row.basis = "clock";
  return auth::write_audit(tx, scope, row);
}
Done audit_referral(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer,
                    const std::string& fields) {
  return audit_clock(tx, scope, offer,
                     {.object_kind = "referral", .object = offer.referral.text(), .fields = fields});
}

bool worker_is_late(const StandingOffer& o, const Organisation& organisation, Date today) {
  return o.standing.worker_asked && !o.standing.worker_said_yes && worker_answers_by(o, organisation) < today;
}

// Offers whose worker is late, after every referral they belong to and every place they hold is locked: read
// again then, for an answer may have come in while we waited.
Result<std::vector<StandingOffer>> locked_late_offers(storage::Transaction& tx, const auth::Scope& scope,
                                                      const Organisation& organisation, Date today) {
  TRY_ASSIGN(const auto seen, overdue_offers(tx, scope, today));
  std::vector<Id<Referral>> referrals;
  for (const StandingOffer& o : seen)
    if (worker_is_late(o, organisation, today)) referrals.push_back(o.offer.referral);
  std::sort(referrals.begin(), referrals.end());
  referrals.erase(std::unique(referrals.begin(), referrals.end()), referrals.end());
  if (referrals.size() > referrals_in_a_piece) referrals.resize(referrals_in_a_piece);
  std::vector<StandingOffer> late;
  if (referrals.empty()) return late;
  for (const Id<Referral> referral : referrals) TRY(lock_referral(tx, scope, referral));
  TRY_ASSIGN(const auto now, overdue_offers(tx, scope, today));
  std::vector<Id<Worker>> workers;
  for (const StandingOffer& o : now) {
    if (!worker_is_late(o, organisation, today)) continue;
    if (!std::binary_search(referrals.begin(), referrals.end(), o.offer.referral)) continue;
    late.push_back(o);
    workers.push_back(o.offer.worker);
  }
  TRY(workforce::touch_places(tx, scope, std::move(workers)));
  return late;
}

Done check_request(const OfferRequest& request, Date today) {
  if (request.workers.empty()) return invalid("offer.none_chosen", {{"worker", "required"}});
  if (request.workers.size() > workers_max) return invalid("offer.too_many", {{"worker", "too_many"}});
  for (std::size_t i = 0; i < request.workers.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (request.workers[i].worker == request.workers[j].worker)
        return invalid("offer.too_many", {{"worker", "twice"}});
  if (request.answer_by && (*request.answer_by <= today || *request.answer_by - today > answer_days_most))
    return invalid("offer.answer_by", {{"answer_by", "out_of_range"}});
  return {};
}

} // namespace

Date worker_answers_by(const StandingOffer& o, const Organisation& organisation) {
  if (!o.standing.worker_asked_at || !o.standing.person_said_yes) return o.offer.answer_by;
  const Date usual = local_date(*o.standing.worker_asked_at, organisation.zone) + organisation.answer_days;
  return std::max(o.offer.answer_by, usual);
}

std::span<const std::string_view> codes_of(WorkerAnswer) {
  static constexpr std::string_view codes[] = {"yes", "no", "talk"};
  return codes;
}

std::span<const std::string_view> codes_of(PersonAnswer) {
  static constexpr std::string_view codes[] = {"this_one", "none", "not_now", "talk"};
  return codes;
}

Result<std::vector<Id<Offer>>> make_offers(storage::Transaction& tx, const auth::Scope& scope,
                                           const OfferRequest& request, const PairCheck& check) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  TRY(check_request(request, today));
  TRY_ASSIGN(const Referral referral, load_referral(tx, scope, request.referral));
  TRY(lock_referral(tx, scope, referral.id));
  TRY(append(tx, scope, referral.id, ReferralEventKind::offered));
  const std::string choice = to_text(random_id(scope.random()));
  std::vector<OfferedWorker> workers =
      request.workers; // places are taken in id order: no two requests wait in a ring
  std::sort(workers.begin(), workers.end(), [](const auto& a, const auto& b) { return a.worker < b.worker; });
  std::vector<Offer> made;
  for (const OfferedWorker& offered : workers) {
    if (!check.feasible(referral.person, offered.worker)) return conflict("offer.not_available");
    TRY(workforce::reserve_place(tx, scope, offered.worker));
    TRY_ASSIGN(const bool apart, workforce::kept_apart(tx, scope, referral.person, offered.worker));
    if (apart) return conflict("offer.not_available"); // written down after the page was made
    Offer offer;
    offer.id = Id<Offer>::make(scope.random());
    offer.referral = referral.id;
    offer.person = referral.person;
    offer.worker = offered.worker;
    offer.choice = choice;
    offer.made_at = scope.now();
    offer.made_by = request.made_by.empty() ? scope.actor().account : request.made_by;
    offer.answer_by = request.answer_by.value_or(request.asked_on.value_or(today) + organisation.answer_days);
    offer.fit = offered.fit;
    offer.explanation = offered.explanation;
    offer.engine = request.engine;
    offer.weights = request.weights;
    offer.seed = request.seed;
    TRY(insert_offer(tx, scope, offer));
    TRY(fact(tx, scope, "offer_made", offer));
    made.push_back(std::move(offer));
  }
  if (!request.ask_later) TRY(ask_first(tx, scope, organisation, made));
  std::vector<Id<Offer>> ids;
  ids.reserve(made.size());
  for (const Offer& offer : made) ids.push_back(offer.id);
  return ids;
}

Result<bool> has_unasked_offers(storage::Transaction& tx, const auth::Scope& scope, const ChoiceOf& which) {
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, which.referral));
  return std::any_of(all.begin(), all.end(),
                     [&](const StandingOffer& o) { return not_asked_yet(o, which.choice); });
}

Result<bool> ask_about(storage::Transaction& tx, const auth::Scope& scope, const ChoiceOf& which,
                       const PairCheck& check) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  TRY(lock_referral(tx, scope, which.referral));
  TRY(lock_open_places(tx, scope, which.referral));
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, which.referral));
  const Date today = local_date(scope.now(), organisation.zone);
  const Date answer_by = today + organisation.answer_days;
  std::vector<Offer> asked;
  for (const StandingOffer& o : all) {
    if (!not_asked_yet(o, which.choice)) continue;
    if (check.still_feasible(o.offer.person, o.offer.worker)) {
      // Later than was meant, they still have their days.
      if (o.offer.answer_by < answer_by) TRY(put_off_answer(tx, scope, {o.offer.id, answer_by}));
      asked.push_back(o.offer);
      continue;
    }
    TRY(close_offer(tx, scope, o.offer, OfferEventKind::withdrawn));
    TRY(fact(tx, scope, "offer_withdrawn", o.offer));
    TRY_ASSIGN(const OfferStanding closed, standing_of(tx, scope, o.offer.id));
    TRY(go_on(tx, scope, {o.offer, closed}, today));
  }
  if (asked.empty()) return false;
  TRY(ask_first(tx, scope, organisation, asked));
  return true;
}

Done take_back_open_offers(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral) {
  TRY(lock_open_places(tx, scope, referral));
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, referral));
  for (const StandingOffer& o : still_open(all)) {
    TRY(close_offer(tx, scope, o.offer, OfferEventKind::withdrawn));
    TRY(fact(tx, scope, "offer_withdrawn", o.offer));
  }
  return storage::cancel_messages(tx, scope.now(), "referral", referral.text());
}

Done take_back_offers(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral,
                      TakenBackBy who) {
  TRY(lock_referral(tx, scope, referral));
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, referral));
  TRY_ASSIGN(const auto held, storage::held_messages(tx, "referral", referral.text()));
  const bool not_told = std::any_of(held.begin(), held.end(), [](const storage::OutboxMessage& message) {
    return message.template_name == "person_asked" && message.attempts == 0;
  });
  TRY(take_back_open_offers(tx, scope, referral));
  TRY(back_to_waiting(tx, scope, referral));
  const auto open = still_open(all);
  if (open.empty() || not_told || who == TakenBackBy::person)
    return {}; // a question that never went out needs no answer
  return tell_we_look_on(tx, scope, open.front());
}

Done keep_apart(storage::Transaction& tx, const auth::Scope& scope, const Exclusion& exclusion) {
  TRY_ASSIGN(const auto referral, open_referral_of(tx, scope, exclusion.person));
  std::vector<Id<Worker>> workers{exclusion.worker};
  if (referral) {
    TRY(lock_referral(tx, scope, referral->id));
    TRY_ASSIGN(const auto offers, offers_of_referral(tx, scope, referral->id));
    for (const StandingOffer& o : still_open(offers)) workers.push_back(o.offer.worker);
  }
  TRY(workforce::touch_places(tx, scope, std::move(workers))); // two presses come one after the other
  TRY_ASSIGN(const auto live, workforce::live_exclusions(tx, scope));
  const bool already = std::any_of(live.begin(), live.end(), [&](const Exclusion& each) {
    return each.person == exclusion.person && each.worker == exclusion.worker && each.side == exclusion.side;
  });
  if (!already) TRY(workforce::add_exclusion(tx, scope, exclusion));
  if (!referral) return {};
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, referral->id));
  for (const StandingOffer& o : still_open(all)) {
    if (o.offer.worker != exclusion.worker) continue;
    TRY(close_offer(tx, scope, o.offer, OfferEventKind::withdrawn));
    TRY(fact(tx, scope, "offer_withdrawn", o.offer));
    TRY_ASSIGN(const OfferStanding closed, standing_of(tx, scope, o.offer.id));
    TRY(go_on(tx, scope, {o.offer, closed}, local_date(scope.now(), organisation.zone)));
  }
  return {};
}

Done answer_as_worker(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer,
                      WorkerAnswer answer) {
  // Two workers of one choice may answer in the same moment: the second sees the first's answer.
  TRY(lock_referral(tx, scope, offer.referral));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  switch (answer) {
  case WorkerAnswer::talk: {
    TRY_ASSIGN(const bool said, has_open_task(tx, scope, offer.id.text(), TaskKind::talk_with_worker));
    if (said) return {}; // until somebody has called, saying it again adds nothing
    TRY(append(tx, scope, offer.id, OfferEventKind::worker_talk));
    TRY(fact(tx, scope, "worker_wants_to_talk", offer));
    return add_task(tx, scope,
                    {{}, TaskKind::talk_with_worker, "offer", offer.id.text(), "coordinator", today + 1});
  }
  case WorkerAnswer::no: {
    TRY(may_follow_now(tx, scope, offer.id, OfferEventKind::worker_no));
    TRY(close_offer(tx, scope, offer, OfferEventKind::worker_no));
    TRY(fact(tx, scope, "worker_declined", offer));
    TRY_ASSIGN(const OfferStanding closed, standing_of(tx, scope, offer.id));
    TRY(go_on(tx, scope, {offer, closed}, today));
    return {};
  }
  case WorkerAnswer::yes:
    break;
  }
  TRY_ASSIGN(const OfferStanding now, append(tx, scope, offer.id, OfferEventKind::worker_yes));
  TRY(fact(tx, scope, "worker_said_yes", offer));
  TRY(close_tasks(tx, scope, offer.id.text()));
  if (now.both_said_yes()) return agree(tx, scope, offer);
  TRY(go_on(tx, scope, {offer, now}, today));
  return {};
}

Done answer_as_person(storage::Transaction& tx, const auth::Scope& scope, const PersonReply& reply) {
  TRY(lock_referral(tx, scope, reply.referral));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, reply.referral));
  std::vector<StandingOffer> asked = still_open(all);
  std::erase_if(asked, [](const StandingOffer& o) { return !o.standing.person_asked; });
  if (asked.empty()) return conflict("offer.closed");
  const auto chosen = std::find_if(asked.begin(), asked.end(),
                                   [&](const StandingOffer& o) { return o.offer.id == reply.offer; });
  switch (reply.answer) {
  case PersonAnswer::talk: {
    TRY_ASSIGN(const bool said, has_open_task(tx, scope, reply.referral.text(), TaskKind::talk_with_person));
    if (said) return {};
    for (const StandingOffer& o : asked) TRY(append(tx, scope, o.offer.id, OfferEventKind::person_talk));
    TRY(fact(tx, scope, "person_wants_to_talk", asked[0].offer));
    return add_task(
        tx, scope,
        {{}, TaskKind::talk_with_person, "referral", reply.referral.text(), "coordinator", today + 1});
  }
  case PersonAnswer::none:
  case PersonAnswer::not_now: {
    const bool later = reply.answer == PersonAnswer::not_now;
    TRY(lock_open_places(tx, scope, reply.referral));
    for (const StandingOffer& o : still_open(all)) {
      const OfferEventKind how = !o.standing.person_asked ? OfferEventKind::withdrawn
                                 : later                  ? OfferEventKind::person_not_now
                                                          : OfferEventKind::person_no;
      TRY(close_offer(tx, scope, o.offer, how));
    }
    TRY(fact(tx, scope, later ? "person_not_now" : "person_declined", asked[0].offer));
    TRY(close_tasks(tx, scope, reply.referral.text()));
    TRY(back_to_waiting(tx, scope, reply.referral));
    return add_task(tx, scope,
                    {{},
                     later ? TaskKind::ask_again_later : TaskKind::offer_again,
                     "referral",
                     reply.referral.text(),
                     "coordinator",
                     today + (later ? 14 : 1)});
  }
  case PersonAnswer::this_one:
    break;
  }
  if (chosen == asked.end()) return not_found();
  const bool chose = std::any_of(asked.begin(), asked.end(),
                                 [](const StandingOffer& o) { return o.standing.person_said_yes; });
  if (chose) return conflict("offer.already_answered"); // one worker at a time is asked
  TRY_ASSIGN(const OfferStanding now, append(tx, scope, chosen->offer.id, OfferEventKind::person_yes));
  TRY(fact(tx, scope, "person_said_yes", chosen->offer));
  TRY(people::give_consent(
      tx, scope, {chosen->offer.person, Purpose::sharing, "peer_worker", reply.shares, Captured::self}));
  if (now.both_said_yes()) return agree(tx, scope, chosen->offer);
  return ask_worker(tx, scope, chosen->offer); // person asked first: now the one they chose
}

namespace {

// Whoever has a choice before them and has not answered in the usual days is called, once for each asking.
Done call_late_people(storage::Transaction& tx, const auth::Scope& scope, const Organisation& organisation,
                      Date today) {
  // A day too many whatever the zone; whose days are over is looked at one by one.
  const Instant asked_before = scope.now() + -days_ms(organisation.answer_days - 1);
  TRY_ASSIGN(const auto open, offers_asked_before(tx, scope, asked_before));
  std::vector<Id<Referral>> chose;
  for (const StandingOffer& o : open)
    if (o.standing.person_said_yes) chose.push_back(o.offer.referral);
  std::sort(chose.begin(), chose.end());
  for (const StandingOffer& o : open) {
    if (!o.standing.person_asked_at) continue;
    if (std::binary_search(chose.begin(), chose.end(), o.offer.referral)) continue;
    const Date person_by =
        local_date(*o.standing.person_asked_at, organisation.zone) + organisation.answer_days;
    if (person_by >= today) continue;
    const std::string referral = o.offer.referral.text();
    TRY_ASSIGN(const bool already,
               has_task_since(tx, scope, {referral, TaskKind::phone_person, *o.standing.person_asked_at}));
    if (already) continue;
    TRY(add_task(tx, scope, {{}, TaskKind::phone_person, "referral", referral, "coordinator", today}));
    TRY(audit_referral(tx, scope, o.offer, "phone_person"));
  }
  return {};
}

} // namespace

Result<int> let_time_pass(storage::Transaction& tx, const auth::Scope& scope) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  TRY_ASSIGN(const auto late, locked_late_offers(tx, scope, organisation, today));
  std::vector<StandingOffer> closed; // one of each referral, the chosen one where there is one
  for (StandingOffer o : late) {
    TRY(close_offer(tx, scope, o.offer, OfferEventKind::lapsed));
    TRY(fact(tx, scope, "offer_lapsed", o.offer));
    TRY(audit_clock(tx, scope, o.offer,
                    {.object_kind = "offer", .object = o.offer.id.text(), .fields = "lapsed"}));
    o.standing.state = OfferState::lapsed;
    const auto same = std::find_if(closed.begin(), closed.end(), [&](const StandingOffer& each) {
      return each.offer.referral == o.offer.referral;
    });
    if (same == closed.end()) closed.push_back(std::move(o));
    else if (o.standing.person_said_yes) *same = std::move(o);
  }
  std::sort(closed.begin(), closed.end(), [](const StandingOffer& a, const StandingOffer& b) {
    return a.offer.referral < b.offer.referral;
  });
  TRY(call_late_people(tx, scope, organisation, today));
  for (const StandingOffer& o : closed) {
    TRY_ASSIGN(const Next next, go_on(tx, scope, o, today));
    if (next == Next::same) continue;
    TRY(audit_referral(tx, scope, o.offer, next == Next::person ? "person_asked" : "offer_again"));
  }
  return static_cast<int>(late.size());
}

} // namespace kith::connections
