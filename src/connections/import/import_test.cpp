#include "connections/import/import.hpp"

#include <algorithm>

#include "auth/account_store.hpp"
#include "auth/session.hpp"
#include "connections/agreement.hpp"
#include "connections/import/map.hpp"
#include "connections/snapshot.hpp"
#include "matching/plan.hpp"
#include "people/person_store.hpp"
#include "workforce/worker_store.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;

namespace {

const Date today = *parse_date("2026-11-24");

const storage::Query names_of_accounts{"test.account_names", storage::Access::read,
                                       "select count(*) from v_account where name <> ''"};
const storage::Query words_of_referrals{"test.referral_words", storage::Access::read,
                                        "select count(*) from v_sealed_value where table_name = 'referral'"};
const storage::Query written_of_somebody{
    "test.import_written", storage::Access::read,
    "select count(*) from v_audit a join v_audit_subject s on s.org_id = a.org_id and s.audit_id = a.id"
    " where a.operation = 'import.write'"};
const storage::Query undone_of_somebody{
    "test.import_undone", storage::Access::read,
    "select count(*) from v_audit a join v_audit_subject s on s.org_id = a.org_id and s.audit_id = a.id"
    " where a.operation = 'import.undo'"};

struct Imports {
  storage::Database& database;
  SystemRandom random{};
  OrganisationId id{{7, 7}};
  Instant now{1'795'500'000'000};

  explicit Imports(storage::Database& opened) : database(opened) {
    Organisation organisation;
    organisation.id = id;
    organisation.slug = "north";
    organisation.name = "North";
    organisation.zone = "UTC";
    organisation.help_name = "Line";
    organisation.help_number = "0";
    auto tx = database.begin(id, storage::Access::write).value();
    REQUIRE(teams::insert_organisation(tx, organisation).ok());
    REQUIRE(tx.commit().ok());
  }

  template <class Body> auto change(Body body) {
    auto tx = database.begin(id, storage::Access::write).value();
    const auth::Scope scope = auth::service_scope({"test", id}, now, random);
    auto result = body(tx, scope);
    REQUIRE(result.ok());
    REQUIRE(tx.commit().ok());
    return std::move(result).value();
  }

  ImportReport people(const std::string& csv, ImportOptions options = {.write = true}) {
    const auto rows = rows_of_csv(map_by_field_name(), ImportKind::people, "people.csv", csv);
    REQUIRE(!rows.rows.unusable);
    const auto drafts = person_drafts(rows.rows, today);
    if (!drafts.problems.empty()) FAIL(drafts.problems.all()[0].expected);
    REQUIRE(drafts.refused == 0);
    return change(
        [&](auto& tx, const auto& scope) { return import_people(tx, scope, drafts.drafts, options); });
  }
  ImportReport workers(const std::string& csv) {
    const auto rows = rows_of_csv(map_by_field_name(), ImportKind::workers, "workers.csv", csv);
    const auto drafts = worker_drafts(rows.rows, today);
    REQUIRE(drafts.refused == 0);
    return change([&](auto& tx, const auto& scope) {
      return import_workers(tx, scope, drafts.drafts, {.write = true});
    });
  }
  UndoReport undo(Id<ImportBatch> batch) {
    return change([&](auto& tx, const auto& scope) { return undo_import(tx, scope, batch); });
  }
  std::optional<Person> person(const std::string& key) {
    return change(
        [&](auto& tx, const auto& scope) { return people::find_by_source(tx, scope, "csv:" + key); });
  }
  std::int64_t counted(const storage::Query& query) {
    return database.begin(id, storage::Access::read)->row(query).value()->integer(0);
  }
  std::int64_t waiting() {
    const auto open =
        change([&](auto& tx, const auto& scope) { return count_open_referrals(tx, scope, Date{}); });
    return open.asked + open.waiting;
  }
  std::int64_t count() {
    return change([&](auto& tx, const auto& scope) { return people::count_people(tx, scope); });
  }
};

const std::string two = "source_key,chosen_name,languages,born_on,consent\n"
                        "1,Noor,en,1990-01-02,written\n"
                        "2,Jun,en ja,,\n";

TEST_CASE("a dry run says what the commit does and writes nothing") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    const ImportReport dry = imports.people(two, {.refer = true});
    CHECK(imports.count() == 0);
    CHECK(dry.batch.empty());
    const ImportReport wet = imports.people(two, {.write = true, .refer = true});
    CHECK(dry.made == 2);
    CHECK(wet.made == 2);
    CHECK(dry.referred == 1);
    CHECK(wet.referred == 1);
    CHECK(dry.without_consent == 1);
    CHECK(imports.count() == 2);
    CHECK(imports.waiting() == 1);
  });
}

