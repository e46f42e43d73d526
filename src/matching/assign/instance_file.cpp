#include "matching/assign/instance_file.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/assign/instance_pairs.hpp"
#include "matching/assign/refusal.hpp"
#include "matching/engine/groups.hpp"

namespace kith::matching {
namespace {

using record::JsonValue;

constexpr std::size_t people_max = 4'000'000;
constexpr std::size_t workers_max = 1'000'000;
constexpr std::size_t id_bytes_max = 200;

Result<std::string> read_id(const Where& where, const JsonValue& value) {
  if (!value.is_text() || value.text.empty() || value.text.size() > id_bytes_max ||
      !clean_text(value.text, false))
    return refusal(where, "an id, a text of 1 to 200 bytes without control characters", value);
  return value.text;
}

// Opaque numbers for the engine, made of the letters alone, so that a longer file leaves its ties as they
// are. Two ids that would get the same number get neighbours.
std::vector<std::uint64_t> numbers_of(const std::vector<std::string>& ids) {
  std::vector<std::uint64_t> out;
  std::vector<std::uint32_t> order;
  out.reserve(ids.size());
  order.reserve(ids.size());
  for (const std::string& id : ids) {
    std::uint64_t number = 0;
    for (const char c : id) number = mix(number, static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
    order.push_back(static_cast<std::uint32_t>(out.size()));
    out.push_back(number >> 1); // room for neighbours
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return out[a] != out[b] ? out[a] < out[b] : ids[a] < ids[b];
  });
  for (std::size_t k = 1; k < order.size(); ++k)
    if (out[order[k]] <= out[order[k - 1]]) out[order[k]] = out[order[k - 1]] + 1;
  return out;
}

// The first pass: what stands for itself.
class WhoThereIs final : public record::JsonParts {
public:
  explicit WhoThereIs(AssignInstance& out) : out_(out) {}
  Result<Wanted> wants(std::string_view member) override;
  Done take(std::size_t index, const JsonValue& value) override;
  Done finish();

private:
  Done take_person(const Where& where, const JsonValue& value);
  Done take_groups(const Where& where, const JsonValue& value);
  Done take_group(const Where& where, const JsonValue& value);
  Done take_worker(const Where& where, const JsonValue& value);
  Done take_setting(const JsonValue& value);
  void sort_groups();

