#include "matching/scenario.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "matching/folder.hpp"
#include "record/json.hpp"

namespace kith::matching {
namespace {

using record::JsonValue;
using simulation::Lengths;
using simulation::Order;
using simulation::Shape;

constexpr std::string_view order_form = "arrival, promise or closest";
constexpr std::string_view arrivals_form = "a number from 0 to 10000, with two decimals at most";
constexpr std::string_view lengths_form =
    "one of {\"mean\": days}, {\"fixed\": days}, {\"listed\": [days, ...]}";
constexpr std::string_view days_form = "a whole number of days from 1 to 3650";
constexpr std::string_view worker_form = "the id of a worker of workers.csv";
constexpr std::string_view change_form =
    "exactly one of add_workers, worker_leaves, worker_on_leave, arrivals_per_week, order or dial";
constexpr std::string_view like_form =
    "the id of a worker of workers.csv, or {\"language\": code, \"east_m\": metres, \"north_m\": metres, "
    "\"range_m\": metres}";

struct Range {
  std::int64_t least{};
  std::int64_t most{};
};
constexpr Range dials{0, 4};
constexpr Range plane{-1'000'000'000, 1'000'000'000};

std::string number_form(Range range) {
  return "a whole number from " + std::to_string(range.least) + " to " + std::to_string(range.most);
}

std::string shown(const JsonValue& value) {
  switch (value.kind) {
  case JsonValue::Kind::null:
    return "null";
  case JsonValue::Kind::boolean:
    return value.boolean ? "true" : "false";
  case JsonValue::Kind::number:
    return value.text.substr(0, 40);
  case JsonValue::Kind::text:
    return record::json_text(shortened(value.text, 60));
  case JsonValue::Kind::array:
    return "an array";
  case JsonValue::Kind::object:
    return "an object";
  }
  return {};
}

std::optional<Order> order_named(const JsonValue& value) {
  if (!value.is_text()) return std::nullopt;
  if (value.text == "arrival") return Order::arrival;
  if (value.text == "promise") return Order::promise;
  if (value.text == "closest") return Order::closest;
  return std::nullopt;
}

// A value with the place where it stands; what is wrong with it goes to the one list of problems.
class At {
public:
  At(const JsonValue& value, std::string pointer, std::vector<ScenarioProblem>& problems)
      : value_(value), pointer_(std::move(pointer)), problems_(problems) {}

