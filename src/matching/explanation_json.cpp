#include "matching/explanation_json.hpp"

#include <algorithm>
#include <array>

namespace kith::matching {
namespace {

using record::JsonValue;
using record::JsonWriter;

constexpr std::string_view format = "kith-explanation/1";
constexpr std::array<std::string_view, 3> sides{"person", "worker", "service"};
constexpr std::array<std::string_view, 4> nearnesses{"in_wanted_band", "close", "some_years_apart",
                                                     "far_apart"};

void write_codes(JsonWriter& json, std::string_view name, const Codes& codes) {
  json.key(name).begin_array();
  for (const std::string& code : codes) json.text(code);
  json.end_array();
}

struct JustificationMembers {
  JsonWriter& json;
  void kind(std::string_view name) const { json.member("kind", name); }
  void operator()(const CommonLanguages& why) const {
    kind("languages");
    write_codes(json, "languages", why.languages);
    json.member("wanted", why.wanted);
  }
  void operator()(const WithInterpreter&) const { kind("interpreter"); }
  void operator()(const SharedExperience& why) const {
    kind("experience");
    write_codes(json, "named", why.named);
    json.member("unnamed", why.unnamed);
  }
  void operator()(const SharedInterests& why) const {
    kind("interests");
    write_codes(json, "interests", why.interests);
  }
  void operator()(const GenderIs& why) const {
    kind("gender");
    write_codes(json, "genders", why.genders);
    json.member("wanted", why.wanted);
  }
  void operator()(const SharedCulture& why) const {
    kind("culture");
    write_codes(json, "cultures", why.cultures);
  }
  void operator()(const AgeCompared& why) const {
    kind("age");
    json.member("nearness", nearnesses.at(static_cast<std::size_t>(why.nearness)));
  }
  void operator()(const CommonTimes& why) const {
    kind("times");
    json.member("day", day_code(why.longest.day));
    json.member("from", clock_text(why.longest.from_minutes));
    json.member("until", clock_text(why.longest.until_minutes));
    json.member("minutes_a_week", why.minutes_a_week);
  }
  void operator()(const Distance& why) const {
    kind("distance");
    json.member("kilometres", why.kilometres);
  }
  void operator()(const MeetsRemotely&) const { kind("remote"); }
  void operator()(const OrganisationIs& why) const {
    kind("organisation");
    json.member("organisation", why.organisation);
    json.member("wanted", why.wanted);
  }
  void operator()(const NothingShared&) const { kind("nothing_shared"); }
  void operator()(const NotKnown&) const { kind("not_known"); }
  void operator()(const NothingAsked&) const { kind("nothing_asked"); }
  void operator()(const EarlierConnection&) const { kind("earlier_connection"); }
};

Failure wrong(std::string member) {
  Failure failure = invalid("explanation.form");
  failure.arguments.push_back(std::move(member));
  return failure;
}

Result<Codes> codes_in(const JsonValue& object, std::string_view name) {
  const JsonValue* array = object.find(name);
  if (!array || !array->is_array()) return wrong(std::string(name));
  Codes out;
  for (const JsonValue& item : array->items) {
    if (!item.is_text()) return wrong(std::string(name));
    out.push_back(item.text);
  }
  return out;
}

Result<bool> boolean_in(const JsonValue& object, std::string_view name) {
  const JsonValue* value = object.find(name);
  if (!value || value->kind != JsonValue::Kind::boolean) return wrong(std::string(name));
  return value->boolean;
}

Result<std::int32_t> integer_in(const JsonValue& object, std::string_view name) {
  const auto value = object.integer_of(name);
  if (!value || *value < -1'000'000'000 || *value > 1'000'000'000) return wrong(std::string(name));
  return static_cast<std::int32_t>(*value);
}

template <std::size_t count>
Result<std::size_t> one_of(const JsonValue& object, std::string_view name,
                           const std::array<std::string_view, count>& values) {
  const auto at = std::find(values.begin(), values.end(), object.text_of(name));
  if (at == values.end()) return wrong(std::string(name));
  return static_cast<std::size_t>(at - values.begin());
}

Result<CommonTimes> times_in(const JsonValue& object) {
  const std::string window = std::string(object.text_of("day")) + " " + std::string(object.text_of("from")) +
                             "-" + std::string(object.text_of("until"));
  const Result<WeekMask> mask = parse_week(window);
  if (!mask.ok() || windows(*mask).size() != 1) return wrong("times");
  CommonTimes out;
  out.longest = windows(*mask)[0];
  TRY_ASSIGN(out.minutes_a_week, integer_in(object, "minutes_a_week"));
  return out;
}

Result<Justification> justification_with_codes(const JsonValue& object, std::string_view kind) {
  if (kind == "interests") {
    TRY_ASSIGN(const Codes found, codes_in(object, "interests"));
    return Justification(SharedInterests{found});
  }
  if (kind == "culture") {
    TRY_ASSIGN(const Codes found, codes_in(object, "cultures"));
    return Justification(SharedCulture{found});
  }
  if (kind == "experience") {
    TRY_ASSIGN(const Codes found, codes_in(object, "named"));
    TRY_ASSIGN(const bool unnamed, boolean_in(object, "unnamed"));
    return Justification(SharedExperience{found, unnamed});
  }
  TRY_ASSIGN(const bool wanted, boolean_in(object, "wanted"));
  if (kind == "languages") {
    TRY_ASSIGN(const Codes found, codes_in(object, "languages"));
    return Justification(CommonLanguages{found, wanted});
  }
  if (kind == "gender") {
    TRY_ASSIGN(const Codes found, codes_in(object, "genders"));
    return Justification(GenderIs{found, wanted});
  }
  if (kind == "organisation")
    return Justification(OrganisationIs{std::string(object.text_of("organisation")), wanted});
  return wrong("kind");
}

Result<Justification> justification_in(const JsonValue* object) {
  if (!object || !object->is_object()) return wrong("why");
  const std::string_view kind = object->text_of("kind");
  if (kind == "interpreter") return Justification(WithInterpreter{});
  if (kind == "remote") return Justification(MeetsRemotely{});
  if (kind == "nothing_shared") return Justification(NothingShared{});
  if (kind == "not_known") return Justification(NotKnown{});
  if (kind == "nothing_asked") return Justification(NothingAsked{});
  if (kind == "earlier_connection") return Justification(EarlierConnection{});
  if (kind == "age") {
    TRY_ASSIGN(const std::size_t at, one_of(*object, "nearness", nearnesses));
    return Justification(AgeCompared{static_cast<AgeNearness>(at)});
  }
  if (kind == "distance") {
    TRY_ASSIGN(const std::int32_t kilometres, integer_in(*object, "kilometres"));
    return Justification(Distance{kilometres});
  }
  if (kind == "times") {
    TRY_ASSIGN(const CommonTimes times, times_in(*object));
    return Justification(times);
  }
  return justification_with_codes(*object, kind);
}

Result<Contribution> contribution_in(const JsonValue& object) {
  Contribution out;
  out.criterion = object.text_of("criterion");
  TRY_ASSIGN(const std::size_t side, one_of(object, "side", sides));
  out.side = static_cast<WhoseView>(side);
  TRY_ASSIGN(out.points, integer_in(object, "points"));
  TRY_ASSIGN(out.grade, integer_in(object, "grade"));
  TRY_ASSIGN(out.value, integer_in(object, "value"));
  TRY_ASSIGN(out.avoided, boolean_in(object, "avoided"));
  TRY_ASSIGN(out.why, justification_in(object.find("why")));
  return out;
}

Result<std::vector<Contribution>> contributions_in(const JsonValue& root) {
  const JsonValue* array = root.find("contributions");
  if (!array || !array->is_array()) return wrong("contributions");
  std::vector<Contribution> out;
  for (const JsonValue& item : array->items) {
    TRY_ASSIGN(Contribution contribution, contribution_in(item));
    out.push_back(std::move(contribution));
  }
  return out;
}

Result<std::vector<MustMet>> musts_in(const JsonValue& root) {
  const JsonValue* array = root.find("musts");
  if (!array || !array->is_array()) return wrong("musts");
  std::vector<MustMet> out;
  for (const JsonValue& item : array->items) {
    TRY_ASSIGN(Justification why, justification_in(item.find("why")));
    out.push_back({std::string(item.text_of("criterion")), std::move(why)});
  }
  return out;
}

} // namespace

void write_justification(JsonWriter& json, const Justification& why) {
  json.begin_object();
  std::visit(JustificationMembers{json}, why);
  json.end_object();
}

void write_contribution(JsonWriter& json, const Contribution& contribution) {
  json.begin_object();
  json.member("criterion", contribution.criterion);
  json.member("side", sides.at(static_cast<std::size_t>(contribution.side)));
  json.member("points", contribution.points);
  json.member("grade", contribution.grade);
  json.member("value", contribution.value);
  json.member("avoided", contribution.avoided);
  write_justification(json.key("why"), contribution.why);
  json.end_object();
}

void write_explanation(JsonWriter& json, const Explanation& explanation, const IdNames& names) {
  json.begin_object();
  json.member("format", format);
  json.member("person", names.text(explanation.person));
  json.member("worker", names.text(explanation.worker));
  json.member("engine", explanation.engine);
  json.member("criteria", explanation.criteria);
  json.member("weights", explanation.weights);
  json.member("as_of", to_text(explanation.as_of));
  json.member("closeness", name_of(explanation.closeness));
  json.key("contributions").begin_array();
  for (const Contribution& contribution : explanation.contributions) write_contribution(json, contribution);
  json.end_array();
  json.key("musts").begin_array();
  for (const MustMet& must : explanation.musts) {
    json.begin_object().member("criterion", must.criterion);
    write_justification(json.key("why"), must.why);
    json.end_object();
  }
  json.end_array();
  json.member("person_part", explanation.person_part);
  json.member("worker_part", explanation.worker_part);
  json.member("service_part", explanation.service_part);
  json.member("fit", explanation.fit);
  json.member("in_person", explanation.in_person);
  json.member("remote", explanation.remote);
  write_codes(json, "languages", explanation.languages);
  json.key("times");
  if (explanation.times) write_justification(json, *explanation.times);
  else json.null();
  json.end_object();
}

std::string explanation_bytes(const Explanation& explanation) {
  JsonWriter json;
  write_explanation(json, explanation, IdNames());
  return json.take();
}

Result<Explanation> parse_explanation(std::string_view bytes) {
  TRY_ASSIGN(const JsonValue root, record::parse_json(bytes));
  if (root.text_of("format") != format) return wrong("format");
  Explanation out;
  const auto person = parse_id(root.text_of("person")), worker = parse_id(root.text_of("worker"));
  const auto as_of = parse_date(root.text_of("as_of"));
  if (!person || !worker) return wrong("person");
  if (!as_of) return wrong("as_of");
  out.person = *person;
  out.worker = *worker;
  out.engine = root.text_of("engine");
  out.criteria = root.text_of("criteria");
  out.weights = root.text_of("weights");
  out.as_of = *as_of;
  constexpr std::array<std::string_view, 4> words{"very_close", "close", "some_in_common",
                                                  "little_in_common"};
  TRY_ASSIGN(const std::size_t closeness, one_of(root, "closeness", words));
  out.closeness = static_cast<Closeness>(closeness);
  TRY_ASSIGN(out.contributions, contributions_in(root));
  TRY_ASSIGN(out.musts, musts_in(root));
  TRY_ASSIGN(out.person_part, integer_in(root, "person_part"));
  TRY_ASSIGN(out.worker_part, integer_in(root, "worker_part"));
  TRY_ASSIGN(out.service_part, integer_in(root, "service_part"));
  TRY_ASSIGN(out.fit, integer_in(root, "fit"));
  TRY_ASSIGN(out.in_person, boolean_in(root, "in_person"));
  TRY_ASSIGN(out.remote, boolean_in(root, "remote"));
  TRY_ASSIGN(out.languages, codes_in(root, "languages"));
  if (const JsonValue* times = root.find("times"); times && times->is_object()) {
    TRY_ASSIGN(const CommonTimes found, times_in(*times));
    out.times = found;
  }
  std::int64_t sum = 0;
  for (const Contribution& contribution : out.contributions) sum += contribution.value;
  if (sum != out.fit) return wrong("fit");
  return out;
}

} // namespace kith::matching
