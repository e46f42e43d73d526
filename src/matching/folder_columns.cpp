#include "matching/folder_columns.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "matching/folder.hpp"

namespace kith::matching {
namespace {

constexpr std::string_view text_form = "text";
constexpr std::string_view codes_form = "codes, separated by ;";
constexpr std::string_view ids_form = "ids, separated by ;";
constexpr std::string_view yes_form = "yes or no";
constexpr std::string_view date_form = "a date like 2026-11-24";
constexpr std::string_view week_form = "times like mon 09:00-12:00; tue 17:00-20:00, or any";
constexpr std::string_view metres_form = "whole metres";
constexpr std::string_view places_form = "a whole number from 0 to 4095";
constexpr std::string_view age_form = "a whole number from 0 to 130";
constexpr std::string_view wish_form =
    "must, matters, a_little, no_view or avoid, then if wanted : and values separated by ;";
constexpr std::string_view items_form =
    "tag:level separated by ; with level private, supervisor, after_agreement, "
    "matcher_only or released";

std::vector<std::string> parts_of(std::string_view cell) {
  std::vector<std::string> out;
  for (const std::string& part : split(cell, ';'))
    if (!trim(part).empty()) out.emplace_back(trim(part));
  return out;
}

bool read_codes(const std::string& cell, std::optional<Codes>& out) {
  out = codes(parts_of(cell));
  return true;
}
bool read_codes(const std::string& cell, Codes& out) {
  out = codes(parts_of(cell));
  return true;
}
bool read_ids(const std::string& cell, std::vector<RawId>& out) {
  for (const std::string& part : parts_of(cell)) out.push_back(folder_id(part));
  return true;
}
std::optional<bool> yes_or_no(const std::string& cell) {
  if (cell == "yes") return true;
  if (cell == "no") return false;
  return std::nullopt;
}
bool read_yes(const std::string& cell, bool& out) {
  const auto value = yes_or_no(cell);
  out = value.value_or(out);
  return value.has_value();
}
bool read_yes(const std::string& cell, std::optional<bool>& out) {
  out = yes_or_no(cell);
  return out.has_value();
}
template <class Kept> bool read_date(const std::string& cell, Kept& out) {
  const auto date = parse_date(cell);
  if (date) out = *date;
  return date.has_value();
}

struct Range {
  std::int64_t least{};
  std::int64_t most{};
};
template <class Kept> bool read_number(const std::string& cell, Kept& out, Range range) {
  const auto value = parse_integer(cell);
  if (!value || *value < range.least || *value > range.most) return false;
  out = static_cast<std::int32_t>(*value);
  return true;
}
constexpr Range plane{-1'000'000'000, 1'000'000'000};
constexpr Range travel{0, 1'000'000'000};
constexpr Range ages{0, 130};
constexpr Range place_counts{0, 4'095};

bool read_week(const std::string& cell, std::optional<WeekMask>& out) {
  const Result<WeekMask> mask = parse_week(cell);
  if (mask.ok()) out = *mask;
  return mask.ok();
}

bool is_age_band(const std::string& band) {
  const std::vector<std::string> ends = split(band, '-');
  if (ends.size() != 2) return false;
  const auto least = parse_integer(ends[0]), most = parse_integer(ends[1]);
  return least && most && *least >= 0 && *most >= *least && *most <= 130;
}

bool read_wish(const std::string& cell, Criterion criterion, Wishes& out) {
  const auto colon = cell.find(':');
  const auto strength = strength_named(trim(std::string_view(cell).substr(0, colon)));
  if (!strength) return false;
  Wish wish{criterion, *strength, {}};
  if (colon != std::string::npos) wish.wanted = codes(parts_of(std::string_view(cell).substr(colon + 1)));
  if (criterion == Criterion::age && !std::all_of(wish.wanted.begin(), wish.wanted.end(), is_age_band))
    return false;
  if (criterion == Criterion::times &&
      !std::all_of(wish.wanted.begin(), wish.wanted.end(), [](auto& text) { return parse_week(text).ok(); }))
    return false;
  out.push_back(std::move(wish));
  return true;
}
template <class Row, Criterion criterion> bool wish_cell(const std::string& cell, Row& row) {
  return read_wish(cell, criterion, row.profile.wishes);
}

bool read_items(const std::string& cell, std::vector<ExperienceItem>& out) {
  for (const std::string& part : parts_of(cell)) {
    const std::vector<std::string> halves = split(part, ':');
    if (halves.size() != 2 || halves[0].empty()) return false;
    constexpr std::string_view levels[]{"private", "supervisor", "after_agreement", "matcher_only",
                                        "released"};
    const auto level = std::find(std::begin(levels), std::end(levels), trim(halves[1]));
    if (level == std::end(levels)) return false;
    out.push_back({std::string(trim(halves[0])), static_cast<Release>(level - std::begin(levels))});
  }
  return true;
}

// A cell's reader written where its column stands: CELL is the text, ROW the row so far.
// NOLINTBEGIN(bugprone-macro-parentheses): Row is a type
#define READ(Row, expression)                                                                                \
  [](const std::string& cell, Row& row) -> bool {                                                            \
    auto& p = row.profile;                                                                                   \
    static_cast<void>(p);                                                                                    \
    return expression;                                                                                       \
  }
// NOLINTEND(bugprone-macro-parentheses)
#define TRAIT_COLUMNS(Row)                                                                                   \
  {"languages", false, codes_form, READ(Row, read_codes(cell, p.traits.languages))},                         \
      {"interpreter", false, yes_form, READ(Row, read_yes(cell, p.traits.accepts_interpreter))},             \
      {"in_person", false, yes_form, READ(Row, read_yes(cell, p.traits.in_person))},                         \
      {"remote", false, yes_form, READ(Row, read_yes(cell, p.traits.remote))},                               \
      {"east_m", false, metres_form, READ(Row, read_number(cell, row.east, plane))},                         \
      {"north_m", false, metres_form, READ(Row, read_number(cell, row.north, plane))},                       \
      {"range_m", false, metres_form, READ(Row, read_number(cell, p.traits.range_metres, travel))},          \
      {"available", false, week_form, READ(Row, read_week(cell, p.traits.availability))},                    \
      {"genders", false, codes_form, READ(Row, read_codes(cell, p.traits.genders))},                         \
      {"cultures", false, codes_form, READ(Row, read_codes(cell, p.traits.cultures))},                       \
      {"age", false, age_form, READ(Row, read_number(cell, p.traits.age, ages))},                            \
      {"interests", false, codes_form, READ(Row, read_codes(cell, p.traits.interests))}, {                   \
    "organisation", false, text_form, READ(Row, (p.traits.organisation = cell, true))                        \
  }
#define WISH_COLUMNS(Row)                                                                                    \
  {"want_language", false, wish_form, wish_cell<Row, Criterion::language>},                                  \
      {"want_experience", false, wish_form, wish_cell<Row, Criterion::experience>},                          \
      {"want_interests", false, wish_form, wish_cell<Row, Criterion::interests>},                            \
      {"want_gender", false, wish_form, wish_cell<Row, Criterion::gender>},                                  \
      {"want_culture", false, wish_form, wish_cell<Row, Criterion::culture>},                                \
      {"want_age", false, wish_form, wish_cell<Row, Criterion::age>},                                        \
      {"want_times", false, wish_form, wish_cell<Row, Criterion::times>},                                    \
      {"want_nearness", false, wish_form, wish_cell<Row, Criterion::nearness>}, {                            \
    "want_organisation", false, wish_form, wish_cell<Row, Criterion::organisation>                           \
  }

constexpr FolderColumn<PersonRow> person_table[]{
    {"id", true, "any text, once", READ(PersonRow, (row.id = cell, p.id = folder_id(cell), true))},
    {"name", false, "chosen name", READ(PersonRow, (row.name = cell, true))},
    {"consent", true, yes_form, READ(PersonRow, read_yes(cell, p.consents_to_matching))},
    {"waiting_on", true, date_form, READ(PersonRow, read_date(cell, p.waiting_on))},
    {"promise_on", false, date_form, READ(PersonRow, read_date(cell, p.promise_on))},
    {"triage_reason", false, "a code of criteria.json", READ(PersonRow, (p.triage_reason = cell, true))},
    {"setting", false, "ward, community or lone", READ(PersonRow, (p.setting = cell, true))},
    TRAIT_COLUMNS(PersonRow),
    {"experience", false, codes_form, READ(PersonRow, read_codes(cell, p.experience))},
    WISH_COLUMNS(PersonRow),
    {"declined", false, ids_form, READ(PersonRow, read_ids(cell, p.declined))},
    {"open_offers", false, ids_form, READ(PersonRow, read_ids(cell, p.open_offers))},
    {"earlier_good", false, ids_form, READ(PersonRow, read_ids(cell, p.earlier_good))},
    {"diagnosis", false, "read past, never used", [](const std::string&, PersonRow&) { return true; }},
};

constexpr FolderColumn<WorkerRow> worker_table[]{
    {"id", true, "any text, once", READ(WorkerRow, (row.id = cell, p.id = folder_id(cell), true))},
    {"name", false, "chosen name", READ(WorkerRow, (row.name = cell, true))},
    {"active", false, yes_form, READ(WorkerRow, read_yes(cell, p.active))},
    {"on_leave", false, yes_form, READ(WorkerRow, read_yes(cell, p.on_leave))},
    {"back_on", false, date_form, READ(WorkerRow, read_date(cell, p.back_on))},
    {"willing_on", true, date_form, READ(WorkerRow, read_date(cell, p.willing_on))},
    {"settings_willing", false, codes_form, READ(WorkerRow, read_codes(cell, p.settings_willing))},
    {"settings_cleared", false, codes_form, READ(WorkerRow, read_codes(cell, p.settings_cleared))},
    {"places_agreed", true, places_form, READ(WorkerRow, read_number(cell, p.places_agreed, place_counts))},
    {"places_live", false, places_form, READ(WorkerRow, read_number(cell, p.places_live, place_counts))},
    {"places_reserved", false, places_form,
     READ(WorkerRow, read_number(cell, p.places_reserved, place_counts))},
    {"room_on", false, date_form, READ(WorkerRow, read_date(cell, p.room_on))},
    TRAIT_COLUMNS(WorkerRow),
    {"experience", false, items_form, READ(WorkerRow, read_items(cell, p.experience))},
    WISH_COLUMNS(WorkerRow),
    {"only_genders", false, codes_form, READ(WorkerRow, read_codes(cell, p.boundaries.only_genders))},
    {"age_least", false, age_form, READ(WorkerRow, read_number(cell, p.boundaries.age_least, ages))},
    {"age_most", false, age_form, READ(WorkerRow, read_number(cell, p.boundaries.age_most, ages))},
    {"not_experience", false, codes_form, READ(WorkerRow, read_codes(cell, p.boundaries.not_experience))},
    {"not_cultures", false, codes_form, READ(WorkerRow, read_codes(cell, p.boundaries.not_cultures))},
    {"not_settings", false, codes_form, READ(WorkerRow, read_codes(cell, p.boundaries.not_settings))},
};

#undef READ
#undef TRAIT_COLUMNS
#undef WISH_COLUMNS

} // namespace

std::span<const FolderColumn<PersonRow>> person_columns() { return person_table; }
std::span<const FolderColumn<WorkerRow>> worker_columns() { return worker_table; }

} // namespace kith::matching