  const JsonValue& value() const { return value_; }
  void refuse(std::string_view expected) const {
    problems_.push_back({pointer_, std::string(expected), shown(value_)});
  }
  std::optional<At> member(std::string_view name) const {
    const JsonValue* found = value_.find(name);
    if (!found) return std::nullopt;
    return At(*found, pointer_ + record::json_pointer(name), problems_);
  }
  At item(std::size_t index) const {
    return {value_.items[index], pointer_ + "/" + std::to_string(index), problems_};
  }
  std::optional<At> needed(std::string_view name, std::string_view expected) const {
    auto found = member(name);
    if (!found)
      problems_.push_back({pointer_ + record::json_pointer(name), std::string(expected), "nothing"});
    return found;
  }
  bool is_object(std::string_view expected) const {
    if (!value_.is_object()) refuse(expected);
    return value_.is_object();
  }
  void only(std::initializer_list<std::string_view> names) const {
    for (const auto& [name, value] : value_.members)
      if (std::find(names.begin(), names.end(), name) == names.end())
        problems_.push_back(
            {pointer_ + record::json_pointer(name), "one of the documented members", shown(value)});
  }
  std::int32_t number(Range range) const {
    const auto found = value_.kind == JsonValue::Kind::number ? value_.integer() : std::nullopt;
    if (found && *found >= range.least && *found <= range.most) return static_cast<std::int32_t>(*found);
    refuse(number_form(range));
    return static_cast<std::int32_t>(range.least);
  }
  std::int32_t number_or(std::string_view name, std::int32_t otherwise, Range range) const {
    const auto found = member(name);
    return found ? found->number(range) : otherwise;
  }
  std::int64_t hundredths() const {
    const bool number = value_.kind == JsonValue::Kind::number;
    const auto found = number ? hundredths_of(value_.text) : std::nullopt;
    if (!found) refuse(arrivals_form);
    return found.value_or(0);
  }
  Dial dial() const { return static_cast<Dial>(number(dials)); }
  Order order() const {
    const auto found = order_named(value_);
    if (!found) refuse(order_form);
    return found.value_or(Order::promise);
  }
  simulation::Ticks days() const {
    const auto found = value_.kind == JsonValue::Kind::number ? value_.integer() : std::nullopt;
    if (!found || *found < 1 || *found > 3'650) refuse(days_form);
    return found.value_or(1) * simulation::ticks_of_day;
  }

private:
  const JsonValue& value_;
  std::string pointer_;
  std::vector<ScenarioProblem>& problems_;
};

Lengths lengths_of(const At& at) {
  Lengths out;
  if (!at.value().is_object() || at.value().members.size() != 1) return at.refuse(lengths_form), out;
  if (const auto mean = at.member("mean")) return {Shape::exponential, mean->days(), {}};
  if (const auto fixed = at.member("fixed")) return {Shape::fixed, fixed->days(), {}};
  const auto listed = at.member("listed");
  if (!listed) return at.refuse(lengths_form), out;
  const std::size_t count = listed->value().items.size();
  if (!listed->value().is_array() || count == 0 || count > 1'000)
    return listed->refuse("1 to 1000 lengths in days"), out;
  out.shape = Shape::listed;
  out.listed.reserve(count);
  for (std::size_t i = 0; i < count; ++i) out.listed.push_back(listed->item(i).days());
  return out;
}

class Changes {
public:
  Changes(const std::vector<WorkerProfile>& workers, Scenario& scenario)
      : workers_(workers), scenario_(scenario) {}

  void read(const At& at) {
    if (!at.value().is_array() || at.value().items.size() > 100)
      return at.refuse("an array of up to 100 changes");
    for (std::size_t i = 0; i < at.value().items.size(); ++i) read_one(at.item(i));
  }

private:
  void read_one(const At& at) {
    if (!at.is_object(change_form)) return;
    ScenarioChange change;
    change.from_week = at.number_or("from_week", 0, {0, scenario_.weeks});
    int kinds = 0;
    for (const std::string_view kind :
         {"add_workers", "worker_leaves", "worker_on_leave", "arrivals_per_week", "order", "dial"})
      kinds += at.member(kind).has_value();
    if (kinds != 1) return at.refuse(change_form);
    if (const auto count = at.member("add_workers")) {
      at.only({"add_workers", "like", "places", "hours_percent", "from_week"});
      change.what = added(at, count->number({1, 100}));
    } else if (const auto leaves = at.member("worker_leaves")) {
      at.only({"worker_leaves", "from_week"});
      change.what = WorkerLeaves{worker(*leaves, worker_form)};
    } else if (const auto away = at.member("worker_on_leave")) {
      at.only({"worker_on_leave", "from_week", "until_week"});
      const Range weeks{change.from_week + 1, scenario_.weeks + 1};
      const auto until = at.needed("until_week", number_form(weeks));
      change.what = WorkerOnLeave{worker(*away, worker_form), until ? until->number(weeks) : 0};
    } else if (const auto arrivals = at.member("arrivals_per_week")) {
      at.only({"arrivals_per_week", "from_week"});
      if (has_one<OtherArrivals>(change.from_week)) arrivals->refuse("one number of arrivals for each week");
      change.what = OtherArrivals{arrivals->hundredths()};
    } else if (const auto order = at.member("order")) {
      at.only({"order"});
      if (has_one<OtherOrder>(change.from_week)) order->refuse("one order, which holds from the beginning");
      change.what = OtherOrder{order->order()};
    } else if (const auto dial = at.member("dial")) {
      at.only({"dial"});
      if (has_one<OtherDial>(change.from_week)) dial->refuse("one dial, which holds from the beginning");
      change.what = OtherDial{dial->dial()};
    }
    scenario_.changes.push_back(std::move(change));
  }

  template <class What> bool has_one(std::int32_t from_week) const {
    return std::any_of(scenario_.changes.begin(), scenario_.changes.end(), [&](const ScenarioChange& before) {
      return before.from_week == from_week && std::holds_alternative<What>(before.what);
    });
  }

  AddWorkers added(const At& at, std::int32_t count) const {
    AddWorkers out;
    out.count = count;
    if (const auto places = at.member("places")) out.places = places->number({1, 4'095});
    out.hours_percent = at.number_or("hours_percent", 100, {1, 100});
    const auto like = at.needed("like", like_form);
    if (!like) return out;
    if (!like->value().is_object()) {
      out.like = worker(*like, like_form);
      return out;
    }
    out.made = made(*like);
    if (!out.places) at.needed("places", number_form({1, 4'095}));
    return out;
  }

  static NewWorker made(const At& at) {
    at.only({"language", "east_m", "north_m", "range_m"});
    NewWorker out;
    const auto language = at.needed("language", "a language code");
    if (language && (!language->value().is_text() || language->value().text.empty() ||
                     !clean_text(language->value().text, false)))
      language->refuse("a language code");
    else if (language) out.language = language->value().text;
    if (!at.member("east_m") && !at.member("north_m") && !at.member("range_m")) return out;
    const auto east = at.needed("east_m", number_form(plane)),
               north = at.needed("north_m", number_form(plane));
    const auto range = at.needed("range_m", number_form({0, plane.most}));
    if (!east || !north || !range) return out;
    out.location = Location{east->number(plane), north->number(plane)};
    out.range_metres = range->number({0, plane.most});
    return out;
  }

  RawId worker(const At& at, std::string_view expected) const {
    const RawId id = at.value().is_text() ? folder_id(at.value().text) : RawId{};
    if (std::none_of(workers_.begin(), workers_.end(), [&](const auto& worker) { return worker.id == id; }))
      at.refuse(expected);
    return id;
  }

  const std::vector<WorkerProfile>& workers_;
  Scenario& scenario_;
};

} // namespace

std::optional<std::int64_t> hundredths_of(std::string_view text) {
  const auto point = text.find('.');
  const std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
  const auto whole = parse_integer(text.substr(0, point));
  const auto rest = parse_integer((decimals + "00").substr(0, 2));
  if (text.starts_with('-') || !whole || !rest || *rest < 0 || decimals.size() > 2 || *whole > 10'000)
    return std::nullopt;
  const std::int64_t hundredths = *whole * 100 + *rest;
  return hundredths <= 1'000'000 ? std::optional(hundredths) : std::nullopt;
}

ReadScenario read_scenario(std::string_view bytes, const std::vector<WorkerProfile>& workers) {
  ReadScenario out;
  const Result<JsonValue> json = record::parse_json(bytes);
  if (!json.ok()) {
    const auto [expected, found] = record::json_mistake(json.failure().code);
    out.problems.push_back({"", std::string(expected), std::string(found)});
    return out;
  }
  const At root(*json, "", out.problems);
  if (!root.is_object("a JSON object")) return out;
  root.only({"format", "weeks", "arrivals_per_week", "order", "length_days", "patience_days",
             "declines_percent", "answer_days", "leave_weeks_a_year", "dial", "changes"});
  Scenario& scenario = out.scenario;
  if (const auto format = root.member("format"); format && format->value().text != "kith-scenario/1")
    format->refuse("\"kith-scenario/1\"");
  const std::size_t before = out.problems.size();
  if (const auto weeks = root.needed("weeks", number_form({1, 520})))
    scenario.weeks = weeks->number({1, 520});
  if (out.problems.size() > before) scenario.weeks = 520; // so that the weeks of changes are not wrong too
  if (const auto arrivals = root.needed("arrivals_per_week", arrivals_form))
    scenario.arrivals_hundredths_per_week = arrivals->hundredths();
  if (const auto length = root.needed("length_days", lengths_form)) scenario.length = lengths_of(*length);
  if (const auto order = root.member("order")) scenario.order = order->order();
  if (const auto dial = root.member("dial")) scenario.dial = dial->dial();
  if (const auto patience = root.member("patience_days")) scenario.patience = lengths_of(*patience);
  scenario.declines_permille = 10 * root.number_or("declines_percent", 0, {0, 100});
  if (const auto answer = root.member("answer_days")) scenario.answer = lengths_of(*answer);
  scenario.leave_weeks_a_year = root.number_or("leave_weeks_a_year", 0, {0, 26});
  if (const auto changes = root.member("changes")) Changes(workers, scenario).read(*changes);
  return out;
}

std::string problems_text(const std::vector<ScenarioProblem>& problems) {
  std::string out;
  for (const ScenarioProblem& problem : problems) {
    out += problem.pointer.empty() ? "the whole file" : problem.pointer;
    out += ": expected ";
    out += problem.expected;
    out += ", found ";
    out += problem.found;
    out += "\n";
  }
  return out;
}

std::string scenario_members_text() {
  struct Member {
    std::string_view name{};
    std::string_view form{};
  };
  constexpr Member members[]{
      {"weeks", "required  a whole number from 1 to 520"},
      {"arrivals_per_week", "required  a number, with two decimals at most"},
      {"length_days",
       "required  of connections: {\"mean\": days}, {\"fixed\": days} or {\"listed\": [days, ...]}"},
      {"order", "          who is next: promise (unless set), arrival or closest"},
      {"patience_days",
       "          how long people wait before they leave the list, as length_days; never unless set"},
      {"declines_percent", "          of offers, 0 to 100"},
      {"answer_days", "          how long an offer takes to be answered, as length_days; at once unless set"},
      {"leave_weeks_a_year", "          of each worker, 0 to 26"},
      {"dial",
       "          0 soonest, 1 sooner, 2 balanced, 3 closer, 4 closest; no bands and no floors unless set"},
      {"changes", "          an array; each with from_week and exactly one of:"},
      {"  add_workers", "          how many; with like, places, hours_percent"},
      {"  worker_leaves", "          a worker's id"},
      {"  worker_on_leave", "          a worker's id; with until_week"},
      {"  arrivals_per_week", "          as above"},
      {"  order", "          as above; from the beginning"},
      {"  dial", "          as above; from the beginning"}};
  std::string out = "SCENARIO.json (kith match simulate)\n";
  for (const Member& member : members) {
    out += "  ";
    out += member.name;
    out.append(member.name.size() < 20 ? 20 - member.name.size() : 1, ' ');
    out += member.form;
    out += "\n";
  }
  return out;
}

} // namespace kith::matching