  AssignInstance& out_;
  std::vector<std::string> members_{};
  std::optional<std::size_t> with_class_{}; // the first person who has one
  std::optional<std::size_t> with_bonus_{};
  std::unordered_map<std::string, std::uint32_t> groups_{}; // by id, in the order they were named
};

constexpr std::string_view needed[]{"format", "objective", "people", "workers", "pairs"};

Result<record::JsonParts::Wanted> WhoThereIs::wants(std::string_view member) {
  const bool known =
      member == "fixed" || std::find(std::begin(needed), std::end(needed), member) != std::end(needed);
  if (!known)
    return refusal(record::json_pointer(member), "format, objective, people, workers, pairs or fixed",
                   "another member");
  members_.emplace_back(member);
  if (member == "format" || member == "objective") return Wanted::value;
  return member == "people" || member == "workers" ? Wanted::items : Wanted::nothing;
}

Done WhoThereIs::take(std::size_t index, const JsonValue& value) {
  const std::string& member = members_.back();
  if (member == "people") return take_person({member, index}, value);
  if (member == "workers") return take_worker({member, index}, value);
  return take_setting(value);
}

Done WhoThereIs::take_setting(const JsonValue& value) {
  const std::string where = "/" + members_.back();
  if (members_.back() == "format") {
    if (value.text != "kith-assign/1") return refusal(where, "\"kith-assign/1\"", found_in(value));
  } else if (value.text == "weighted") {
    out_.instance.objective = engine::Objective::weighted;
  } else if (value.text != "strict") {
    return refusal(where, "\"strict\" or \"weighted\"", found_in(value));
  }
  return {};
}

Done WhoThereIs::take_person(const Where& where, const JsonValue& value) {
  if (!value.is_object()) return refusal(where, "an object", value);
  if (where.index == people_max) return too_much("assign.too_large");
  engine::InstancePerson person;
  person.order = static_cast<std::int64_t>(where.index) + 1;
  std::string id;
  for (const auto& [name, member] : value.members) {
    if (name == "id") {
      TRY_ASSIGN(id, read_id(where.at(name), member));
    } else if (name == "class") {
      TRY_ASSIGN(const std::int64_t klass, read_whole(where.at(name), member, {0, 1'023}));
      person.klass = static_cast<std::uint16_t>(klass);
      if (!with_class_) with_class_ = where.index;
    } else if (name == "order") {
      TRY_ASSIGN(person.order, read_whole(where.at(name), member, {-INT64_MAX, INT64_MAX}));
    } else if (name == "bonus") {
      TRY_ASSIGN(person.bonus, read_whole(where.at(name), member, {0, std::int64_t{1} << 40}));
      if (!with_bonus_) with_bonus_ = where.index;
    } else if (name == "group") {
      TRY(take_groups(where.at(name), member));
    } else {
      return refusal(where.at(name).text(), "id, class, order, bonus or group", "another member");
    }
  }
  if (id.empty()) return refusal(where.at("id").text(), "an id", "none");
  out_.people.push_back(std::move(id));
  out_.instance.people.push_back(person);
  return {};
}

Done WhoThereIs::take_groups(const Where& where, const JsonValue& value) {
  if (value.is_text()) return take_group(where, value);
  if (!value.is_array()) return refusal(where, "an id or a list of ids", value);
  if (value.items.size() > engine::groups_most) return refusal(where, "at most 64 groups", value);
  for (const JsonValue& item : value.items) TRY(take_group(where, item));
  return {};
}

Done WhoThereIs::take_group(const Where& where, const JsonValue& value) {
  TRY_ASSIGN(const std::string id, read_id(where, value));
  const auto person = static_cast<std::uint32_t>(where.index);
  const std::uint32_t group = groups_.emplace(id, static_cast<std::uint32_t>(groups_.size())).first->second;
  for (auto member = out_.members.rbegin(); member != out_.members.rend() && member->person == person;
       ++member)
    if (member->group == group)
      return refusal(where.text(), "each group once", record::json_text(id) + " again");
  out_.members.push_back({person, group});
  return {};
}

void WhoThereIs::sort_groups() {
  out_.groups.reserve(groups_.size());
  for (const auto& [id, group] : groups_) out_.groups.push_back(id);
  std::sort(out_.groups.begin(), out_.groups.end());
  std::vector<std::uint32_t> place(groups_.size(), 0);
  for (std::uint32_t g = 0; g < out_.groups.size(); ++g) place[groups_[out_.groups[g]]] = g;
  for (GroupMember& member : out_.members) member.group = place[member.group];
}

Done WhoThereIs::take_worker(const Where& where, const JsonValue& value) {
  if (!value.is_object()) return refusal(where, "an object", value);
  if (where.index == workers_max) return too_much("assign.too_large");
  std::string id;
  std::optional<std::int64_t> places;
  for (const auto& [name, member] : value.members) {
    if (name == "id") {
      TRY_ASSIGN(id, read_id(where.at(name), member));
    } else if (name == "places") {
      TRY_ASSIGN(places, read_whole(where.at(name), member, {0, 4'095}));
    } else if (name != "prefers") {
      return refusal(where.at(name).text(), "id, places or prefers", "another member");
    }
  }
  if (id.empty()) return refusal(where.at("id").text(), "an id", "none");
  if (!places) return refusal(where.at("places").text(), "a whole number from 0 to 4095", "none");
  out_.workers.push_back(std::move(id));
  out_.instance.workers.push_back({0, static_cast<std::uint16_t>(*places)});
  return {};
}

Done WhoThereIs::finish() {
  for (const std::string_view name : needed)
    if (std::find(members_.begin(), members_.end(), name) == members_.end())
      return refusal("/" + std::string(name), "this member", "none");
  if (out_.instance.objective == engine::Objective::strict && with_bonus_)
    return refusal(Where{"people", *with_bonus_, "bonus"}.text(), "no bonus where the objective is strict",
                   "one");
  if (out_.instance.objective == engine::Objective::weighted && with_class_)
    return refusal(Where{"people", *with_class_, "class"}.text(), "no class where the objective is weighted",
                   "one");
  sort_groups();
  const auto people = numbers_of(out_.people), workers = numbers_of(out_.workers);
  for (std::size_t i = 0; i < people.size(); ++i) out_.instance.people[i].id = people[i];
  for (std::size_t j = 0; j < workers.size(); ++j) out_.instance.workers[j].id = workers[j];
  return {};
}

} // namespace

Result<AssignInstance> read_assign_file(std::string bytes) {
  AssignInstance out;
  WhoThereIs first(out);
  TRY(read_parts(bytes, first));
  TRY(first.finish());
  TRY(read_who_with_whom(bytes, out));
  TRY(engine::validate(out.instance));
  return out;
}

} // namespace kith::matching