TEST_CASE("whoever lacks something for matching is among the perhaps incomplete, the complete are not") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    imports.people("source_key,chosen_name,languages,modes,availability,consent\n"
                   "1,Noor,,remote,tue 17:00-20:00,written\n"
                   "2,Jun,en,,tue 17:00-20:00,written\n"
                   "3,Ama,en,in_person,tue 17:00-20:00,written\n"
                   "4,Ben,en,remote,,written\n"
                   "5,Eva,en,remote in_person,tue 17:00-20:00,written\n"
                   "6,Kai,,,,\n", // waits for nothing: nobody referred them
                   {.write = true, .refer = true});
    const auto lacking = [&](auto read) {
      std::vector<std::string> names;
      for (const Person& person : imports.change(read))
        if (!missing_for_matching(person).empty()) names.push_back(person.chosen_name);
      return names;
    };
    const auto all = lacking([](auto& tx, const auto& scope) { return people_waiting(tx, scope); });
    CHECK_EQ(all, std::vector<std::string>{"Ama", "Ben", "Jun", "Noor"});
    CHECK_EQ(lacking([](auto& tx, const auto& scope) { return people_waiting_incomplete(tx, scope); }), all);
    CHECK_EQ(imports.change([](auto& tx, const auto& scope) { return people_waiting_incomplete(tx, scope); })
                 .size(),
             4);
  });
}

TEST_CASE("the same file again changes nothing and refers nobody again") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    imports.people(two, {.write = true, .refer = true});
    const ImportReport again = imports.people(two, {.write = true, .refer = true});
    CHECK(again.same == 2);
    CHECK(again.made == 0);
    CHECK(again.referred == 0);
    CHECK(again.referred_before == 1);
    CHECK(again.batch.empty());
    CHECK(imports.count() == 2);
    CHECK(imports.waiting() == 1);
  });
}

TEST_CASE("a changed row changes what it gives, keeps the rest, and undo puts it back") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    const auto first = imports.people(two);
    const auto second = imports.people("source_key,chosen_name,born_on\n2,Junko,1985-05-06\n");
    CHECK(second.changed == 1);
    CHECK(second.fields.size() >= 2);
    CHECK(imports.person("2")->chosen_name == "Junko");
    CHECK(imports.person("2")->languages == std::vector<std::string>{"en", "ja"});
    CHECK(imports.undo(second.batch).restored == 1);
    CHECK(imports.person("2")->chosen_name == "Jun");
    CHECK(!imports.person("2")->born_on);
    // The first import can still be taken back: the record stands as it left it.
    CHECK(imports.undo(first.batch).removed == 2);
    CHECK(imports.count() == 0);
  });
}

TEST_CASE("undo leaves alone what was changed by hand since") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    const auto batch = imports.people(two).batch;
    imports.change([&](auto& tx, const auto& scope) -> Result<int> {
      TRY_ASSIGN(auto known, people::find_by_source(tx, scope, "csv:1"));
      known->pronouns = "she/her";
      TRY(people::update_person(tx, scope, *known));
      return 1;
    });
    const auto undone = imports.undo(batch);
    CHECK(undone.kept == 1);
    CHECK(undone.removed == 1);
    CHECK(imports.person("1")->pronouns == "she/her");
  });
}

