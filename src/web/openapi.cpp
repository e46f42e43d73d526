#include "web/openapi.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "record/json.hpp"

namespace kith::web {
namespace {

std::string_view name_of(auth::AuditClass audit) {
  static constexpr std::string_view names[] = {"C0", "C1", "C3", "C4", "change"};
  return names[static_cast<std::size_t>(audit)];
}

void write_filter(record::JsonWriter& json, const auth::Answer& answer) {
  json.begin_object().member("name", answer.filter).member("in", "query").member("required", false);
  json.key("schema").begin_object().member("type", "string").key("enum").begin_array();
  for (const std::string& code : answer.filter_codes) json.text(code);
  json.end_array().end_object().end_object();
}

void write_page(record::JsonWriter& json) {
  json.begin_object().member("name", "page").member("in", "query").member("required", false);
  json.key("schema").begin_object().member("type", "integer").member("minimum", 1);
  json.end_object().end_object();
}

void write_answer(record::JsonWriter& json, const auth::Answer& answer) {
  const auto schema = record::parse_json(answer.schema);
  CHECK(schema.ok());
  json.key("200").begin_object().member("description", "The answer");
  json.key("headers").begin_object().key("ETag").begin_object().key("schema").begin_object();
  json.member("type", "string").end_object().end_object().end_object();
  json.key("content").begin_object().key("application/json").begin_object().key("schema").value(*schema);
  json.end_object().end_object().end_object();
  json.key("304").begin_object().member("description", "If-None-Match names the answer as it is");
  json.end_object();
}

void write_operation(record::JsonWriter& json, const auth::Route& route) {
  json.key(ascii_lower(http::to_text(route.method))).begin_object();
  json.member("summary", route.summary);
  if (route.permission) json.member("x-permission", route.permission->name);
  else json.member("x-public", route.public_reason);
  json.member("x-audit-class", name_of(route.audit));
  json.member("x-idempotent", route.idempotency == auth::Idempotency::keyed ? "keyed" : "safe");
  json.key("parameters").begin_array();
  for (const std::string& segment : route.segments)
    if (segment.starts_with('{')) {
      json.begin_object().member("name", segment.substr(1, segment.size() - 2)).member("in", "path");
      json.member("required", true)
          .key("schema")
          .begin_object()
          .member("type", "string")
          .end_object()
          .end_object();
    }
  if (!route.answer.filter.empty()) write_filter(json, route.answer);
  if (route.answer.paged) write_page(json);
  json.end_array().key("responses").begin_object();
  if (!route.answer.schema.empty()) write_answer(json, route.answer);
  json.key("default").begin_object().member("description", "A page, or a problem document (RFC 9457)");
  json.end_object().end_object().end_object();
}

} // namespace

std::string openapi_json(const auth::RouteTable& table, std::string_view version) {
  std::vector<std::string> paths;
  for (const auth::Route& route : table.routes()) paths.push_back(route.pattern);
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  record::JsonWriter json;
  json.begin_object().member("openapi", "3.1.0");
  json.key("info").begin_object().member("title", "kith").member("version", version).end_object();
  json.key("paths").begin_object();
  for (const std::string& path : paths) {
    json.key(path).begin_object();
    for (const auth::Route& route : table.routes())
      if (route.pattern == path) write_operation(json, route);
    json.end_object();
  }
  json.end_object().end_object();
  return json.take();
}

} // namespace kith::web
