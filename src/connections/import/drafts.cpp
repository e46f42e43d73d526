#include "connections/import/drafts.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "base/week.hpp"
#include "connections/import/map.hpp"

namespace kith::connections {
namespace {

bool language_tag(std::string_view tag) {
  const std::size_t first = tag.find('-') == std::string_view::npos ? tag.size() : tag.find('-');
  return first >= 2 && first <= 3 && tag.size() <= 35 &&
         std::all_of(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(first),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// What the description does not say about some fields.
bool fits(std::string_view field, const std::string& text) {
  if (field == "availability") return parse_week(text).ok();
  if (field == "email") return text.find('@') != std::string::npos && text.find(' ') == std::string::npos;
  if (field != "languages") return true;
  const auto tags = split_words(text);
  return std::all_of(tags.begin(), tags.end(), [](const std::string& tag) { return language_tag(tag); });
}

// Reads the cells of one row into a draft; says whether all of them could be read.
template <class Draft> class RowReader {
public:
  RowReader(const ImportRow& row, Date today, const std::vector<ImportField>& fields,
            ImportProblems& problems)
      : row_(row), today_(today), fields_(fields), problems_(problems) {
    draft_.file = row.file;
    draft_.line = row.line;
  }

  std::optional<Draft> read(const record::Description& record) {
    for (const ImportCell& cell : row_.cells)
      if (!extra(cell)) plain(cell, record, &draft_.record, cell.column.empty() ? nullptr : &draft_.given);
    for (const ImportField& field : fields_)
      if (field.required && std::none_of(row_.cells.begin(), row_.cells.end(),
                                         [&](const ImportCell& cell) { return cell.field == field.name; }))
        refuse({field.name, field.name, {}}, "nothing");
    whole();
    return refused_ ? std::nullopt : std::optional<Draft>(std::move(draft_));
  }

private:
  void refuse(const ImportCell& cell, const std::string& found) {
    const auto form = std::find_if(fields_.begin(), fields_.end(),
                                   [&](const ImportField& field) { return field.name == cell.field; });
    const std::string column = cell.column.empty() ? "default of " + cell.field : cell.column;
    problems_.add({row_.file, row_.line, column}, form == fields_.end() ? "a field" : form->form, found);
    refused_ = true;
  }

  void plain(const ImportCell& cell, const record::Description& record, void* object,
             std::vector<const record::Field*>* given) {
    const record::Field* field = record.find(cell.field);
    CHECK(field != nullptr);
    const bool today = field->kind == record::Kind::date && cell.text == "today";
    const record::ReadText read = record::read_text(*field, today ? to_text(today_) : cell.text);
    if (!read.problem.empty() || !fits(cell.field, cell.text)) return refuse(cell, cell.text);
    CHECK(field->set(object, *read.value));
    if (given) given->push_back(field);
  }

  bool extra(const ImportCell& cell); // fields that are not the record's own
  void whole() {}                     // what only several fields together tell

  const ImportRow& row_;
  Date today_{};
  const std::vector<ImportField>& fields_;
  ImportProblems& problems_;
  Draft draft_{};
  bool refused_{};
};

std::optional<Preference> read_preference(std::string_view criterion, const std::string& text) {
  const auto colon = text.find(':');
  const auto strength = record::parse_code<Strength>(trim(std::string_view(text).substr(0, colon)));
  if (!strength) return {};
  Preference preference{{}, std::string(criterion), *strength, {}};
  if (colon != std::string::npos) preference.wanted = split_words(std::string_view(text).substr(colon + 1));
  return preference;
}

template <> bool RowReader<PersonDraft>::extra(const ImportCell& cell) {
  if (cell.field == "died") {
    draft_.died = cell.text == "yes";
    if (cell.text != "yes" && cell.text != "no") refuse(cell, cell.text);
  } else if (cell.field == "consent") {
    draft_.consent = record::parse_code<Captured>(cell.text);
    if (!draft_.consent || *draft_.consent == Captured::imported) refuse(cell, cell.text);
  } else if (cell.field == "referred_on") {
    draft_.referred_on = parse_date(cell.text);
    if (!draft_.referred_on || *draft_.referred_on > today_) refuse(cell, cell.text);
  } else if (cell.field.starts_with("prefer_")) {
    const auto preference = read_preference(std::string_view(cell.field).substr(7), cell.text);
    if (preference) draft_.preferences.push_back(*preference);
    else refuse(cell, cell.text);
  } else if (referral_description().find(cell.field) && !person_description().find(cell.field)) {
    plain(cell, referral_description(), &draft_.referral, nullptr);
  } else return false;
  return true;
}

template <> void RowReader<PersonDraft>::whole() {
  const Person& person = draft_.record;
  if (person.died_on && *person.died_on > today_)
    refuse({"died_on", "died_on", {}}, to_text(*person.died_on));
  if (person.born_on && *person.born_on > today_)
    refuse({"born_on", "born_on", {}}, to_text(*person.born_on));
}

template <> bool RowReader<WorkerDraft>::extra(const ImportCell& cell) {
  if (cell.field == "places") {
    const auto places = parse_integer(cell.text);
    if (!places || *places < 0 || *places > 100) refuse(cell, cell.text);
    else draft_.places = static_cast<int>(*places);
    return true;
  }
  const bool released = cell.field == "released";
  if (!released && cell.field != "after_agreement") return false;
  const auto tags = split_words(cell.text);
  const bool codes = std::all_of(tags.begin(), tags.end(), [](const std::string& tag) {
    return record::read_text(*worker_item_description().find("tag"), tag).problem.empty();
  });
  if (!codes) refuse(cell, cell.text);
  (released ? draft_.released : draft_.after_agreement) = tags;
  return true;
}

template <class Draft>
Drafts<Draft> read_drafts(const ImportRows& rows, Date today, ImportKind kind,
                          const record::Description& record) {
  Drafts<Draft> out;
  out.refused = rows.refused;
  out.problems = rows.problems;
  const auto fields = import_fields(kind);
  std::unordered_set<std::string> keys;
  for (const ImportRow& row : rows.rows) {
    auto draft = RowReader<Draft>(row, today, fields, out.problems).read(record);
    if (draft && !keys.insert(draft->record.source_key).second) {
      out.problems.add({row.file, row.line, "source_key"}, "each key once in an import",
                       draft->record.source_key);
      draft.reset();
    }
    if (draft) out.drafts.push_back(std::move(*draft));
    else ++out.refused;
  }
  return out;
}

} // namespace

Drafts<PersonDraft> person_drafts(const ImportRows& rows, Date today) {
  return read_drafts<PersonDraft>(rows, today, ImportKind::people, person_description());
}

Drafts<WorkerDraft> worker_drafts(const ImportRows& rows, Date today) {
  return read_drafts<WorkerDraft>(rows, today, ImportKind::workers, worker_description());
}

} // namespace kith::connections
