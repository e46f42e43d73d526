#include "web/finding.hpp"
#include "web/worker_profile.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {

Worker ruth() {
  Worker worker;
  worker.id = Id<Worker>{{0, 7}};
  worker.version = 3;
  worker.chosen_name = "Ruth";
  worker.gender = "woman";
  worker.about = "Two lines";
  worker.modes = {"in_person", "remote"};
  worker.availability = "mon 09:00-12:00; tue 06:00-07:30";
  worker.languages = {"en", "ti"};
  worker.area = "Fitzroy";
  worker.east_m = 320'000;
  worker.north_m = 5'815'000;
  worker.travel_m = 5'400;
  worker.interests = {"live_music"};
  worker.pronouns = "she/her";
  return worker;
}

} // namespace

TEST_CASE("a worker's form sent as it stands changes nothing, and what it does not ask stays") {
  const Words words = Words::load("en");
  const Worker before = ruth();
  const Profile profile = profile_of(before, {});
  const ProfileChange change = read_profile(words, profile, form_of(words, profile));
  CHECK(change.problems.empty());
  CHECK(change.preferences.empty());
  const Worker after = with_answers(before, change.person);
  CHECK(record::difference(worker_description(), &before, &after).empty());
}

TEST_CASE("a worker is open for as many days as the service asks, and no longer") {
  Worker worker = ruth();
  CHECK_FALSE(open_now(worker, Date{100}, 90));
  worker.open_on = Date{10};
  CHECK(open_now(worker, Date{100}, 90));
  CHECK_FALSE(open_now(worker, Date{101}, 90));
  worker.open_to_new = false;
  CHECK_FALSE(open_now(worker, Date{11}, 90));
}

TEST_CASE("a coordinator's save prolongs no worker's yes that still stands, the worker's own does") {
  Worker worker = ruth();
  worker.open_to_new = true;
  worker.open_on = Date{10};
  CHECK_EQ(*with_openness(worker, {true, false, Date{90}, 90}).open_on, Date{10});
  CHECK_EQ(*with_openness(worker, {true, true, Date{90}, 90}).open_on, Date{90});
  CHECK_EQ(*with_openness(worker, {true, false, Date{101}, 90}).open_on, Date{101}); // it had run out
  CHECK_FALSE(with_openness(worker, {false, false, Date{90}, 90}).open_to_new);
}

TEST_CASE("what was tried is carried to the next page, and nothing else of the address") {
  http::Request request;
  for (const auto& [name, value] : {std::pair{"w_gender", "must"}, {"w_times", "whenever"}, {"none", "1"}})
    request.query.push_back({name, value});
  CHECK_EQ(tried_query(request), "?w_gender=must");
  CHECK_EQ(tried_in(request).size(), 1);
}
