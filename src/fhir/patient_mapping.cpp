#include "fhir/patient_mapping.hpp"

#include <optional>

#include "base/text.hpp"
#include "base/time.hpp"
#include "record/json.hpp"

namespace kith::fhir {
namespace {

using connections::ImportRow;
using connections::ImportRows;
using record::JsonValue;

// One resource being read: its row so far and where problems go.
class Entry {
public:
  Entry(ImportRows& rows, std::string_view file, std::size_t number)
      : rows_(rows), row_{std::string(file), number, {}} {}

  void put(std::string_view field, std::string_view path, std::string_view text) {
    if (!text.empty()) row_.cells.push_back({std::string(field), std::string(path), std::string(text)});
  }
  void refuse(std::string_view path, std::string_view expected, std::string_view found) {
    rows_.problems.add({row_.file, row_.line, path}, expected, found);
    refused_ = true;
  }
  void close() {
    if (refused_) ++rows_.refused;
    else rows_.rows.push_back(std::move(row_));
  }

private:
  ImportRows& rows_;
  ImportRow row_{};
  bool refused_{};
};

std::string_view kind_of(const JsonValue& value) {
  static constexpr std::string_view names[] = {"null",   "a boolean", "a number",
                                               "a text", "a list",    "an object"};
  return names[static_cast<std::size_t>(value.kind)];
}

// A member that must be a text when it is there.
std::string text_at(Entry& entry, const JsonValue& object, std::string_view name, std::string_view path) {
  const JsonValue* member = object.find(name);
  if (!member) return {};
  if (member->is_text()) return member->text;
  entry.refuse(path, "a text", kind_of(*member));
  return {};
}

const std::vector<JsonValue>& list_at(Entry& entry, const JsonValue& object, std::string_view name,
                                      std::string_view path) {
  static const std::vector<JsonValue> none{};
  const JsonValue* member = object.find(name);
  if (!member) return none;
  if (member->is_array()) return member->items;
  entry.refuse(path, "a list", kind_of(*member));
  return none;
}

const JsonValue* name_with_use(const std::vector<JsonValue>& names, std::string_view use) {
  for (const JsonValue& name : names)
    if (name.is_object() && name.text_of("use") == use) return &name;
  return nullptr;
}

// The name somebody goes by, before the one on paper; never a name they left behind, while another is there.
const JsonValue* best_name(const std::vector<JsonValue>& names) {
  for (const std::string_view use : {"usual", "official", "", "nickname", "temp", "maiden", "old"})
    if (const JsonValue* name = name_with_use(names, use)) return name;
  return nullptr;
}

void read_name(Entry& entry, const JsonValue& resource) {
  const JsonValue* name = best_name(list_at(entry, resource, "name", "Patient.name"));
  if (!name) {
    entry.refuse("Patient.name", "a name with given, family or text", "none");
    return;
  }
  std::vector<std::string> given;
  for (const JsonValue& part : list_at(entry, *name, "given", "Patient.name.given"))
    if (part.is_text()) given.push_back(part.text);
    else entry.refuse("Patient.name.given", "a text", kind_of(part));
  const std::string family = text_at(entry, *name, "family", "Patient.name.family");
  const std::string whole = text_at(entry, *name, "text", "Patient.name.text");
  if (!given.empty()) {
    entry.put("chosen_name", "Patient.name.given", join(given, " "));
    entry.put("family_name", "Patient.name.family", family);
  } else {
    entry.put("chosen_name", "Patient.name", whole.empty() ? family : whole);
  }
}

void read_gender(Entry& entry, const JsonValue& resource) {
  const std::string gender = text_at(entry, resource, "gender", "Patient.gender");
  if (gender == "male") entry.put("gender", "Patient.gender", "man");
  else if (gender == "female") entry.put("gender", "Patient.gender", "woman");
  else if (gender == "other") entry.put("gender", "Patient.gender", "other");
  else if (!gender.empty() && gender != "unknown")
    entry.refuse("Patient.gender", "male, female, other or unknown", gender);
}

// "en-US" -> "en", "zh-Hant-TW" -> "zh-Hant": people and workers share a language whatever the country.
std::string without_region(std::string_view tag) {
  const auto parts = split(tag, '-');
  const bool script = parts.size() > 1 && parts[1].size() == 4;
  return script ? ascii_lower(parts[0]) + "-" + parts[1] : ascii_lower(parts[0]);
}

void read_languages(Entry& entry, const JsonValue& resource) {
  constexpr std::string_view path = "Patient.communication.language";
  std::vector<std::string> preferred, others;
  for (const JsonValue& communication : list_at(entry, resource, "communication", "Patient.communication")) {
    const JsonValue* concept_ = communication.find("language");
    if (!concept_ || !concept_->is_object()) {
      entry.refuse(path, "a language with a code", concept_ ? kind_of(*concept_) : "none");
      continue;
    }
    std::string code;
    for (const JsonValue& coding : list_at(entry, *concept_, "coding", path))
      if (code.empty()) code = coding.text_of("code");
    if (code.empty() || code.size() > 35) {
      entry.refuse(path, "a BCP 47 code such as en", code.empty() ? concept_->text_of("text") : code);
      continue;
    }
    const JsonValue* first = communication.find("preferred");
    (first && first->boolean ? preferred : others).push_back(without_region(code));
  }
  preferred.insert(preferred.end(), others.begin(), others.end());
  entry.put("languages", path, join(preferred, " "));
}

// "1987-10-19T14:38:07+00:00": the day as written, where the person was.
void read_death(Entry& entry, const JsonValue& resource) {
  if (const JsonValue* dead = resource.find("deceasedBoolean")) {
    if (dead->kind != JsonValue::Kind::boolean)
      entry.refuse("Patient.deceasedBoolean", "true or false", kind_of(*dead));
    else if (dead->boolean) entry.put("died", "Patient.deceasedBoolean", "yes");
  }
  const std::string at = text_at(entry, resource, "deceasedDateTime", "Patient.deceasedDateTime");
  if (at.empty()) return;
  const std::string_view day = std::string_view(at).substr(0, at.find('T'));
  if (parse_date(day)) entry.put("died_on", "Patient.deceasedDateTime", day);
  else if (day.size() == 4 || day.size() == 7) entry.put("died", "Patient.deceasedDateTime", "yes");
  else entry.refuse("Patient.deceasedDateTime", "a date like 2026-12-31", at);
}

void read_birth(Entry& entry, const JsonValue& resource) {
  const std::string on = text_at(entry, resource, "birthDate", "Patient.birthDate");
  if (on.empty() || parse_date(on)) entry.put("born_on", "Patient.birthDate", on);
  else entry.refuse("Patient.birthDate", "a whole date like 1986-11-28, from 1900 on", on);
}

void read_town(Entry& entry, const JsonValue& resource) {
  const JsonValue* chosen = nullptr;
  for (const JsonValue& address : list_at(entry, resource, "address", "Patient.address")) {
    if (!address.is_object() || address.text_of("use") == "old") continue;
    if (!chosen || (address.text_of("use") == "home" && chosen->text_of("use") != "home")) chosen = &address;
  }
  if (chosen)
    entry.put("area", "Patient.address.city", text_at(entry, *chosen, "city", "Patient.address.city"));
}

// The first identifier with a system and a value, otherwise the id: the same record again is the same person.
void read_key(Entry& entry, const JsonValue& resource) {
  for (const JsonValue& identifier : list_at(entry, resource, "identifier", "Patient.identifier")) {
    const std::string_view system = identifier.text_of("system"), value = identifier.text_of("value");
    if (system.empty() || value.empty() || identifier.text_of("use") == "old") continue;
    entry.put("source_key", "Patient.identifier", "fhir:" + std::string(system) + "|" + std::string(value));
    return;
  }
  const std::string id = text_at(entry, resource, "id", "Patient.id");
  if (id.empty()) entry.refuse("Patient.identifier", "an identifier with system and value, or an id", "none");
  else entry.put("source_key", "Patient.id", "fhir:|" + id);
}

void read_resource(ImportRows& rows, std::string_view file, std::size_t number, const JsonValue& resource) {
  if (resource.text_of("resourceType") != "Patient") {
    ++rows.passed_over;
    return;
  }
  Entry entry(rows, file, number);
  read_key(entry, resource);
  read_name(entry, resource);
  read_birth(entry, resource);
  read_gender(entry, resource);
  read_town(entry, resource);
  read_languages(entry, resource);
  read_death(entry, resource);
  entry.close();
}

void unusable(ImportRows& rows, std::string_view file, std::string_view expected, std::string_view found) {
  rows.problems.add({file, 1, ""}, expected, found);
  rows.unusable = true;
}

} // namespace

ImportRows read_people(std::string_view file, std::string_view bytes) {
  ImportRows rows;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const Result<JsonValue> root = record::parse_json(bytes);
  if (!root.ok()) {
    unusable(rows, file, "FHIR R4 as JSON", root.failure().code);
    return rows;
  }
  const std::string_view type = root->text_of("resourceType");
  if (type == "Patient") {
    read_resource(rows, file, 1, root.value());
    return rows;
  }
  const JsonValue* entries = root->find("entry");
  if (type != "Bundle" || (entries && !entries->is_array())) {
    unusable(rows, file, "a Bundle or a Patient", type.empty() ? "no resourceType" : type);
    return rows;
  }
  for (std::size_t i = 0; entries && i < entries->items.size(); ++i) {
    const JsonValue* resource = entries->items[i].find("resource");
    if (resource && resource->is_object()) {
      read_resource(rows, file, i + 1, *resource);
    } else {
      rows.problems.add({file, i + 1, "Bundle.entry.resource"}, "a resource", "none");
      ++rows.refused;
    }
  }
  return rows;
}

} // namespace kith::fhir