TEST_CASE("undo of somebody referred withdraws the referral and empties the record") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    const auto batch = imports
                           .people("source_key,chosen_name,languages,born_on,consent,own_words\n"
                                   "1,Noor,en,1990-01-02,written,To talk.\n2,Jun,en ja,,,\n",
                                   {.write = true, .refer = true})
                           .batch;
    CHECK(imports.counted(names_of_accounts) == 1);
    CHECK(imports.counted(words_of_referrals) == 1);
    const auto undone = imports.undo(batch);
    CHECK(undone.emptied == 1);
    CHECK(undone.removed == 1);
    CHECK(imports.waiting() == 0);
    CHECK(imports.counted(names_of_accounts) == 0);
    CHECK(imports.counted(words_of_referrals) == 0);
    CHECK(imports.counted(written_of_somebody) == 2); // each with the person as subject
    CHECK(imports.counted(undone_of_somebody) == 2);
    CHECK(!imports.person("1"));
    // A batch is taken back once, and the file can be imported anew.
    auto tx = database.begin(imports.id, storage::Access::write).value();
    const auth::Scope scope = auth::service_scope({"test", imports.id}, imports.now, imports.random);
    CHECK(undo_import(tx, scope, batch).failure().code == "import.undone_already");
    CHECK(undo_import(tx, scope, Id<ImportBatch>::make(imports.random)).failure().fault == Fault::not_found);
  });
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    imports.undo(imports.people(two, {.write = true, .refer = true}).batch);
    CHECK(imports.people(two, {.write = true, .refer = true}).referred == 1);
    CHECK(imports.waiting() == 1);
  });
}

TEST_CASE("undo keeps whoever said yes or no since, or signed in, and takes its words from those it found") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    const std::string heading = "source_key,chosen_name,languages,consent,own_words\n";
    imports.people(heading + "4,Di,en,,\n");
    const auto batch = imports
                           .people(heading + "1,Noor,en,written,To talk.\n2,Jun,ja,written,To talk.\n"
                                             "3,Cy,en,written,To talk.\n4,Di,en,written,To talk.\n"
                                             "5,Bo,en,written,To talk.\n",
                                   {.write = true, .refer = true})
                           .batch;
    CHECK_EQ(imports.counted(words_of_referrals), 5);
    imports.now.ms += 1000;
    imports.change([&](auto& tx, const auto& scope) -> Result<int> {
      TRY_ASSIGN(const auto said_yes, people::find_by_source(tx, scope, "csv:1"));
      TRY(people::give_consent(tx, scope,
                               {said_yes->id, Purpose::sharing, "peer_worker", {}, Captured::self, {}}));
      TRY_ASSIGN(const auto took_back, people::find_by_source(tx, scope, "csv:2"));
      TRY(people::withdraw_consent(tx, scope, took_back->id, Purpose::matching));
      TRY_ASSIGN(const auto signed_in, people::find_by_source(tx, scope, "csv:3"));
      TRY_ASSIGN(const auto account, auth::account_of_person(tx, scope, signed_in->id));
      REQUIRE(account);
      const auth::Sessions sessions(std::string(32, 'k'));
      TRY(sessions.begin(tx, {account->id, Holder::person, auth::Strength::link, imports.now, imports.now},
                         imports.random));
      return 1;
    });
    const auto undone = imports.undo(batch);
    CHECK_EQ(undone.kept, 3);
    CHECK_EQ(undone.emptied, 1);
    CHECK_EQ(undone.restored, 1);
    CHECK_EQ(imports.waiting(), 3);
    CHECK_EQ(imports.counted(words_of_referrals), 3);
    CHECK_EQ(imports.person("4")->chosen_name, "Di");
  });
}

