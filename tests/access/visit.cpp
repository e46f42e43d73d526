#include "access/visit.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "auth/totp.hpp"
#include "base/text.hpp"

namespace kith::access {
namespace {

constexpr std::string_view stages[] = {"referred", "waiting", "asked", "choosing", "connected", "booked"};

std::string label_of(const auth::Route& route) {
  return std::string(http::to_text(route.method)) + " " + route.pattern;
}

// "POST /me/choose (another's offer)" is about POST /me/choose.
std::string route_of(const Row& row) { return row.route.substr(0, row.route.find(" (")); }

std::optional<Stage> stage_of(const std::string& text) {
  if (text == "-") return Stage::referred;
  const auto at = std::find(std::begin(stages), std::end(stages), text);
  if (at == std::end(stages)) return {};
  return static_cast<Stage>(at - std::begin(stages));
}

bool of_an_object(const auth::Route& route) { return !route.object_parameter.empty(); }

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

std::string without_date(const std::string& head) {
  const auto at = ascii_lower(head).find("\r\ndate: ");
  if (at == std::string::npos) return head;
  return head.substr(0, at) + head.substr(head.find("\r\n", at + 2));
}

// Nothing: a kind of object this test does not know. A story that has not come so far has an empty id.
std::optional<RawId> id_in(const std::string& pattern, const Story& story) {
  if (pattern.starts_with("/people/")) return story.person.raw;
  if (pattern.starts_with("/referrals/")) return story.referral.raw;
  if (pattern.starts_with("/offers/")) return story.offer.raw;
  if (pattern.starts_with("/connections/")) return story.connection.raw;
  if (pattern.starts_with("/tasks/")) return story.task.raw;
  if (pattern.starts_with("/workers/")) return story.worker.raw;
  return {};
}

// Whoever reads something of a person is on record: the person can be told who looked.
const storage::Query looked{"test.audit_looked", storage::Access::read,
                            "select count(*) from v_audit_subject s join v_audit a on a.org_id = s.org_id"
                            " and a.id = s.audit_id where s.person_id = ?1 and a.request_id = ?2"};

} // namespace

void Tally::expect(bool holds, const std::string& otherwise) {
  (holds ? passed : failed) += 1;
  if (holds) return;
  if (ends_at_first) {
    std::printf("%s\n%d passed, 1 failed\n", otherwise.c_str(), passed);
    std::exit(1);
  }
  if (std::find(complaints.begin(), complaints.end(), otherwise) == complaints.end())
    complaints.push_back(otherwise);
}

Visit::Visit(const HouseParts& parts, const Expectations& expected, Tally& tally)
    : parts_(parts), expected_(expected), tally_(tally) {
  cast(north_);
  cast(south_);
}

// One person at each stage; two connected ones, of whom one shares everything and one nothing.
void Visit::cast(World& world) {
  std::vector<Story>& all = &world == &north_ ? north_cast_ : south_cast_;
  referrers_.push_back(world.visitor(Who::clinician, nullptr, {}));
  all.push_back(world.story({Stage::referred, world.ruth(), &referrers_.back()}));
  for (const Stage stage : {Stage::referred, Stage::waiting, Stage::asked, Stage::choosing, Stage::connected})
    all.push_back(world.story({stage, world.ruth()}));
  all.push_back(world.story({Stage::choosing, world.mina()}));
  all.push_back(world.story({Stage::booked, world.ruth(), nullptr, true}));
  all.push_back(world.offered_by(world.visitor(Who::coordinator, nullptr, {}), world.ruth()));
  Story gone = world.story({Stage::connected, world.ruth(), nullptr, true});
  world.end(gone);
  all.push_back(gone);
}

const Story* Visit::story_of(Id<Person> person) const {
  const Story* story = north_.story_of(person);
  return story ? story : south_.story_of(person);
}

// How somebody stands to a field; the words of canaries.txt.
bool Visit::stands(const std::string& word, const Canary& canary, const Visitor& visitor) const {
  if (word == "anybody") return true;
  const Owner& owner = canary.owner;
  const Who who = visitor.who;
  if (who == Who::nobody || who == Who::code_due || who == Who::suspended) return false;
  if (visitor.organisation != owner.organisation) return false;
  const Story* of_field = owner.person.empty() ? nullptr : story_of(owner.person);
  const Story* own = who == Who::person ? story_of(visitor.person) : nullptr;
  const auto together = [](const Story* story) {
    return story && (story->stage == Stage::connected || story->stage == Stage::booked);
  };
  if (word == "member") return true;
  if (word == "coordinator") return who == Who::coordinator;
  if (word == "administrator") return who == Who::administrator;
  if (word == "self")
    return (own && own->person == owner.person) ||
           (who == Who::peer_worker && !owner.worker.empty() && owner.worker == visitor.worker) ||
           (!owner.account.empty() && owner.account == visitor.account);
  if (word == "referrer")
    return of_field && !of_field->referrer.empty() && of_field->referrer == visitor.account;
  const bool mine = of_field && who == Who::peer_worker && of_field->worker == visitor.worker;
  if (word == "connected_worker") return mine && together(of_field);
  if (word == "shared") return mine && together(of_field) && of_field->shares;
  const bool my_worker = own && !owner.worker.empty() && own->worker == owner.worker;
  if (word == "connected_person") return my_worker && together(own);
  if (word == "choosing_person") return my_worker && own->stage == Stage::choosing;
  tally_.expect(false, "canaries.txt: nobody stands as \"" + word + "\"");
  return false;
}

bool Visit::may_see(const Canary& canary, const Visitor& visitor) const {
  const auto rule = expected_.fields.find(canary.field);
  if (rule == expected_.fields.end()) return false;
  return std::any_of(rule->second.seen_by.begin(), rule->second.seen_by.end(),
                     [&](const std::string& word) { return stands(word, canary, visitor); });
}

bool Visit::is_subject(Id<Person> person, const Visitor& visitor) const {
  auto tx = parts_.database->begin(visitor.organisation, storage::Access::read);
  CHECK(tx.ok());
  const auto row = tx->row(looked, {person.text(), house_.last_request()});
  CHECK(row.ok());
  return row.value()->integer(0) > 0;
}

Visit::Answer Visit::ask(const auth::Route& route, const Question& question, const Visitor& visitor) {
  const test::RawResponse response = house_.ask(question);
  Answer answer{std::to_string(response.status), without_date(response.head) + response.body};
  if (response.status == 303 && response.header("location") == "/sign-in" && route.public_reason.empty())
    answer.got = "sign_in";
  for (const std::string& token : canaries_.found_in(response.head + response.body)) {
    const Canary& canary = canaries_.of(token);
    shown_.insert(canary.field);
    const bool home = canary.owner.organisation == visitor.organisation;
    tally_.expect(may_see(canary, visitor), label_of(route) + " shows " + std::string(name_of(visitor.who)) +
                                                " the " + canary.field + " of " +
                                                (home ? "the own" : "ANOTHER") + " organisation");
    if (home && !visitor.session.empty() && !canary.owner.person.empty() && route.public_reason.empty())
      tally_.expect(is_subject(canary.owner.person, visitor),
                    label_of(route) + " shows " + std::string(name_of(visitor.who)) + " the " + canary.field +
                        " and the audit does not name the person");
  }
  return answer;
}

std::string Visit::path_of(const Cell& cell, const Story* about) {
  std::string path = cell.route.pattern;
  replace_all(path, "{token}", path.starts_with("/in/") ? north_.spare_link() : "nothing");
  replace_all(path, "{name}", "none.css");
  replace_all(path, "{service}", "north");
  RawId id = random_id(*parts_.random);
  if (about && cell.about != About::absent && of_an_object(cell.route)) {
    World& world = south_.story_of(about->person) ? south_ : north_;
    const auto known = path.starts_with("/w/story/")     ? world.fresh_item(about->worker)
                       : path.starts_with("/plan/runs/") ? world.fresh_run(*about)
                                                         : id_in(path, *about);
    if (!known)
      tally_.expect(false,
                    label_of(cell.route) + ": what its {id} is must be told to tests/access/visit.cpp");
    if (known && *known != RawId{}) id = *known;
  }
  replace_all(path, "{id}", cell.about == About::no_id ? "nobody-here" : to_text(id));
  return path;
}

std::string Visit::sends_of(const Row& row, const Visitor& visitor, const Story* about) {
  std::string sends = row.sends == "-" ? "" : row.sends;
  replace_all(sends, "{organisation}", north_.organisation().text());
  replace_all(sends, "{sign_in}", http::percent_encode(north_.spare_sign_in()));
  replace_all(sends, "{password}", http::percent_encode(the_password));
  replace_all(sends, "{code}",
              visitor.totp_secret.empty() ? "000000"
                                          : auth::totp_code(visitor.totp_secret, parts_.clock->now()));
  replace_all(sends, "{next_code}", // of the step after the one that signed in
              visitor.totp_secret.empty()
                  ? "000000"
                  : auth::totp_code(visitor.totp_secret, parts_.clock->now() + seconds_ms(30)));
  replace_all(sends, "{worker}", north_.ruth().text());
  replace_all(sends, "{spare_worker}", north_.zed().text());
  replace_all(sends, "{foreign_worker}", south_.ruth().text());
  replace_all(sends, "{version}", north_.version_of(north_.ruth()));
  if (sends.find("_session}") != std::string::npos) {
    replace_all(sends, "{own_session}", visitor.account.empty() ? "" : north_.session_of(visitor.account));
    replace_all(sends, "{anothers_session}", north_.session_of(north_cast_[4].account));
  }
  replace_all(sends, "{referral}", north_cast_[1].referral.text()); // new, until it is accepted
  replace_all(sends, "{foreign_referral}", south_cast_[1].referral.text());
  replace_all(sends, "{offer}", about ? about->offer.text() : "");
  replace_all(sends, "{anothers_offer}", north_cast_[4].offer.text()); // of somebody who is choosing, too
  replace_all(sends, "{foreign_offer}", south_cast_[4].offer.text());
  replace_all(sends, "{meeting}", about ? about->meeting.text() : "");
  replace_all(sends, "{anothers_meeting}", north_cast_[7].meeting.text()); // planned, too
  replace_all(sends, "{foreign_meeting}", south_cast_[7].meeting.text());
  if (sends.find("{day}") != std::string::npos) {
    const Civil on = civil_of(utc_date(parts_.clock->now()) + 1 + days_++);
    replace_all(sends, "{day}", std::to_string(on.day));
    replace_all(sends, "{month}", std::to_string(on.month));
    replace_all(sends, "{year}", std::to_string(on.year));
  }
  const Civil soon = civil_of(utc_date(parts_.clock->now()) + 2);
  replace_all(sends, "{soon_day}", std::to_string(soon.day));
  replace_all(sends, "{soon_month}", std::to_string(soon.month));
  replace_all(sends, "{soon_year}", std::to_string(soon.year));
  replace_all(sends, "{foreign_person}", south_cast_[2].person.text()); // on the waiting list there
  return sends;
}

Visit::Answer Visit::answer_of(const Cell& cell) {
  const auto until = stage_of(cell.row.stage);
  if (!until) {
    tally_.expect(false, "table.txt:" + std::to_string(cell.row.line) + ": no such stage");
    return {};
  }
  const Who who = cell.who;
  const bool has_story = who == Who::person || who == Who::supporter;
  std::vector<Story> made;
  std::optional<Story> own;
  if (has_story) own = north_.story({*until, north_.ruth()});
  const Visitor visitor = north_.visitor(who, own ? &*own : nullptr, north_.ruth());
  std::optional<Story> about = own;
  World& world = cell.about == About::foreign ? south_ : north_;
  if (of_an_object(cell.route)) {
    const bool mine = cell.about == About::own;
    if (mine && !own) about = world.story({*until, world.ruth(), who == Who::clinician ? &visitor : nullptr});
    if (cell.about == About::anothers) about = world.story({*until, world.mina()});
    if (cell.about == About::foreign) about = world.story({*until, world.ruth()});
  }
  const std::string path = path_of(cell, about ? &*about : nullptr);
  const Answer answer = ask(cell.route,
                            {cell.route.method, path, sends_of(cell.row, visitor, about ? &*about : nullptr),
                             visitor.cookie, visitor.session, cell.form},
                            visitor);
  if (own) north_.end(*own);
  if (about && (!own || about->person != own->person)) world.end(*about);
  return answer;
}

// What would be done is not done for a form without its token, or from another site.
void Visit::forged(const auth::Route& route, const Row& row, Who who) {
  for (const Form form : {Form::without_token, Form::from_elsewhere}) {
    const Answer answer = answer_of({route, row, who, About::own, form});
    tally_.expect(answer.got == "400",
                  row.route + " as " + std::string(name_of(who)) +
                      (form == Form::without_token ? " without a form token" : " from another site") +
                      " should be 400, is " + answer.got);
  }
}

// Absent, malformed and foreign ids must not differ by a byte.
void Visit::cells_of(const auth::Route& route, const Row& row) {
  for (const Who who : everybody()) {
    std::vector<std::string> wanted = split(row.gets.at(who), '/');
    if (!of_an_object(route) && wanted.size() != 1) {
      tally_.expect(false, "table.txt:" + std::to_string(row.line) + ": one answer, for there is no object");
      continue;
    }
    if (of_an_object(route) && wanted.size() == 1) wanted.resize(3, wanted[0]);
    if (of_an_object(route) && wanted.size() != 3) {
      tally_.expect(false,
                    "table.txt:" + std::to_string(row.line) + ": own/another's/foreign, or one for all");
      continue;
    }
    if (route.method != http::Method::get && wanted[0] == "303") forged(route, row, who);
    const auto expect = [&](About about, const std::string& want, const char* whose) {
      const Answer answer = answer_of({route, row, who, about});
      tally_.expect(answer.got == want, "table.txt:" + std::to_string(row.line) + ": " + row.route + " as " +
                                            std::string(name_of(who)) + whose + " should be " + want +
                                            ", is " + answer.got);
      return answer;
    };
    if (!of_an_object(route)) {
      expect(About::own, wanted[0], "");
      continue;
    }
    expect(About::own, wanted[0], ", own,");
    const Answer anothers = expect(About::anothers, wanted[1], ", another's,");
    const Answer foreign = expect(About::foreign, wanted[2], ", of another organisation,");
    const Answer absent = expect(About::absent, wanted[2], ", absent,");
    const Answer no_id = expect(About::no_id, wanted[2], ", no id,");
    const bool same = foreign.bytes == absent.bytes && absent.bytes == no_id.bytes &&
                      (wanted[1] != "404" || anothers.bytes == absent.bytes);
    tally_.expect(same, row.route + " as " + std::string(name_of(who)) + ": refusals differ in their bytes");
  }
}

void Visit::every_cell() {
  for (const auth::Route& route : house_.routes()) {
    bool known = false;
    for (const Row& row : expected_.rows)
      if (route_of(row) == label_of(route)) {
        known = true;
        cells_of(route, row);
      }
    tally_.expect(known, label_of(route) + ": a route without expectations; decide what each role gets and " +
                             "write it into tests/access/table.txt");
  }
  for (const Row& row : expected_.rows) {
    const auto routes = house_.routes();
    const bool exists = std::any_of(routes.begin(), routes.end(),
                                    [&](const auth::Route& r) { return label_of(r) == route_of(row); });
    tally_.expect(exists, "table.txt:" + std::to_string(row.line) + ": there is no route " + route_of(row));
  }
}

std::vector<Visitor> Visit::visitors_of(World& world) {
  std::vector<Visitor> all;
  for (const Who who : {Who::code_due, Who::suspended, Who::clinician, Who::coordinator, Who::administrator})
    all.push_back(world.visitor(who, nullptr, {}));
  for (const Id<Worker> worker : {world.ruth(), world.mina(), world.zed()})
    all.push_back(world.visitor(Who::peer_worker, nullptr, worker));
  for (const Story& story : &world == &north_ ? north_cast_ : south_cast_) {
    all.push_back(world.visitor(Who::person, &story, {}));
    all.push_back(world.visitor(Who::supporter, &story, {}));
  }
  return all;
}

void Visit::every_page() {
  std::vector<Visitor> visitors = referrers_;
  visitors.emplace_back();
  for (World* world : {&north_, &south_})
    for (Visitor& visitor : visitors_of(*world)) visitors.push_back(std::move(visitor));
  std::vector<Story> everyone = north_cast_;
  everyone.insert(everyone.end(), south_cast_.begin(), south_cast_.end());
  const Row plain;
  for (const auth::Route& route : house_.routes()) {
    if (route.method != http::Method::get || route.pattern == "/exit") continue; // which ends the session
    for (const Visitor& visitor : visitors)
      for (const Story& story : everyone) {
        const std::string path = path_of({route, plain, visitor.who, About::own}, &story);
        const std::string sends = "worker=" + north_.ruth().text() + "&worker=" + south_.ruth().text();
        ask(route, {route.method, path, sends, visitor.cookie, visitor.session}, visitor);
        if (!of_an_object(route)) break;
      }
  }
}

// The page where a coordinator looks for a worker says neither name nor reason of one who is excluded (P5).
void Visit::an_excluded_pair() {
  const auto path_of_apart = [](const Story& of) { return "/people/" + of.person.text() + "/apart"; };
  const Visitor coordinator = north_.visitor(Who::coordinator, nullptr, {});
  const auto page = [&](const Story& of) {
    return house_
        .ask({http::Method::get, "/people/" + of.person.text() + "/find", "", coordinator.cookie,
              coordinator.session})
        .body;
  };
  const auto shows_zed = [&](const std::string& body) {
    for (const std::string& token : canaries_.found_in(body))
      if (canaries_.of(token).owner.worker == north_.zed()) return true;
    return false;
  };
  tally_.expect(shows_zed(page(north_cast_[2])), "the find page does not show a worker who is free");
  for (const ExclusionSide side : {ExclusionSide::person, ExclusionSide::worker, ExclusionSide::service}) {
    const Story story = north_.story({Stage::waiting, north_.ruth()});
    north_.exclude({story.person, north_.zed(), side});
    tally_.expect(!shows_zed(page(story)), "GET /people/{id}/find shows a worker who is excluded by the " +
                                               std::string(record::code_of(side)));
    const auto listed =
        house_.ask({http::Method::get, path_of_apart(story), "", coordinator.cookie, coordinator.session});
    const bool names = listed.body.find("name=\"lift_side\" value=\"service\"") != std::string::npos;
    tally_.expect(names == (side == ExclusionSide::service),
                  "GET /people/{id}/apart lists what the service asked for, and nothing else");
    for (const ExclusionSide lifted :
         {ExclusionSide::service, ExclusionSide::worker, ExclusionSide::person}) {
      const auto answer = house_.ask(
          {http::Method::post, path_of_apart(story) + "/lift",
           "lift_worker=" + north_.zed().text() + "&lift_side=" + std::string(record::code_of(lifted)),
           coordinator.cookie, coordinator.session});
      tally_.expect(answer.status == 303 &&
                        answer.header("location") == "/people/" + story.person.text() + "/find",
                    "POST /people/{id}/apart/lift answers differently when there was nothing to lift");
    }
    tally_.expect(shows_zed(page(story)), "an exclusion that was lifted still holds");
    north_.end(story);
  }
}

void Visit::an_earlier_worker() {
  const Story first = north_.story({Stage::connected, north_.ruth()});
  north_.end(first);
  const Story second = north_.again(first, {Stage::connected, north_.mina()});
  const auto status = [&](Id<Worker> worker, const Story& story) {
    const Visitor visitor = north_.visitor(Who::peer_worker, nullptr, worker);
    return house_
        .ask({http::Method::get, "/connections/" + story.connection.text() + "/meeting", "", visitor.cookie,
              visitor.session})
        .status;
  };
  tally_.expect(status(north_.mina(), second) == 200, "a worker may not plan the meeting of a connection");
  tally_.expect(status(north_.ruth(), second) == 404, "an earlier worker may plan a later worker's meeting");
  tally_.expect(status(north_.ruth(), first) == 404, "a worker may plan a meeting after the ending");
  tally_.expect(status(north_.mina(), first) == 404, "a later worker reaches an earlier connection");
  north_.end(second);
}

void Visit::fields_are_shown() {
  for (const auto& [token, canary] : canaries_.all())
    tally_.expect(expected_.fields.contains(canary.field),
                  canary.field + ": a field without a rule in tests/access/canaries.txt");
  for (const auto& [field, rule] : expected_.fields)
    tally_.expect(rule.shown == shown_.contains(field),
                  "canaries.txt:" + std::to_string(rule.line) + ": " + field +
                      (rule.shown ? " is shown to nobody" : " is shown"));
}

} // namespace kith::access
