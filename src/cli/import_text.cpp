#include "cli/import_text.hpp"

#include <algorithm>
#include <cstdio>

#include "base/time.hpp"
#include "record/json.hpp"

namespace kith::cli {
namespace {

constexpr std::size_t places_shown = 5;

std::string line(const std::string& words, std::size_t count) {
  char text[96];
  std::snprintf(text, sizeof text, "  %-44s %7zu\n", words.c_str(), count);
  return text;
}
std::string line_if(const std::string& words, std::size_t count) {
  return count == 0 ? "" : line(words, count);
}

std::string counts(const std::string& heading, const std::vector<connections::ImportCount>& all) {
  if (all.empty()) return {};
  std::string text = "\n" + heading + "\n";
  for (const auto& one : all) text += line(one.name, one.count);
  return text;
}

std::string namesakes_text(const std::vector<connections::ImportCount>& rows) {
  if (rows.empty()) return {};
  std::string text = "\nSomebody here has the same name and birth date; look before you write\n ";
  for (std::size_t i = 0; i < std::min(rows.size(), places_shown); ++i) text += " " + rows[i].name;
  if (rows.size() > places_shown) text += " and " + std::to_string(rows.size() - places_shown) + " more rows";
  return text + "\n";
}

void put_counts(record::JsonWriter& json, const char* name,
                const std::vector<connections::ImportCount>& all) {
  json.key(name).begin_object();
  for (const auto& one : all) json.member(one.name, static_cast<std::int64_t>(one.count));
  json.end_object();
}

} // namespace

std::string problems_text(const connections::ImportProblems& problems) {
  std::string text;
  for (const auto& problem : problems.all()) {
    text +=
        "  " + (problem.column.empty() ? "" : problem.column + ": ") + "expected " + problem.expected + "\n";
    for (std::size_t i = 0; i < std::min(problem.places.size(), places_shown); ++i) {
      const auto& place = problem.places[i];
      text += "    " + place.file + ":" + std::to_string(place.line) +
              (place.found.empty() ? "" : " found \"" + place.found + "\"") + "\n";
    }
    if (problem.places.size() > places_shown)
      text += "    and " + std::to_string(problem.places.size() - places_shown) + " more\n";
  }
  return text;
}

std::string outcome_text(const ImportOutcome& outcome, const ImportContext& context) {
  const auto& report = outcome.report;
  std::string text = outcome.written ? "Written.\n" : "Dry run: nothing is written. --commit writes.\n";
  text += line("rows read", outcome.rows);
  text += line("made", report.made) + line_if("changed", report.changed) +
          line_if("the same as here", report.same);
  text += line_if("recorded as having died", report.died);
  text += line_if("left out: died, the day is not known", report.left_out);
  if (context.refer) {
    text += line("on the waiting list", report.referred);
    text += line_if("not referred: no consent recorded", report.without_consent);
    text += line_if("not referred again", report.referred_before);
  }
  text += line_if("rows refused", outcome.refused);
  text += line_if("other entries passed over", context.passed_over);
  text += counts("Fields that change", report.fields);
  text += counts("Not known; until then nobody can be offered, or fewer", report.not_known);
  text += namesakes_text(report.namesakes);
  if (!context.defaults.empty()) {
    text += "\nFor every new row that says nothing else\n";
    for (const auto& given : context.defaults) text += "  " + given.field + " = " + given.text + "\n";
  }
  if (!context.ignored.empty()) {
    text += "\nColumns nothing is taken from\n ";
    for (std::size_t i = 0; i < context.ignored.size(); ++i) text += (i ? ", " : " ") + context.ignored[i];
    text += "\n";
  }
  if (!outcome.problems.empty()) text += "\nRefused\n" + problems_text(outcome.problems);
  if (!report.batch.empty())
    text += "\nThis is batch " + report.batch.text() + ". kith import undo takes it back.\n";
  return text;
}

std::string outcome_json(const ImportOutcome& outcome) {
  const auto& report = outcome.report;
  record::JsonWriter json;
  const auto number = [&](const char* name, std::size_t count) {
    json.member(name, static_cast<std::int64_t>(count));
  };
  json.begin_object().member("written", outcome.written).member("batch", report.batch.text());
  number("rows", outcome.rows);
  number("refused", outcome.refused);
  number("made", report.made);
  number("changed", report.changed);
  number("same", report.same);
  number("died", report.died);
  number("left_out", report.left_out);
  number("referred", report.referred);
  number("without_consent", report.without_consent);
  number("referred_before", report.referred_before);
  put_counts(json, "fields", report.fields);
  put_counts(json, "not_known", report.not_known);
  json.key("problems").begin_array();
  for (const auto& problem : outcome.problems.all()) {
    json.begin_object().member("column", problem.column).member("expected", problem.expected);
    json.key("places").begin_array();
    for (const auto& place : problem.places)
      json.begin_object()
          .member("file", place.file)
          .member("row", static_cast<std::int64_t>(place.line))
          .member("found", place.found)
          .end_object();
    json.end_array().end_object();
  }
  return json.end_array().end_object().take() + "\n";
}

std::string undo_text(const connections::UndoReport& report, bool written) {
  return (written ? "Taken back.\n" : "Dry run: nothing is written. --commit writes.\n") +
         line("removed", report.removed) + line_if("referral withdrawn, record emptied", report.emptied) +
         line_if("put back as they stood", report.restored) +
         line_if("kept: changed or taken up since", report.kept);
}

std::string batches_text(const std::vector<connections::ListedBatch>& batches) {
  if (batches.empty()) return "Nothing has been imported.\n";
  std::string text;
  for (const auto& listed : batches)
    text += listed.batch.id.text() + "  " + to_text(listed.batch.made_at) + "  " + listed.batch.kind + ": " +
            std::to_string(listed.made) + " made, " + std::to_string(listed.changed) + " changed" +
            (listed.batch.undone_at ? ", taken back" : "") + "\n";
  return text;
}

int print_columns(const std::vector<connections::ImportField>& fields) {
  for (const auto& field : fields)
    std::printf("%-20s %s%s\n", field.name.c_str(), field.required ? "required; " : "", field.form.c_str());
  return 0;
}

} // namespace kith::cli
