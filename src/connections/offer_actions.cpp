#include "connections/offer_actions.hpp"

#include <algorithm>

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

Done ask_person(storage::Transaction& tx, const auth::Scope& scope, const std::vector<Offer>& offers) {
  for (const Offer& offer : offers) TRY(append(tx, scope, offer.id, OfferEventKind::person_asked));
  const Offer& first = offers.front();
  return tell(tx, scope,
              {.person = first.person,
               .words = "person_asked",
               .about_kind = "referral",
               .about = first.referral.text(),
               .once = first.choice});
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

// After a worker's answer or a lapse: when all have answered, the person is asked about those who said yes;
// when nobody is left, the referral waits again and the coordinator looks for somebody else.
Done go_on(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral, Date today) {
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, referral));
  const auto open = still_open(all);
  if (open.empty()) {
    TRY(back_to_waiting(tx, scope, referral));
    return add_task(tx, scope,
                    {{}, TaskKind::offer_again, "referral", referral.text(), "coordinator", today + 1});
  }
  const bool all_answered = std::all_of(open.begin(), open.end(),
                                        [](const StandingOffer& o) { return o.standing.worker_said_yes; });
  const bool asked =
      std::any_of(open.begin(), open.end(), [](const StandingOffer& o) { return o.standing.person_asked; });
  if (!all_answered || asked) return {};
  std::vector<Offer> offers;
  offers.reserve(open.size());
  for (const StandingOffer& o : open) offers.push_back(o.offer);
  return ask_person(tx, scope, offers);
}

bool worker_is_late(const StandingOffer& o, Date today) {
  return o.standing.worker_asked && !o.standing.worker_said_yes && o.offer.answer_by < today;
}

// Offers whose worker is late, after every referral they belong to and every place they hold is locked: read
// again then, for an answer may have come in while we waited.
Result<std::vector<StandingOffer>> locked_late_offers(storage::Transaction& tx, const auth::Scope& scope,
                                                      Date today) {
  TRY_ASSIGN(const auto seen, open_offers(tx, scope));
  std::vector<Id<Referral>> referrals;
  for (const StandingOffer& o : seen)
    if (worker_is_late(o, today)) referrals.push_back(o.offer.referral);
  std::sort(referrals.begin(), referrals.end());
  referrals.erase(std::unique(referrals.begin(), referrals.end()), referrals.end());
  std::vector<StandingOffer> late;
  if (referrals.empty()) return late;
  for (const Id<Referral> referral : referrals) TRY(lock_referral(tx, scope, referral));
  TRY_ASSIGN(const auto now, open_offers(tx, scope));
  std::vector<Id<Worker>> workers;
  for (const StandingOffer& o : now) {
    if (!worker_is_late(o, today)) continue;
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
  if (request.answer_by && (*request.answer_by <= today || *request.answer_by - today > 60))
    return invalid("offer.answer_by", {{"answer_by", "out_of_range"}});
  return {};
}

} // namespace

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
    Offer offer;
    offer.id = Id<Offer>::make(scope.random());
    offer.referral = referral.id;
    offer.person = referral.person;
    offer.worker = offered.worker;
    offer.choice = choice;
    offer.made_at = scope.now();
    offer.made_by = scope.actor().account;
    offer.answer_by = request.answer_by.value_or(today + organisation.answer_days);
    offer.fit = offered.fit;
    offer.explanation = offered.explanation;
    offer.engine = request.engine;
    offer.weights = request.weights;
    offer.seed = request.seed;
    TRY(insert_offer(tx, scope, offer));
    TRY(fact(tx, scope, "offer_made", offer));
    made.push_back(std::move(offer));
  }
  if (organisation.first_asked == FirstAsked::person) TRY(ask_person(tx, scope, made));
  else
    for (const Offer& offer : made) TRY(ask_worker(tx, scope, offer));
  for (const TaskKind kind : {TaskKind::offer_again, TaskKind::ask_again_later})
    TRY(close_tasks(tx, scope, referral.id.text(), kind));
  std::vector<Id<Offer>> ids;
  ids.reserve(made.size());
  for (const Offer& offer : made) ids.push_back(offer.id);
  return ids;
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

Done take_back_offers(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral) {
  TRY(lock_referral(tx, scope, referral));
  TRY(take_back_open_offers(tx, scope, referral));
  return back_to_waiting(tx, scope, referral);
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
  case WorkerAnswer::no:
    TRY(may_follow_now(tx, scope, offer.id, OfferEventKind::worker_no));
    TRY(close_offer(tx, scope, offer, OfferEventKind::worker_no));
    TRY(fact(tx, scope, "worker_declined", offer));
    return go_on(tx, scope, offer.referral, today);
  case WorkerAnswer::yes:
    break;
  }
  TRY_ASSIGN(const OfferStanding now, append(tx, scope, offer.id, OfferEventKind::worker_yes));
  TRY(fact(tx, scope, "worker_said_yes", offer));
  TRY(close_tasks(tx, scope, offer.id.text()));
  if (now.both_said_yes()) return agree(tx, scope, offer);
  return go_on(tx, scope, offer.referral, today);
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
  TRY_ASSIGN(const OfferStanding now, append(tx, scope, chosen->offer.id, OfferEventKind::person_yes));
  TRY(fact(tx, scope, "person_said_yes", chosen->offer));
  TRY(people::give_consent(
      tx, scope, {chosen->offer.person, Purpose::sharing, "peer_worker", reply.shares, Captured::self}));
  if (now.both_said_yes()) return agree(tx, scope, chosen->offer);
  return ask_worker(tx, scope, chosen->offer); // person asked first: now the one they chose
}

Result<int> let_time_pass(storage::Transaction& tx, const auth::Scope& scope) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  TRY_ASSIGN(const auto late, locked_late_offers(tx, scope, today));
  std::vector<Id<Referral>> touched;
  for (const StandingOffer& o : late) {
    TRY(close_offer(tx, scope, o.offer, OfferEventKind::lapsed));
    TRY(fact(tx, scope, "offer_lapsed", o.offer));
    touched.push_back(o.offer.referral);
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  TRY_ASSIGN(const auto open, open_offers(tx, scope));
  for (const StandingOffer& o : open) {
    if (!o.standing.person_asked_at || o.standing.person_said_yes) continue;
    const Date person_by =
        local_date(*o.standing.person_asked_at, organisation.zone) + organisation.answer_days;
    if (person_by >= today) continue;
    TRY_ASSIGN(const bool already, has_task_since(tx, scope,
                                                  {o.offer.referral.text(), TaskKind::phone_person,
                                                   *o.standing.person_asked_at}));
    if (!already)
      TRY(add_task(tx, scope,
                   {{}, TaskKind::phone_person, "referral", o.offer.referral.text(), "coordinator", today}));
  }
  for (const Id<Referral> referral : touched) TRY(go_on(tx, scope, referral, today));
  return static_cast<int>(late.size());
}

} // namespace kith::connections
