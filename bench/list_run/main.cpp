// A run over a whole waiting list out of the database, with each step's time: the snapshot, the two plans,
// keeping the run, making every offer, and asking about them. Wall-clock time; fills the database that a data
// folder's kith.toml names first, and wants it empty.
//   ./x bench list-run FOLDER [PEOPLE] [WORKERS]
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "app/service.hpp"
#include "base/random.hpp"
#include "connections/referral_actions.hpp"
#include "connections/run_job.hpp"
#include "connections/snapshot.hpp"
#include "matching/two_plans.hpp"
#include "people/person_store.hpp"
#include "people/preference.hpp"
#include "teams/organisation.hpp"
#include "workforce/worker_store.hpp"

namespace kith {
namespace {

const char* const languages[] = {"en", "vi", "ar", "ti", "prs"};
const char* const tags[] = {"voices", "admission", "loss", "caring", "migration", "bipolar"};
const char* const weeks[] = {"mon 09:00-17:00", "tue 17:00-20:00; wed 09:00-12:00", "thu 13:00-20:00",
                             "fri 09:00-13:00; mon 09:00-13:00", "sat 10:00-16:00; tue 09:00-17:00"};

struct Town {
  SeededRandom random{26};

  template <std::size_t N> std::string one_of(const char* const (&all)[N]) { return all[random.below(N)]; }
  int somewhere() { return static_cast<int>(random.below(40'000)); }

  template <class Record> void describe(Record& record) {
    record.languages = random.below(5) == 0 ? std::vector<std::string>{"en", one_of(languages)}
                                            : std::vector<std::string>{"en"};
    record.modes = random.below(2) == 0 ? std::vector<std::string>{"in_person"}
                                        : std::vector<std::string>{"in_person", "remote"};
    record.availability = one_of(weeks);
    record.east_m = somewhere();
    record.north_m = somewhere();
    record.travel_m = 8'000 + static_cast<int>(random.below(12'000));
    record.gender = random.below(2) == 0 ? "woman" : "man";
    record.interests = {one_of(tags)};
  }
};

Done add_worker(storage::Transaction& tx, const auth::Scope& scope, Town& town, int number) {
  Worker made;
  made.id = Id<Worker>::make(scope.random());
  made.chosen_name = "Worker " + std::to_string(number);
  town.describe(made);
  made.email = "w" + std::to_string(number) + "@workers.example";
  made.open_on = utc_date(scope.now());
  TRY(workforce::insert_worker(tx, scope, with_name_key(made), 10));
  return workforce::add_item(tx, scope,
                             {Id<WorkerItem>::make(scope.random()),
                              made.id,
                              Release::released,
                              scope.now(),
                              {},
                              town.one_of(tags),
                              {}});
}

Done add_person(storage::Transaction& tx, const auth::Scope& scope, Town& town, int number) {
  Person made;
  made.id = Id<Person>::make(scope.random());
  made.chosen_name = "Person " + std::to_string(number);
  town.describe(made);
  made.experience = {town.one_of(tags)};
  made.contact_way = ContactWay::email;
  made.email = "p" + std::to_string(number) + "@people.example";
  TRY(people::insert_person(tx, scope, with_name_keys(made)));
  for (const char* criterion : {"experience", "nearness", "gender"})
    TRY(people::set_preference(
        tx, scope,
        {made.id, criterion, town.random.below(2) == 0 ? Strength::matters : Strength::a_little,
         criterion[0] == 'g' ? std::vector<std::string>{made.gender} : std::vector<std::string>{}}));
  connections::ReferralRequest request;
  request.person = made.id;
  request.asked_and_agreed = true;
  request.agrees_to_matching = true;
  request.own_words = "Company";
  TRY_ASSIGN(const connections::Referred done, connections::refer(tx, scope, request));
  return connections::accept(tx, scope, done.referral);
}

double seconds_of(const auto& body) {
  const auto from = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

template <class T> T must(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::fprintf(stderr, "bench: %s\n", result.failure().code.c_str());
  std::exit(1);
}
void must(const Done& done) {
  if (done.ok()) return;
  std::fprintf(stderr, "bench: %s\n", done.failure().code.c_str());
  std::exit(1);
}

class Bench {
public:
  Bench(app::Service& service, OrganisationId organisation)
      : service_(service), organisation_(organisation) {}

  auth::Scope scope() { return auth::service_scope({"bench", organisation_}, now_, service_.random); }
  template <class Body> auto change(const Body& body) {
    auto tx = must(service_.database->begin(organisation_, storage::Access::write));
    auto result = body(tx, scope());
    if (result.ok()) must(tx.commit());
    return result;
  }

  void fill(int people, int workers) {
    Town town;
    for (int from = 0; from < workers; from += 500)
      must(change([&](auto& tx, const auto& mine) -> Done {
        for (int i = from; i < std::min(from + 500, workers); ++i) TRY(add_worker(tx, mine, town, i));
        return {};
      }));
    for (int from = 0; from < people; from += 500)
      must(change([&](auto& tx, const auto& mine) -> Done {
        for (int i = from; i < std::min(from + 500, people); ++i) TRY(add_person(tx, mine, town, i));
        return {};
      }));
  }

  void run() {
    connections::Snapshot snapshot;
    const double reading = seconds_of([&] {
      auto tx = must(service_.database->begin(organisation_, storage::Access::read));
      const auto settings = must(connections::default_settings(tx, scope()));
      snapshot = must(connections::take_snapshot(tx, scope(), settings));
    });
    matching::TwoPlans plans;
    const double planning =
        seconds_of([&] { plans = must(matching::today_and_suggested(snapshot.input, {})); });
    const auto choices = connections::suggested_choices(plans, snapshot);
    Id<MatchingRun> run{};
    const double keeping = seconds_of([&] { run = keep(plans.settings, choices); });
    const double offering = seconds_of([&] { carry_on(); });
    const auto counts =
        must(change([&](auto& tx, const auto& mine) { return connections::counts_of_run(tx, mine, run); }));
    now_ = send_at_;
    const double asking = seconds_of([&] { carry_on(); });
    std::printf("%zu people waiting, %zu workers: %zu rows, %lld offered, %lld dropped\n",
                snapshot.input.people.size(), snapshot.input.workers.size(), choices.size(),
                static_cast<long long>(counts.offered), static_cast<long long>(counts.dropped));
    std::printf(
        "read %.2f s, both plans %.2f s, kept %.2f s, offers made %.2f s: %.2f s; asked later %.2f s\n",
        reading, planning, keeping, offering, reading + planning + keeping + offering, asking);
  }

private:
  Id<MatchingRun> keep(const matching::Settings& settings,
                       const std::vector<connections::RunChoice>& choices) {
    return must(change([&](auto& tx, const auto& mine) -> Result<Id<MatchingRun>> {
      TRY_ASSIGN(const auto id, connections::keep_run(tx, mine, connections::run_of(settings), choices));
      TRY(connections::confirm_run(tx, mine, id, send_at_));
      return id;
    }));
  }
  void carry_on() {
    const FixedClock clock(now_);
    const std::atomic<bool> stopping{false};
    must(connections::carry_on_runs({service_.database.get(), &clock, &service_.random}, organisation_,
                                    stopping));
  }

  app::Service& service_;
  OrganisationId organisation_{};
  Instant now_{SystemClock().now()};
  Instant send_at_{connections::usual_send_at(now_, Organisation{})};
};

Result<OrganisationId> new_organisation(app::Service& service) {
  Organisation organisation;
  organisation.id = OrganisationId{random_id(service.random)};
  organisation.slug = "bench";
  organisation.name = organisation.help_name = organisation.help_number = "Bench";
  organisation.created_at = service.clock.now();
  TRY_ASSIGN(auto tx, service.database->begin(organisation.id, storage::Access::write));
  TRY(teams::insert_organisation(tx, organisation));
  TRY(tx.commit());
  return organisation.id;
}

} // namespace
} // namespace kith

int main(int count, char** words) {
  using namespace kith;
  if (count < 2) return std::fputs("./x bench list-run FOLDER [PEOPLE] [WORKERS]\n", stderr), 2;
  const int people = count > 2 ? std::atoi(words[2]) : 5'000, workers = count > 3 ? std::atoi(words[3]) : 500;
  const app::Config config = must(app::load_config(words[1]));
  must(app::prepare(config));
  const auto service = must(app::open_service(config, {}));
  Bench bench(*service, must(new_organisation(*service)));
  std::printf("filling in took %.1f s\n", seconds_of([&] { bench.fill(people, workers); }));
  bench.run();
  return 0;
}
