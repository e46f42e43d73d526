#include "access/world.hpp"

#include <algorithm>

#include "auth/account_store.hpp"
#include "auth/totp.hpp"
#include "connections/agreement.hpp"
#include "connections/first_meeting.hpp"
#include "connections/parties.hpp"
#include "connections/referral_actions.hpp"
#include "connections/run_actions.hpp"
#include "connections/task.hpp"
#include "people/person_store.hpp"
#include "workforce/worker_store.hpp"

namespace kith::access {
namespace {

constexpr int many_places = 2000;

// The page asks the engine; a story that only has to stand there does not.
class Anybody final : public connections::PairCheck {
public:
  bool feasible(Id<Person>, Id<Worker>) const override { return true; }
};

auth::Role role_of(Who who) {
  switch (who) {
  case Who::person:
    return auth::Role::person;
  case Who::supporter:
    return auth::Role::supporter;
  case Who::peer_worker:
    return auth::Role::peer_worker;
  case Who::clinician:
    return auth::Role::clinician;
  case Who::administrator:
    return auth::Role::administrator;
  default:
    return auth::Role::coordinator;
  }
}

void must(const Done& done) {
  if (!done.ok()) FATAL(done.failure().code.c_str());
}
template <class T> T must(Result<T> result) {
  if (!result.ok()) FATAL(result.failure().code.c_str());
  return std::move(result).value();
}

} // namespace

template <class Body> auto World::change(Body body) {
  auto tx = must(parts_.database->begin(id_, storage::Access::write));
  const auth::Scope scope = auth::service_scope({"test", id_}, parts_.clock->now(), *parts_.random);
  auto result = body(tx, scope);
  must(tx.commit());
  return result;
}

World::World(const HouseParts& parts, House& house, Canaries& canaries, std::string slug)
    : parts_(parts), house_(house), canaries_(canaries), id_(OrganisationId::make(*parts.random)),
      password_hash_(house.password_hash(the_password)) {
  change([&](auto& tx, const auto&) {
    Organisation organisation;
    organisation.id = id_;
    organisation.slug = std::move(slug);
    organisation.name = canaries_.plant("organisation.name", owned());
    organisation.zone = "UTC";
    organisation.help_name = canaries_.plant("organisation.help_name", owned());
    organisation.help_number = canaries_.plant("organisation.help_number", owned());
    organisation.exit_url = "https://" + canaries_.plant("organisation.exit_url", owned()) + ".example/";
    must(teams::insert_organisation(tx, organisation));
    return true;
  });
  ruth_ = make_worker();
  mina_ = make_worker();
  zed_ = make_worker();
  spare_sign_in_ = staff_account(auth::Role::coordinator, Standing::active).sign_in;
}

Id<Worker> World::make_worker() {
  Worker worker;
  worker.id = Id<Worker>::make(*parts_.random);
  const Owner own{id_, {}, worker.id, {}};
  const auto planted = [&](const char* field) { return canaries_.plant(field, own); };
  worker.chosen_name = planted("worker.chosen_name");
  worker.pronouns = planted("worker.pronouns");
  worker.about = planted("worker.about");
  worker.gender = planted("worker.gender");
  worker.age_band = "30-45";
  worker.languages = {"en"};
  worker.culture = {planted("worker.culture")};
  worker.interests = {planted("worker.interests")};
  worker.modes = {"remote"};
  worker.settings = {"community"};
  worker.area = planted("worker.area");
  worker.availability = "mon 09:00-17:00";
  worker.open_on = utc_date(parts_.clock->now());
  worker.email = planted("worker.email") + "@worker.example";
  worker.source_key = planted("worker.source_key");
  worker.created_at = parts_.clock->now();
  const auto item = [&](Release release, const char* tag, const char* words) {
    return WorkerItem{Id<WorkerItem>::make(*parts_.random),
                      worker.id,
                      release,
                      parts_.clock->now(),
                      {},
                      planted(tag),
                      planted(words)};
  };
  change([&](auto& tx, const auto& scope) {
    must(workforce::insert_worker(tx, scope, with_name_key(worker), many_places));
    for (const WorkerItem& each :
         {item(Release::private_to_worker, "item.private.tag", "item.private.words"),
          item(Release::supervisor, "item.supervisor.tag", "item.supervisor.words"),
          item(Release::after_agreement, "item.after_agreement.tag", "item.after_agreement.words"),
          item(Release::released, "item.released.tag", "item.released.words")})
      must(workforce::add_item(tx, scope, each));
    must(workforce::add_boundary(tx, scope,
                                 {Id<WorkerBoundary>::make(*parts_.random),
                                  worker.id,
                                  parts_.clock->now(),
                                  {},
                                  "not_culture",
                                  planted("boundary.value")}));
    return true;
  });
  Account account = staff_account(auth::Role::peer_worker, Standing::active);
  change([&](auto& tx, const auto& scope) {
    account.worker_id = worker.id;
    must(auth::update_account(tx, scope, account));
    return true;
  });
  worker_accounts_.push_back(account);
  return worker.id;
}

Account World::staff_account(auth::Role role, Standing standing) {
  Account account;
  account.id = Id<Account>::make(*parts_.random);
  const Owner own{id_, {}, {}, account.id};
  account.holder = Holder::staff;
  account.name = canaries_.plant("staff.name", own);
  account.sign_in = canaries_.plant("staff.sign_in", own) + "@staff.example";
  account.password_hash = password_hash_;
  account.status = Standing::active;
  account.created_at = parts_.clock->now();
  account.totp_secret = auth::new_totp_secret(*parts_.random);
  change([&](auto& tx, const auto& scope) {
    must(auth::insert_account(tx, scope, account));
    must(auth::put_membership(tx, scope, {account.id, role, standing, parts_.clock->now()}));
    return true;
  });
  return account;
}

Person World::make_person() {
  Person person;
  person.id = Id<Person>::make(*parts_.random);
  const Owner own{id_, person.id, {}, {}};
  const auto planted = [&](const char* field) { return canaries_.plant(field, own); };
  person.chosen_name = planted("person.chosen_name");
  person.family_name = planted("person.family_name");
  person.pronouns = planted("person.pronouns");
  person.gender = planted("person.gender");
  person.languages = {"en"};
  person.modes = {"remote"};
  person.area = planted("person.area");
  person.availability = "mon 09:00-17:00";
  person.culture = {planted("person.culture")};
  person.interests = {planted("person.interests")};
  person.access_needs = planted("person.access_needs");
  person.contact_way = ContactWay::email;
  person.email = planted("person.email") + "@people.example";
  person.phone = planted("person.phone");
  person.contact_hours = planted("person.contact_hours");
  person.source_key = planted("person.source_key");
  person.created_at = parts_.clock->now();
  person.experience = {planted("person.experience")};
  person.hopes = planted("person.hopes");
  person.safety_mode = planted("person.safety_mode");
  return with_name_keys(person);
}

Story World::referred_here(const StoryRequest& request) {
  const Person person = make_person();
  const Owner own{id_, person.id, {}, {}};
  return change([&](auto& tx, const auto& scope) {
    must(people::insert_person(tx, scope, person));
    for (const char* criterion : {"interests", "experience", "times", "language"})
      must(people::set_preference(tx, scope, {person.id, criterion, Strength::matters, {}}));
    must(people::set_preference(
        tx, scope, {person.id, "culture", Strength::a_little, {canaries_.plant("preference.wanted", own)}}));
    return refer_again(tx, scope, request, person.id);
  });
}

Story World::refer_again(storage::Transaction& tx, const auth::Scope& scope, const StoryRequest& request,
                         Id<Person> person) {
  const Owner own{id_, person, {}, {}};
  connections::ReferralRequest referral;
  referral.person = person;
  referral.asked_and_agreed = true;
  referral.agrees_to_matching = true;
  referral.own_words = canaries_.plant("referral.own_words", own);
  referral.must_know = canaries_.plant("referral.must_know", own);
  const auto made = must(connections::refer(tx, scope, referral));
  must(connections::add_task(
      tx, scope,
      {{}, TaskKind::phone_person, "referral", made.referral.text(), "coordinator", utc_date(scope.now())}));
  Story story;
  for (const Task& task : must(connections::open_tasks(tx, scope, TaskKind::phone_person)))
    if (task.about == made.referral.text()) story.task = task.id;
  story.person = made.person;
  story.account = made.account;
  story.referral = made.referral;
  story.worker = request.worker;
  story.shares = request.shares;
  return story;
}

Story World::again(const Story& before, const StoryRequest& request) {
  Story story =
      change([&](auto& tx, const auto& scope) { return refer_again(tx, scope, request, before.person); });
  come_to(story, request.until);
  return story;
}

Story World::referred_by(const Visitor& referrer) {
  std::vector<std::string> tokens;
  const auto planted = [&](const char* field) {
    tokens.push_back(canaries_.plant(field, owned()));
    return tokens.back();
  };
  const auto answer =
      house_.ask({http::Method::post, "/refer",
                  "chosen_name=" + planted("person.chosen_name") +
                      "&contact_way=email&contact=" + planted("person.email") +
                      "%40people.example&own_words=" + planted("referral.own_words") +
                      "&languages=en&access_needs=" + planted("person.access_needs") +
                      "&must_know=" + planted("referral.must_know") + "&agreed=contact&agreed=matching",
                  referrer.cookie, referrer.session});
  CHECK(answer.status == 303);
  Story story = change([&](auto& tx, const auto& scope) {
    const auto rows = must(connections::referrals_by(tx, scope, referrer.account));
    CHECK(rows.size() == 1);
    Story found;
    found.person = rows[0].referral.person;
    found.referral = rows[0].referral.id;
    found.referrer = referrer.account;
    found.account = must(auth::account_of_person(tx, scope, found.person)).value().id;
    return found;
  });
  for (const std::string& token : tokens) canaries_.now_owned(token, {id_, story.person, {}, {}});
  return story;
}

void World::step(storage::Transaction& tx, const auth::Scope& scope, Story& story, Stage to) {
  switch (to) {
  case Stage::waiting:
    must(connections::accept(tx, scope, story.referral));
    break;
  case Stage::asked: {
    const connections::OfferRequest request{story.referral, {{story.worker, 0, "{}"}}, {}, "test", "1", 0};
    story.offer = must(connections::make_offers(tx, scope, request, Anybody())).front();
    break;
  }
  case Stage::choosing: {
    const Offer offer = must(connections::load_offer(tx, scope, story.offer));
    must(connections::answer_as_worker(tx, scope, offer, connections::WorkerAnswer::yes));
    break;
  }
  case Stage::connected: {
    connections::PersonReply reply{story.referral, connections::PersonAnswer::this_one, story.offer, {}};
    if (story.shares)
      for (const std::string_view piece : connections::shareable_pieces()) reply.shares.emplace_back(piece);
    must(connections::answer_as_person(tx, scope, reply));
    story.connection = must(connections::live_connection_of(tx, scope, story.person)).value().id;
    break;
  }
  case Stage::booked: {
    const Owner own{id_, story.person, {}, {}};
    ++meetings_; // an hour of its own within the year, in the morning: the table's own are at 3 pm
    const LocalTime at{utc_date(parts_.clock->now()) + 1 + meetings_ % 300, 60 + 60 * (meetings_ / 300)};
    story.meeting = must(connections::book_first_meeting(tx, scope, story.connection,
                                                         {at, 60, canaries_.plant("meeting.location", own),
                                                          canaries_.plant("meeting.introducer", own)}))
                        .id;
    break;
  }
  case Stage::withdrawn:
    must(connections::withdraw(tx, scope, story.person));
    break;
  case Stage::referred:
    break;
  }
  story.stage = to;
}

void World::remember(const Story& story) {
  const auto known = std::find_if(stories_.begin(), stories_.end(),
                                  [&](const Story& s) { return s.person == story.person; });
  if (known == stories_.end()) stories_.push_back(story);
  else *known = story;
}

Story World::story(const StoryRequest& request) {
  Story story = request.referrer ? referred_by(*request.referrer) : referred_here(request);
  story.worker = request.worker;
  story.shares = request.shares;
  come_to(story, request.until);
  return story;
}

void World::come_to(Story& story, Stage until) {
  change([&](auto& tx, const auto& scope) {
    for (int at = static_cast<int>(story.stage) + 1; at <= static_cast<int>(until); ++at)
      step(tx, scope, story, static_cast<Stage>(at));
    return true;
  });
  remember(story);
}

void World::end(Story story) {
  change([&](auto& tx, const auto& scope) {
    step(tx, scope, story, Stage::withdrawn);
    return true;
  });
  remember(story);
}

Story World::offered_by(const Visitor& coordinator, Id<Worker> worker) {
  Story story = this->story({Stage::waiting, worker});
  const auto answer = house_.ask({http::Method::post, "/people/" + story.person.text() + "/offers",
                                  "worker=" + worker.text(), coordinator.cookie, coordinator.session});
  CHECK(answer.status == 303);
  change([&](auto& tx, const auto& scope) {
    story.offer = must(connections::offers_of_referral(tx, scope, story.referral)).front().offer.id;
    return true;
  });
  story.stage = Stage::asked;
  remember(story);
  return story;
}

void World::exclude(const Pair& pair) {
  change([&](auto& tx, const auto& scope) {
    must(workforce::add_exclusion(
        tx, scope, {Id<Exclusion>::make(*parts_.random), pair.person, pair.worker, pair.side}));
    return true;
  });
}

std::string World::version_of(Id<Worker> worker) {
  return change([&](auto& tx, const auto& scope) {
    return std::to_string(must(workforce::load_worker(tx, scope, worker)).version);
  });
}

std::optional<RawId> World::fresh_item(Id<Worker> worker) {
  return change([&](auto& tx, const auto& scope) {
    const auto id = Id<WorkerItem>::make(*parts_.random);
    must(workforce::add_item(tx, scope,
                             {id, worker, Release::private_to_worker, parts_.clock->now(), {}, "loss", {}}));
    return std::optional<RawId>(id.raw);
  });
}

std::optional<RawId> World::fresh_run(const Story& story) {
  return change([&](auto& tx, const auto& scope) {
    MatchingRun run;
    run.method = "stable";
    run.dial = "sooner";
    run.choices = 1;
    run.as_of = utc_date(parts_.clock->now());
    run.engine = "test";
    run.weights = "1";
    const std::vector<connections::RunChoice> rows{{story.referral, story.person, {story.worker}}};
    return std::optional<RawId>(must(connections::keep_run(tx, scope, run, rows)).raw);
  });
}

std::string World::session_of(Id<Account> account) {
  const Account whose =
      change([&](auto& tx, const auto& scope) { return must(auth::load_account(tx, scope, account)); });
  return signed_in({}, whose, whose.holder == Holder::staff ? auth::Strength::full : auth::Strength::link)
      .session;
}

std::string World::spare_link() {
  const Person person = make_person();
  return change([&](auto& tx, const auto& scope) {
    must(people::insert_person(tx, scope, person));
    const Id<Account> account = must(connections::account_for(tx, scope, person));
    return must(house_.sign_in().links().make(
                    tx, scope,
                    {.account = account, .target = "/me", .expires_at = parts_.clock->now() + days_ms(1)}))
        .text;
  });
}

Visitor World::signed_in(Visitor visitor, const Account& account, auth::Strength strength) {
  visitor.account = account.id;
  visitor.person = account.person_id;
  visitor.worker = account.worker_id;
  visitor.totp_secret = account.totp_secret;
  const auto session = change([&](auto& tx, const auto&) {
    return must(house_.sign_in().sessions().begin(tx,
                                                  {.account = account.id,
                                                   .holder = account.holder,
                                                   .strength = strength,
                                                   .now = parts_.clock->now(),
                                                   .made_at = parts_.clock->now()},
                                                  *parts_.random));
  });
  visitor.cookie = session.cookie;
  visitor.session = session.id;
  return visitor;
}

Visitor World::visitor(Who who, const Story* own, Id<Worker> worker) {
  Visitor visitor;
  visitor.who = who;
  visitor.organisation = id_;
  switch (who) {
  case Who::nobody:
    return visitor;
  case Who::person: {
    const Account account = change(
        [&](auto& tx, const auto& scope) { return must(auth::load_account(tx, scope, own->account)); });
    return signed_in(visitor, account, auth::Strength::link);
  }
  case Who::supporter: {
    Account account;
    account.id = Id<Account>::make(*parts_.random);
    account.holder = Holder::supporter;
    account.name = canaries_.plant("supporter.name", {id_, {}, {}, account.id});
    account.status = Standing::active;
    if (own) account.person_id = own->person;
    account.created_at = parts_.clock->now();
    change([&](auto& tx, const auto& scope) {
      must(auth::insert_account(tx, scope, account));
      must(auth::put_membership(tx, scope,
                                {account.id, auth::Role::supporter, Standing::active, parts_.clock->now()}));
      return true;
    });
    return signed_in(visitor, account, auth::Strength::link);
  }
  case Who::peer_worker:
    for (const Account& account : worker_accounts_)
      if (account.worker_id == worker) return signed_in(visitor, account, auth::Strength::full);
    FATAL("no such worker");
  default:
    break;
  }
  const Account account =
      staff_account(role_of(who), who == Who::suspended ? Standing::suspended : Standing::active);
  return signed_in(visitor, account, who == Who::code_due ? auth::Strength::password : auth::Strength::full);
}

const Story* World::story_of(Id<Person> person) const {
  for (const Story& story : stories_)
    if (story.person == person) return &story;
  return nullptr;
}

} // namespace kith::access
