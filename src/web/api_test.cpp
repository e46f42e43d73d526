#include "web/api.hpp"
#include "web/openapi.hpp"

#include "record/json.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {

WaitingView amara_waits() {
  connections::WaitingRow row;
  row.referral.id = Id<Referral>{{0, 1}};
  row.referral.person = Id<Person>{{0, 2}};
  row.referral.waiting_on = Date{100};
  row.referral.promise_on = Date{128};
  row.referral.own_words = "Company on the first days";
  row.person_name = "Amara";
  row.state = ReferralState::offered;
  WaitingView view;
  view.today = Date{129};
  view.counts[0] = 1;
  view.rows.push_back(row);
  return view;
}

http::Request asking(const std::string& tag) {
  http::Request request;
  if (!tag.empty()) request.headers.push_back({"if-none-match", tag});
  return request;
}

std::string header(const http::Response& response, std::string_view name) {
  for (const http::Header& one : response.headers)
    if (one.name == name) return one.value;
  return {};
}

} // namespace

TEST_CASE("the waiting list for programs holds what the schema says and not the person's own words") {
  const std::string bytes = waiting_json(amara_waits());
  CHECK_EQ(bytes.find("Company"), std::string::npos);
  const record::JsonValue answer = record::parse_json(bytes).value();
  const record::JsonValue schema = record::parse_json(waiting_schema()).value();
  const record::JsonValue& fields = *schema.find("properties");
  CHECK_EQ(answer.members.size(), fields.members.size());
  for (const auto& [name, value] : answer.members) CHECK_MESSAGE(fields.find(name), name);
  const record::JsonValue& row = answer.find("people")->items.at(0);
  const record::JsonValue& columns = *fields.find("people")->find("items")->find("properties");
  CHECK_EQ(row.members.size(), columns.members.size());
  for (const auto& [name, value] : row.members) CHECK_MESSAGE(columns.find(name), name);
  CHECK_EQ(row.text_of("chosen_name"), "Amara");
  CHECK_EQ(row.text_of("state"), "offered");
  CHECK_EQ(row.integer_of("days").value(), 29);
  CHECK(row.find("late")->boolean);
}

TEST_CASE("an answer that is known already is not sent again") {
  const std::string bytes = waiting_json(amara_waits());
  const http::Response first = json_answer(asking(""), bytes);
  const std::string tag = header(first, "ETag");
  CHECK_EQ(first.status, 200);
  CHECK_EQ(first.body, bytes);
  for (const std::string& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
    const http::Response again = json_answer(asking(known), bytes);
    CHECK_EQ(again.status, 304);
    CHECK(again.payload().empty());
    CHECK_EQ(header(again, "ETag"), tag);
  }
  CHECK_EQ(json_answer(asking("\"other\""), bytes).status, 200);
  CHECK_EQ(json_answer(asking(tag), bytes + " ").status, 200);
}

TEST_CASE("the description of the routes tells what the API answers") {
  auth::RouteTable table;
  add_api_routes(table);
  CHECK_EQ(table.faults(), std::vector<std::string>{});
  const record::JsonValue whole = record::parse_json(openapi_json(table, "0")).value();
  const record::JsonValue& get = *whole.find("paths")->find("/api/waiting-list")->find("get");
  const record::JsonValue& answers = *get.find("responses");
  REQUIRE(answers.find("200"));
  CHECK(answers.find("304"));
  CHECK(answers.find("200")->find("headers")->find("ETag"));
  const auto* media = answers.find("200")->find("content")->find("application/json");
  CHECK(media->find("schema")->find("properties")->find("people"));
  const record::JsonValue& filter = get.find("parameters")->items.at(0);
  CHECK_EQ(filter.text_of("name"), "show");
  CHECK_EQ(filter.find("schema")->find("enum")->items.size(), 4);
}