TEST_CASE("the dead never reach the waiting list, and who has died since leaves it") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    const std::string heading = "source_key,chosen_name,languages,died_on,died,consent\n";
    const auto report = imports.people(heading + "1,Ada,en,2020-02-03,,written\n2,Bo,en,,yes,written\n"
                                                 "3,Cy,en,,,written\n",
                                       {.write = true, .refer = true});
    CHECK(report.died == 1);
    CHECK(report.left_out == 1);
    CHECK(report.referred == 1);
    CHECK(imports.waiting() == 1);
    imports.people(heading + "3,Cy,en,2026-11-20,,written\n", {.write = true, .refer = true});
    CHECK(imports.waiting() == 0);
  });
}

TEST_CASE("what is not known satisfies no must and blocks the offer until somebody knows") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    imports.workers("source_key,chosen_name,languages,modes,availability,open_on,places,released\n"
                    "w,Dalia,en,remote,tue 09:00-17:00,today,1,postnatal\n");
    const auto report =
        imports.people("source_key,chosen_name,languages,modes,availability,consent,prefer_gender\n"
                       "1,Noor,,remote,tue 09:00-12:00,written,\n"
                       "2,Jun,en,remote,,written,\n"
                       "3,Cy,en,remote,tue 09:00-12:00,written,must: woman\n"
                       "4,Di,en,remote,tue 09:00-12:00,written,\n",
                       {.write = true, .refer = true});
    REQUIRE(report.not_known.size() == 2);
    CHECK(report.not_known[0].name == "language");
    CHECK(report.not_known[1].name == "availability");
    const auto plan = imports.change([&](auto& tx, const auto& scope) -> Result<matching::Plan> {
      TRY_ASSIGN(auto settings, default_settings(tx, scope));
      TRY_ASSIGN(auto snapshot, take_snapshot(tx, scope, settings));
      return matching::make_plan(std::move(snapshot.input));
    });
    std::size_t offered = 0;
    for (const auto& person : plan.people) offered += person.offers.empty() ? 0 : 1;
    CHECK(offered == 1);
  });
}

TEST_CASE("a worker's places and items are set where the worker is made, and undo removes all of it") {
  for_each_database([](storage::Database& database) {
    Imports imports(database);
    const std::string csv = "source_key,chosen_name,languages,places,released,after_agreement\n"
                            "w,Dalia,en,3,postnatal anxiety,loss\n";
    const auto first = imports.workers(csv);
    CHECK(first.made == 1);
    CHECK(imports.workers(csv).same == 1);
    const auto items =
        imports.change([&](auto& tx, const auto& scope) { return workforce::all_items(tx, scope); });
    REQUIRE(items.size() == 3);
    const auto places =
        imports.change([&](auto& tx, const auto& scope) { return workforce::all_places(tx, scope); });
    REQUIRE(places.size() == 1);
    CHECK(places[0].agreed == 3);
    CHECK(imports.undo(first.batch).removed == 1);
    CHECK(
        imports.change([&](auto& tx, const auto& scope) { return workforce::all_items(tx, scope); }).empty());
  });
}

TEST_CASE("one cause is one problem, with every row, what was expected and what was found") {
  const auto rows =
      rows_of_csv(map_by_field_name(), ImportKind::people, "p.csv",
                  "source_key,chosen_name,born_on,email,availability,prefer_age\n"
                  "1,Noor,last week,,,\n2,Jun,yesterday,,,\n3,,,a b,monday,sometimes\n5,Di,2026-13-01,,,\n"
                  "4,Too,many,cells\n");
  REQUIRE(!rows.rows.unusable);
  const auto drafts = person_drafts(rows.rows, today);
  CHECK(drafts.drafts.empty());
  CHECK(drafts.refused == 5);
  const auto& problems = drafts.problems.all();
  const auto about = [&](const std::string& column) {
    return *std::find_if(problems.begin(), problems.end(), [&](const auto& p) { return p.column == column; });
  };
  CHECK(about("born_on").places.size() == 3);
  CHECK(about("born_on").places[1].line == 3);
  CHECK(about("born_on").places[1].found == "yesterday");
  CHECK(about("born_on").expected == "a date like 2026-11-24");
  CHECK(about("email").places.size() == 1);
  CHECK(about("chosen_name").places[0].found == "nothing");
  CHECK(about("prefer_age").places[0].line == 4);
}

