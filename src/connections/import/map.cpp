#include "connections/import/map.hpp"

#include <toml++/toml.h>

#include <algorithm>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "connections/referral.hpp"
#include "people/preference.hpp"
#include "workforce/worker.hpp"

namespace kith::connections {
namespace {

std::string listed(std::span<const std::string_view> codes) {
  std::string out;
  for (const std::string_view code : codes) out += (out.empty() ? "" : ", ") + std::string(code);
  return out;
}

std::string form_of(const record::Field& field) {
  using record::Kind;
  if (field.name == "availability") return "weekly times like tue 17:00-20:00; wed 09:00-12:00";
  if (field.name == "languages") return "BCP 47 codes separated by spaces, like en ti";
  if (field.kind == Kind::code) return "one of " + listed(field.options.codes);
  if (field.kind == Kind::codes && !field.options.codes.empty())
    return "some of " + listed(field.options.codes) + ", separated by spaces";
  if (field.kind == Kind::codes) return "codes separated by spaces";
  if (field.kind == Kind::date) return "a date like 2026-11-24";
  if (field.kind == Kind::boolean) return "yes or no";
  if (field.kind == Kind::integer)
    return "a whole number" + std::string(field.name.ends_with("_m") ? " of metres" : "");
  return "text of at most " + std::to_string(field.options.length_max) + " characters";
}

// Set by kith itself, or too easily set by mistake for everybody at once.
bool ours_alone(std::string_view name) {
  static constexpr std::string_view names[] = {"id",          "version",    "name_key",
                                               "name_folded", "created_at", "safety_mode"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

Failure map_failure(const std::string& what) {
  Failure failure = invalid("import.map");
  failure.arguments = {what};
  return failure;
}

bool known_field(ImportKind kind, std::string_view name) {
  const auto fields = import_fields(kind);
  return std::any_of(fields.begin(), fields.end(), [&](const ImportField& f) { return f.name == name; });
}

std::string place_of(const toml::node& node) { return "line " + std::to_string(node.source().begin.line); }

// Reads one map out of its parsed file; the first thing wrong is the failure.
class MapReader {
public:
  explicit MapReader(ImportKind kind) : kind_(kind) {}

  Result<ImportMap> read(const toml::table& file) {
    static constexpr std::string_view known[] = {"source",     "columns", "defaults",
                                                 "separators", "values",  "codes_from"};
    for (const auto& [key, node] : file)
      if (std::find(std::begin(known), std::end(known), key.str()) == std::end(known))
        wrong(node, "no setting is called " + std::string(key.str()) + "; there are " + listed(known));
    map_.source = file["source"].value_or(std::string());
    if (map_.source.empty()) wrong(file, "source = \"…\" must name where the file comes from");
    each(file["columns"], [&](const std::string& field, const toml::node& node) { column(field, node); });
    texts(file["defaults"], map_.defaults);
    texts(file["separators"], map_.separators);
    each(file["values"], [&](const std::string& field, const toml::node& node) { meanings(field, node); });
    if (const toml::array* fields = file["codes_from"].as_array())
      for (const toml::node& node : *fields) {
        map_.codes_from.push_back(node.value_or(std::string()));
        check_field(map_.codes_from.back(), node);
      }
    if (map_.columns.empty()) wrong(file, "[columns] must name at least one column");
    if (problem_.empty()) return std::move(map_);
    return map_failure(problem_);
  }

private:
  void wrong(const toml::node& node, const std::string& what) {
    if (problem_.empty()) problem_ = place_of(node) + ": " + what;
  }
  void check_field(const std::string& field, const toml::node& node) {
    if (!known_field(kind_, field))
      wrong(node, "\"" + field + "\" is no field of this import; see kith import --columns");
  }
  template <class Node, class Each> void each(Node&& node, const Each& use) {
    if (!node) return;
    if (const toml::table* table = node.as_table()) {
      for (const auto& [key, value] : *table) {
        check_field(std::string(key.str()), value);
        use(std::string(key.str()), value);
      }
    } else wrong(*node.node(), "a table of fields is expected here");
  }
  template <class Node> void texts(Node&& node, std::vector<ImportDefault>& out) {
    each(node, [&](const std::string& field, const toml::node& value) {
      if (const auto text = value.value<std::string>()) out.push_back({field, *text});
      else wrong(value, "a text in quotes is expected here");
    });
  }
  void column(const std::string& field, const toml::node& node) {
    ImportColumn column{field, {}};
    if (const auto one = node.value<std::string>()) column.columns.push_back(*one);
    if (const toml::array* several = node.as_array())
      for (const toml::node& part : *several) column.columns.push_back(part.value_or(std::string()));
    if (column.columns.empty()) wrong(node, "a column's name, or a list of names, is expected here");
    map_.columns.push_back(std::move(column));
  }
  void meanings(const std::string& field, const toml::node& node) {
    const toml::table* table = node.as_table();
    if (!table) return wrong(node, "a table of what a cell says and what it means is expected here");
    for (const auto& [found, meaning] : *table)
      if (const auto text = meaning.value<std::string>())
        map_.meanings.push_back({field, std::string(found.str()), *text});
      else wrong(meaning, "a text in quotes is expected here");
  }

  ImportKind kind_{};
  ImportMap map_{};
  std::string problem_{};
};

std::string as_code(std::string_view words) {
  std::string code;
  for (const char raw : ascii_lower(trim(words))) {
    const bool keep = (raw >= 'a' && raw <= 'z') || (raw >= '0' && raw <= '9') || (raw & 0x80);
    if (keep) code += raw;
    else if (!code.empty() && code.back() != '_') code += '_';
  }
  while (!code.empty() && code.back() == '_') code.pop_back();
  return code;
}

// What a cell's words mean under this map.
std::string meaning_of(const ImportMap& map, const std::string& field, const std::string& text) {
  const auto one = [&](std::string_view words) {
    const std::string_view trimmed = trim(words);
    for (const ImportMeaning& meaning : map.meanings)
      if (meaning.field == field && meaning.found == trimmed) return meaning.text;
    const bool code = std::find(map.codes_from.begin(), map.codes_from.end(), field) != map.codes_from.end();
    return code ? as_code(trimmed) : std::string(trimmed);
  };
  for (const ImportDefault& separator : map.separators) {
    if (separator.field != field || separator.text.size() != 1) continue;
    std::vector<std::string> parts;
    for (const std::string& part : split(text, separator.text[0]))
      if (!trim(part).empty()) parts.push_back(one(part));
    return join(parts, " ");
  }
  return one(text);
}

std::string words_of_failure(const std::string& code) {
  if (code == "csv.encoding") return "UTF-8, or UTF-16 with a byte-order mark";
  if (code == "csv.empty") return "a heading and rows";
  if (code == "csv.quote") return "quotation marks in pairs";
  if (code == "csv.cell_too_long") return "cells of at most 32 KiB";
  if (code == "csv.columns") return "at most 512 columns";
  return "at most 1,000,000 rows";
}

// One file read by a map.
class CsvImport {
public:
  CsvImport(const ImportMap& map, ImportKind kind, std::string_view file)
      : map_(map), kind_(kind), file_(file) {}

  CsvRows read(std::string bytes) {
    Result<CsvReader> reader = CsvReader::open(std::move(bytes));
    if (!reader.ok()) {
      unusable(1, "", words_of_failure(reader.failure().code), "");
      return std::move(out_);
    }
    const Result<CsvRow> heading = reader->next();
    if (!heading.ok()) unusable(1, "", words_of_failure(heading.failure().code), "");
    else if (take_heading(heading.value())) take_rows(reader.value());
    return std::move(out_);
  }

private:
  struct Source {
    std::string field{};
    std::vector<std::size_t> columns{};
    std::string name{};
  };

  void unusable(std::size_t line, std::string_view column, std::string_view expected,
                std::string_view found) {
    out_.rows.problems.add({file_, line, column}, expected, found);
    out_.rows.unusable = true;
  }

  bool take_heading(const CsvRow& heading) {
    std::vector<bool> used(heading.cells.size());
    const auto take = [&](const std::string& field, const std::vector<std::string>& names) {
      Source source{field, {}, join(names, " + ")};
      for (const std::string& name : names) {
        const auto at = std::find_if(heading.cells.begin(), heading.cells.end(),
                                     [&](const std::string& cell) { return trim(cell) == name; });
        if (at == heading.cells.end()) unusable(heading.line, name, "this column", "none");
        else {
          source.columns.push_back(static_cast<std::size_t>(at - heading.cells.begin()));
          used[source.columns.back()] = true;
        }
      }
      sources_.push_back(std::move(source));
    };
    for (const ImportColumn& column : map_.columns) take(column.field, column.columns);
    if (map_.by_field_name)
      for (const ImportField& field : import_fields(kind_)) {
        const bool there = std::any_of(heading.cells.begin(), heading.cells.end(),
                                       [&](const std::string& cell) { return trim(cell) == field.name; });
        if (there || field.required) take(field.name, {field.name});
      }
    for (std::size_t c = 0; c < used.size(); ++c)
      if (!used[c]) out_.ignored.emplace_back(trim(heading.cells[c]));
    columns_ = heading.cells.size();
    return !out_.rows.unusable;
  }

  void take_rows(CsvReader& reader) {
    for (;;) {
      const Result<CsvRow> row = reader.next();
      if (!row.ok()) {
        const auto& where = row.failure().arguments;
        const auto line = where.empty() ? std::nullopt : parse_integer(where[0]);
        return unusable(static_cast<std::size_t>(line.value_or(1)), "", words_of_failure(row.failure().code),
                        "");
      }
      if (row->cells.empty()) return;
      if (row->cells.size() == 1 && trim(row->cells[0]).empty()) continue;
      if (row->cells.size() != columns_) {
        out_.rows.problems.add({file_, row->line, ""}, std::to_string(columns_) + " cells, as in the heading",
                               std::to_string(row->cells.size()));
        ++out_.rows.refused;
        continue;
      }
      out_.rows.rows.push_back(read_row(row.value()));
    }
  }

  ImportRow read_row(const CsvRow& cells) const {
    ImportRow row{std::string(file_), cells.line, {}};
    for (const Source& source : sources_) {
      std::vector<std::string> parts;
      for (const std::size_t column : source.columns)
        if (!trim(cells.cells[column]).empty()) parts.emplace_back(trim(cells.cells[column]));
      if (parts.empty()) continue;
      std::string text = meaning_of(map_, source.field, join(parts, " "));
      if (source.field == "source_key") text.insert(0, map_.source + ":");
      row.cells.push_back({source.field, source.name, std::move(text)});
    }
    return row;
  }

  const ImportMap& map_;
  ImportKind kind_{};
  std::string_view file_{};
  std::vector<Source> sources_{};
  std::size_t columns_{};
  CsvRows out_{};
};

} // namespace

std::vector<ImportField> import_fields(ImportKind kind) {
  std::vector<ImportField> out;
  const bool people = kind == ImportKind::people;
  for (const record::Field& field : (people ? person_description() : worker_description()).fields) {
    if (ours_alone(field.name)) continue;
    if (field.name == "source_key")
      out.push_back({"source_key", "what names the same row again, once in the file", true});
    else out.push_back({std::string(field.name), form_of(field), field.options.required});
  }
  if (!people) {
    out.push_back({"places", "how many people at once, 0 to 100", false});
    out.push_back({"released", "codes of lived experience that people may be told", false});
    out.push_back({"after_agreement", "codes told once a connection is agreed", false});
    return out;
  }
  out.push_back({"died", "yes where somebody has died and the day is not known", false});
  out.push_back(
      {"consent", "how the consent to matching was recorded: self, said_to_staff or written", false});
  out.push_back({"referred_on", "the day the referral came in, a date like 2026-11-24", false});
  for (const char* name : {"own_words", "must_know", "triage_reason"})
    out.push_back({name, form_of(*referral_description().find(name)), false});
  for (const std::string_view criterion : people::preference_criteria())
    out.push_back({"prefer_" + std::string(criterion),
                   "must, matters, a_little, no_view or avoid, and what is wanted, like must: woman", false});
  return out;
}

Result<ImportMap> parse_import_map(ImportKind kind, std::string_view toml) {
  try {
    return MapReader(kind).read(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    return map_failure("line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
  }
}

ImportMap map_by_field_name() {
  ImportMap map;
  map.source = "csv";
  map.by_field_name = true;
  return map;
}

Result<ImportDefault> parse_import_default(ImportKind kind, std::string_view text) {
  const std::size_t sign = text.find('=');
  const std::string_view field = trim(text.substr(0, sign));
  if (sign == std::string_view::npos) return map_failure("a default is written FIELD=VALUE");
  if (!known_field(kind, field) || field == "source_key")
    return map_failure("no default can be given for \"" + std::string(field) +
                       "\"; see kith import --columns");
  return ImportDefault{std::string(field), std::string(trim(text.substr(sign + 1)))};
}

CsvRows rows_of_csv(const ImportMap& map, ImportKind kind, std::string_view file, std::string bytes) {
  return CsvImport(map, kind, file).read(std::move(bytes));
}

void fill_defaults(ImportRows& rows, const std::vector<ImportDefault>& defaults) {
  for (ImportRow& row : rows.rows)
    for (const ImportDefault& given : defaults) {
      const bool said = std::any_of(row.cells.begin(), row.cells.end(),
                                    [&](const ImportCell& cell) { return cell.field == given.field; });
      if (!said) row.cells.push_back({given.field, "", given.text});
    }
}

} // namespace kith::connections
