#include "web/api.hpp"

#include "auth/idempotency.hpp"
#include "base/text.hpp"
#include "record/json.hpp"
#include "web/loaders.hpp"

namespace kith::web {
namespace {

using connections::WaitingRow;
using record::JsonWriter;

struct WaitingField {
  const char* name{};
  const char* type{};
  const char* format{}; // "" when none
  const char* about{};
  void (*write)(JsonWriter&, const WaitingRow&, Date today){};
};

// The person's own words are not here: they are for the coordinator's eyes, not for another program's memory.
constexpr WaitingField waiting_fields[] = {
    {"referral", "string", "", "Identifier of the referral",
     [](JsonWriter& json, const WaitingRow& row, Date) { json.text(row.referral.id.text()); }},
    {"person", "string", "", "Identifier of the person",
     [](JsonWriter& json, const WaitingRow& row, Date) { json.text(row.referral.person.text()); }},
    {"chosen_name", "string", "", "The name the person likes to be called",
     [](JsonWriter& json, const WaitingRow& row, Date) { json.text(row.person_name); }},
    {"state", "string", "", "waiting: nobody is asked; offered: answers are coming in",
     [](JsonWriter& json, const WaitingRow& row, Date) { json.text(record::code_of(row.state)); }},
    {"waiting_on", "string", "date", "The day the referral came in; it never moves",
     [](JsonWriter& json, const WaitingRow& row, Date) { json.text(to_text(row.referral.waiting_on)); }},
    {"promise_on", "string", "date", "The day by which the service promised an offer",
     [](JsonWriter& json, const WaitingRow& row, Date) { json.text(to_text(row.referral.promise_on)); }},
    {"days", "integer", "", "Days waited",
     [](JsonWriter& json, const WaitingRow& row, Date today) {
       json.number(today - row.referral.waiting_on);
     }},
    {"late", "boolean", "", "Past the promise",
     [](JsonWriter& json, const WaitingRow& row, Date today) { json.boolean(late(row, today)); }},
};

// RFC 9110, 13.1.2: a list of tags, weak or strong, or a star.
bool names(std::string_view header, const std::string& tag) {
  for (const std::string& piece : split(header, ',')) {
    std::string_view one = trim(piece);
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

} // namespace

std::string waiting_json(const WaitingView& view) {
  JsonWriter json;
  json.begin_object().member("today", to_text(view.today));
  json.member("count", view.counts[static_cast<std::size_t>(view.show)]);
  json.member("complete", view.paging.pages() == 1);
  json.member("page", view.paging.page).member("pages", view.paging.pages());
  json.key("people").begin_array();
  for (const WaitingRow& row : view.rows) {
    json.begin_object();
    for (const WaitingField& field : waiting_fields) field.write(json.key(field.name), row, view.today);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string waiting_schema() {
  JsonWriter json;
  const auto member = [&](const char* name, const char* type, const char* about) {
    json.key(name).begin_object().member("type", type).member("description", about);
  };
  json.begin_object().member("type", "object").key("properties").begin_object();
  member("today", "string", "The day in the organisation's own zone");
  json.member("format", "date").end_object();
  member("count", "integer", "How many there are, on all pages together");
  json.end_object();
  member("complete", "boolean", "False when more people wait than one answer holds");
  json.end_object();
  member("page", "integer", "Which page this is, from 1: the parameter page");
  json.end_object();
  member("pages", "integer", "How many pages there are");
  json.end_object();
  member("people", "array", "Soonest promise first");
  json.key("items").begin_object().member("type", "object").key("properties").begin_object();
  for (const WaitingField& field : waiting_fields) {
    member(field.name, field.type, field.about);
    if (*field.format) json.member("format", field.format);
    json.end_object();
  }
  json.end_object().key("required").begin_array();
  for (const WaitingField& field : waiting_fields) json.text(field.name);
  json.end_array().end_object().end_object(); // items, people
  json.end_object().key("required").begin_array();
  for (const char* name : {"today", "count", "complete", "page", "pages", "people"}) json.text(name);
  json.end_array().end_object();
  return json.take();
}

http::Response json_answer(const http::Request& request, std::string bytes) {
  const std::string tag = "\"" + auth::body_hash(bytes).substr(0, 32) + "\"";
  http::Response response = names(request.header("if-none-match"), tag) ? http::Response{.status = 304}
                                                                        : http::json(200, std::move(bytes));
  response.headers.push_back({"ETag", tag});
  response.headers.push_back({"Cache-Control", "private, no-store"});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  return response;
}

void add_api_routes(auth::RouteTable& table) {
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  auth::RouteSpec waiting{http::Method::get,
                          "/api/waiting-list",
                          permission::waiting_list,
                          coordinators,
                          auth::AuditClass::c3,
                          auth::Idempotency::safe,
                          "The waiting list, soonest promise first"};
  waiting.answer.schema = waiting_schema();
  waiting.answer.paged = true;
  waiting.answer.filter = "show";
  for (const std::string_view code : codes_of(Waiting{})) waiting.answer.filter_codes.emplace_back(code);
  table.add<auth::NoObject>(
      std::move(waiting), auth::no_object(),
      [](const auth::Authorised<auth::NoObject>&, auth::Call& call) -> Result<http::Response> {
        TRY_ASSIGN(const WaitingView view, waiting_list(call));
        for (const WaitingRow& row : view.rows) call.shows(row.referral.person);
        return json_answer(call.request, waiting_json(view));
      });
}

} // namespace kith::web
