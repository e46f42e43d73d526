#include "app/demo.hpp"

#include <algorithm>

#include "app/demo_story.hpp"
#include "auth/account_store.hpp"
#include "auth/totp.hpp"
#include "base/text.hpp"
#include "connections/parties.hpp"
#include "people/person_store.hpp"
#include "people/preference.hpp"
#include "teams/organisation.hpp"
#include "workforce/worker_store.hpp"

namespace kith::app {
namespace {

constexpr int people_count = 120, waiting_count = 40, history_days = 560; // eighteen months
constexpr const char *first_slug = "northside", *second_slug = "riverland";

std::vector<std::string> words_of(std::string_view text) { return split_words(text); }

Done add_worker(const Filling& f, const CastWorker& cast) {
  Worker worker;
  worker.id = Id<Worker>::make(f.chance);
  worker.chosen_name = cast.name;
  worker.pronouns = cast.pronouns;
  worker.about = cast.about;
  worker.gender = cast.gender;
  worker.age_band = cast.age_band;
  worker.languages = words_of(cast.languages);
  worker.interests = words_of(cast.interests);
  worker.modes = {"in_person", "remote"};
  worker.settings = {"community", "ward"};
  worker.area = cast.area.name;
  worker.east_m = cast.area.east_m;
  worker.north_m = cast.area.north_m;
  worker.travel_m = 12'000;
  worker.availability = cast.availability;
  worker.open_on = utc_date(f.now) + -static_cast<int>(f.chance.below(20));
  worker.email = ascii_lower(cast.name) + "@worker.example";
  worker.created_at = f.now + -days_ms(history_days);
  TRY(workforce::insert_worker(f.tx, f.scope, with_name_key(worker), cast.places));
  for (const std::string& tag : words_of(cast.released)) {
    WorkerItem item{Id<WorkerItem>::make(f.chance), worker.id, Release::released, f.now, {}, tag, {}};
    TRY(workforce::add_item(f.tx, f.scope, item));
  }
  WorkerItem kept{
      Id<WorkerItem>::make(f.chance), worker.id, Release::private_to_worker, f.now, {}, "loss", {}};
  TRY(workforce::add_item(f.tx, f.scope, kept));
  for (const CastBoundary& limit : cast_boundaries)
    if (worker.chosen_name == limit.worker)
      TRY(workforce::add_boundary(
          f.tx, f.scope,
          {Id<WorkerBoundary>::make(f.chance), worker.id, f.now, {}, limit.kind, limit.value}));
  TRY(connections::account_for(f.tx, f.scope, worker));
  return {};
}

Person random_person(const Filling& f, int number) {
  Person person;
  person.id = Id<Person>::make(f.chance);
  person.chosen_name = first_names[static_cast<std::size_t>(number) % std::size(first_names)];
  person.family_name = pick(f.chance, family_names);
  const Area& area = pick(f.chance, areas);
  person.area = area.name;
  person.east_m = area.east_m + static_cast<int>(f.chance.below(2000));
  person.north_m = area.north_m + static_cast<int>(f.chance.below(2000));
  person.travel_m = 8'000;
  person.gender = pick(f.chance, genders);
  person.born_on = utc_date(f.now) + -static_cast<int>(7000 + f.chance.below(18'000));
  person.languages = {"en"};
  if (f.chance.below(4) == 0) person.languages.emplace_back(pick(f.chance, languages));
  person.modes = {"in_person", "remote"};
  person.availability = pick(f.chance, weeks);
  if (f.chance.below(4) == 0) person.culture = {pick(f.chance, cultures)};
  person.interests = {pick(f.chance, interests)};
  const std::string other = pick(f.chance, interests);
  if (other != person.interests.front()) person.interests.push_back(other);
  person.experience = {pick(f.chance, experiences)};
  person.contact_way = ContactWay::email;
  person.email = "person" + std::to_string(number) + "@people.example";
  person.created_at = f.now + -days_ms(history_days);
  return person;
}

// Some of whom little is known, or whom nobody here can meet: the waiting list says what would help.
Person unusual(Person person, int number) {
  switch (number) {
  case 2:
    person.languages.clear();
    person.modes.clear();
    break;
  case 4:
    person.languages = {"so"};
    break;
  case 7:
    person.modes = {"in_person"};
    person.east_m = 22'000;
    person.north_m = 15'000;
    person.travel_m = 3'000;
    break;
  case 10:
    person.availability = "sun 06:00-08:00";
    break;
  case 16:
    person.availability.clear();
    break;
  default:
    break;
  }
  return person;
}

Person amara(const Filling& f) {
  Person person = random_person(f, 0);
  person.chosen_name = "Amara";
  person.family_name = "Tesfay";
  person.pronouns = "she/her";
  person.gender = "woman";
  person.languages = {"en", "ti"};
  person.experience = {"postnatal"};
  person.availability = "tue 17:00-20:00; wed 17:00-20:00; thu 17:00-20:00";
  person.area = areas[0].name;
  person.east_m = areas[0].east_m;
  person.north_m = areas[0].north_m;
  return person;
}

const Chapter* chapter_of(int number) {
  for (const Chapter& chapter : waiting_chapters)
    if (chapter.person == number) return &chapter;
  for (const Chapter& chapter : other_chapters)
    if (chapter.person == number) return &chapter;
  return nullptr;
}

Done add_preferences(const Filling& f, const Person& person, int number) {
  const auto set = [&](const char* criterion, Strength strength, std::vector<std::string> wanted) {
    return people::set_preference(f.tx, f.scope, {person.id, criterion, strength, std::move(wanted)});
  };
  if (number == 0) {
    TRY(set("gender", Strength::must, {"woman"}));
    TRY(set("experience", Strength::matters, {}));
    TRY(set("language", Strength::matters, {"ti"}));
    TRY(set("times", Strength::matters, {}));
    return set("nearness", Strength::a_little, {});
  }
  if (number == 19) {
    TRY(set("gender", Strength::must, {"nonbinary"}));
    return set("culture", Strength::must, {"hazara"});
  }
  TRY(set("experience", f.chance.below(2) ? Strength::matters : Strength::a_little, {}));
  TRY(set("times", Strength::a_little, {}));
  if (f.chance.below(3) == 0) TRY(set("interests", Strength::matters, {}));
  const bool only_waits = !chapter_of(number); // who has been offered somebody asked for less
  if (f.chance.below(6) == 0 && only_waits) TRY(set("gender", Strength::must, {person.gender}));
  return {};
}

Done add_staff(const Filling& f, const char* name, auth::Role role) {
  Account account;
  account.id = Id<Account>::make(f.chance);
  account.holder = Holder::staff;
  account.name = name;
  account.sign_in = ascii_lower(name) + "@staff.example";
  account.status = Standing::active;
  account.created_at = f.now;
  SystemRandom real; // a secret, even in a sandbox
  account.totp_secret = auth::new_totp_secret(real);
  const Id<Account> id = account.id;
  TRY(auth::insert_account(f.tx, f.scope, std::move(account)));
  return auth::put_membership(f.tx, f.scope, {id, role, Standing::active, f.now});
}

Organisation organisation_of(const Filling& f, const char* slug, const char* name, OrganisationKind kind) {
  Organisation organisation;
  organisation.id = f.tx.organisation();
  organisation.slug = slug;
  organisation.name = name;
  organisation.kind = kind;
  organisation.help_name = "Night line";
  organisation.help_number = "0000 000 000";
  organisation.sandbox = true;
  organisation.created_at = f.now;
  return organisation;
}

Done add_exclusions(const Filling& f, const std::vector<Person>& people) {
  TRY_ASSIGN(const auto workers, workforce::all_workers(f.tx, f.scope));
  for (const CastExclusion& pair : cast_exclusions)
    for (const Worker& worker : workers)
      if (worker.chosen_name == pair.worker)
        TRY(workforce::add_exclusion(f.tx, f.scope,
                                     {Id<Exclusion>::make(f.chance),
                                      people[static_cast<std::size_t>(pair.person)].id, worker.id,
                                      pair.side}));
  return {};
}

Done fill_first(const Filling& f, DemoReport& report) {
  TRY(teams::insert_organisation(
      f.tx, organisation_of(f, first_slug, "Northside Peer Support", OrganisationKind::non_government)));
  TRY(add_staff(f, "Priya", auth::Role::coordinator));
  TRY(add_staff(f, "Tom", auth::Role::clinician));
  TRY(add_staff(f, "Admin", auth::Role::administrator));
  for (const CastWorker& worker : cast_workers) TRY(add_worker(f, worker));
  std::vector<Person> people;
  for (int i = 0; i < people_count; ++i) {
    people.push_back(with_name_keys(i == 0 ? amara(f) : unusual(random_person(f, i), i)));
    TRY(people::insert_person(f.tx, f.scope, people.back()));
    TRY(add_preferences(f, people.back(), i));
  }
  TRY(add_exclusions(f, people));
  // Those who came and went first: the fewer wait, the quicker is each look at the waiting list.
  for (const Chapter& chapter : other_chapters)
    TRY(tell(f, people[static_cast<std::size_t>(chapter.person)], chapter));
  for (const Chapter& chapter : waiting_chapters)
    TRY(tell(f, people[static_cast<std::size_t>(chapter.person)], chapter));
  for (int i = 0; i < waiting_count; ++i) {
    if (chapter_of(i)) continue;
    const int days = i == 0 ? 23 : static_cast<int>(1 + f.chance.below(36));
    TRY(tell(f, people[static_cast<std::size_t>(i)], {i, Plot::waiting, days}));
  }
  TRY(settle(f));
  report.people += people_count;
  report.workers += static_cast<int>(std::size(cast_workers));
  report.waiting += waiting_count;
  report.connections += static_cast<int>(
      std::count_if(std::begin(other_chapters), std::end(other_chapters), [](const Chapter& chapter) {
        return chapter.plot == Plot::agreed || chapter.plot == Plot::meeting;
      }));
  return {};
}

Done fill_second(const Filling& f, DemoReport& report) {
  TRY(teams::insert_organisation(
      f.tx, organisation_of(f, second_slug, "Riverland Health Peer Team", OrganisationKind::government)));
  TRY(add_staff(f, "Mele", auth::Role::coordinator));
  for (int i = 0; i < 3; ++i) TRY(add_worker(f, cast_workers[i]));
  constexpr int people_here = 10, waiting_here = 4;
  for (int i = 0; i < people_here; ++i) {
    const Person person = with_name_keys(random_person(f, 500 + i));
    TRY(people::insert_person(f.tx, f.scope, person));
    if (i < waiting_here) TRY(tell(f, person, {500 + i, Plot::waiting, 4 + 9 * i}));
  }
  report.people += people_here;
  report.waiting += waiting_here;
  report.workers += 3;
  return {};
}

// The slugs of the demo's organisations that stand already.
Result<std::vector<std::string>> demo_organisations(storage::Database& database) {
  TRY_ASSIGN(auto tx, database.begin({}, storage::Access::read));
  TRY_ASSIGN(const auto organisations, teams::organisations(tx));
  std::vector<std::string> known;
  for (const auto& organisation : organisations) {
    TRY_ASSIGN(auto own, database.begin(organisation.id, storage::Access::read));
    TRY_ASSIGN(const Organisation whole, teams::load_organisation(own));
    const bool ours = whole.sandbox && (whole.slug == first_slug || whole.slug == second_slug);
    if (!ours) {
      Failure refused = conflict("demo.not_empty");
      refused.arguments = {whole.name};
      return refused;
    }
    known.push_back(whole.slug);
  }
  return known;
}

struct Part { // an organisation, made in one transaction
  std::string_view slug{};
  Done (*fill)(const Filling&, DemoReport&){};
};

} // namespace

Result<DemoReport> fill_demo(storage::Database& database, Instant now, std::uint64_t seed) {
  TRY_ASSIGN(const std::vector<std::string> known, demo_organisations(database));
  DemoReport report;
  const Part parts[] = {{first_slug, fill_first}, {second_slug, fill_second}};
  for (const auto& [slug, fill] : parts) {
    SeededRandom chance(seed++); // of its own: an earlier start may have made the other one
    if (std::find(known.begin(), known.end(), slug) != known.end()) continue;
    const OrganisationId id = OrganisationId::make(chance);
    TRY_ASSIGN(auto tx, database.begin(id, storage::Access::write));
    const auth::Scope scope = auth::service_scope({"demo", id}, now, chance);
    TRY(fill(Filling{tx, scope, chance, now}, report));
    TRY(tx.commit());
    ++report.organisations;
  }
  return report;
}

} // namespace kith::app