TEST_CASE("the same key twice in a file is refused, not merged") {
  const auto rows = rows_of_csv(map_by_field_name(), ImportKind::people, "p.csv",
                                "source_key,chosen_name\n1,Noor\n1,Jun\n");
  const auto drafts = person_drafts(rows.rows, today);
  REQUIRE(drafts.drafts.size() == 1);
  CHECK(drafts.drafts[0].record.chosen_name == "Noor");
  CHECK(drafts.problems.all()[0].places[0].found == "csv:1");
}

TEST_CASE("a map joins columns, splits cells, gives words their meaning, and fills what is not said") {
  const auto map = parse_import_map(ImportKind::people, R"(
source = "other"
codes_from = ["interests"]
[columns]
source_key = "e-mail"
chosen_name = ["first", "last"]
interests = "likes"
prefer_gender = "same"
[separators]
interests = ","
[values.prefer_gender]
yes = "must: woman"
[defaults]
languages = "en"
)");
  REQUIRE(map.ok());
  auto rows = rows_of_csv(*map, ImportKind::people, "o.csv",
                          "e-mail;first;last;likes;same;grade\nx@y.example;Jun;Mori;Old films, Go;yes;3\n");
  CHECK(rows.ignored == std::vector<std::string>{"grade"});
  fill_defaults(rows.rows, map->defaults);
  const auto drafts = person_drafts(rows.rows, today);
  REQUIRE(drafts.drafts.size() == 1);
  const PersonDraft& draft = drafts.drafts[0];
  CHECK(draft.record.source_key == "other:x@y.example");
  CHECK(draft.record.chosen_name == "Jun Mori");
  CHECK(draft.record.interests == std::vector<std::string>{"old_films", "go"});
  CHECK(draft.record.languages == std::vector<std::string>{"en"});
  REQUIRE(draft.preferences.size() == 1);
  CHECK(draft.preferences[0].wanted == std::vector<std::string>{"woman"});
  // A default is no statement of the row: another import of it changes nothing there.
  CHECK(std::none_of(draft.given.begin(), draft.given.end(),
                     [](const record::Field* field) { return field->name == "languages"; }));
}

TEST_CASE("a map that names what is not there says the line") {
  const auto said = [](const char* toml) {
    return parse_import_map(ImportKind::people, toml).failure().arguments.at(0);
  };
  CHECK(said("source = \"x\"\n[columns]\nshoe_size = \"Shoes\"")
            .starts_with("line 3: \"shoe_size\" is no field"));
  CHECK(said("source = \"x\"\ncolour = 3\n[columns]\nchosen_name = \"n\"").starts_with("line 2: no setting"));
  CHECK(said("source = \"x\"\n[columns]\nid = \"n\"").find("\"id\" is no field") != std::string::npos);
  CHECK(said("source = ").starts_with("line 1"));
  CHECK(said("[columns]\nchosen_name = \"n\"").find("source") != std::string::npos);
  CHECK(!parse_import_default(ImportKind::people, "source_key=1").ok());
  CHECK(!parse_import_default(ImportKind::people, "languages").ok());
}

TEST_CASE("a file without a column the map needs is unusable") {
  CHECK(rows_of_csv(map_by_field_name(), ImportKind::people, "p.csv", "source_key\n1\n").rows.unusable);
  CHECK(rows_of_csv(map_by_field_name(), ImportKind::people, "p.csv", "").rows.unusable);
  CHECK(rows_of_csv(map_by_field_name(), ImportKind::people, "p.csv", std::string("\xff\xfe\x00", 3))
            .rows.unusable);
}

} // namespace
