// Words: the glossary's forbidden ones, notes to self, and the locale catalogue against the code.
#include <cctype>
#include <regex>

#include "tidy/rules.hpp"

namespace tidy {
namespace {

using Words = std::vector<std::string_view>;

// Never written anywhere: no ordinary English or technical meaning competes.
const Words& never() {
  static const Words words{"consumer",
                           "service user",
                           "mentee",
                           "mentor",
                           "befriender",
                           "buddy",
                           "peer specialist",
                           "next of kin",
                           "case manager",
                           "match score",
                           "compatibility",
                           "caseload",
                           "blacklist",
                           "backlog",
                           "waitlist",
                           "wish list",
                           "allocation round",
                           "auto assign",
                           "dyad",
                           "match record",
                           "no show",
                           "failed to attend",
                           "ward round",
                           "care plan",
                           "treatment goal",
                           "risk flag",
                           "locum",
                           "non compliant",
                           "noncompliant",
                           "illness history",
                           "timesheet",
                           "scope creep",
                           "self disclosure",
                           "performance review",
                           "process note",
                           "handoff",
                           "job description",
                           "org unit",
                           "match proposal",
                           "care team"};
  return words;
}

// Refused where the code or the page speaks about people: floors 3 to 11, the locales and the manual.
// Sockets, work queues and database users keep their names on the floors below and above.
const Words& never_about_people() {
  static const Words words{"patient", "client", "user", "queue", "slot", "assignee", "encounter", "intake"};
  return words;
}

// Refused in what is shown: too many ordinary meanings in code.
const Words& never_shown() {
  static const Words words{"discharge", "termination",    "allocation", "assessment",
                           "proposal",  "recommendation", "visit",      "no longer engaged",
                           "pairing",   "reassign",       "escort"};
  return words;
}

const Words& ordinary() { // removed before the search
  static const Words phrases{"user agent", "fhir patient", "mentor match 500", "hospital discharge"};
  return phrases;
}

// "PatientId best_fit" -> " patient id best fit ": one space between words, one at each end.
std::string spread(std::string_view line) {
  std::string out = " ";
  char before = ' ';
  for (const char c : line) {
    const auto u = static_cast<unsigned char>(c);
    if (std::isupper(u) && std::islower(static_cast<unsigned char>(before))) out += ' ';
    if (std::isalnum(u) || u >= 0x80) out += static_cast<char>(std::tolower(u));
    else if (out.back() != ' ') out += ' ';
    before = c;
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

std::string between_spaces(std::string_view word, bool plural) {
  std::string out = " ";
  out += word;
  out += plural ? "s " : " ";
  return out;
}

std::string forbidden_in(std::string line, const Words& words) {
  for (const auto phrase : ordinary())
    for (const bool plural : {false, true})
      for (auto at = line.find(between_spaces(phrase, plural)); at != std::string::npos;
           at = line.find(between_spaces(phrase, plural)))
        line.replace(at, phrase.size() + (plural ? 3 : 2), " ");
  for (const auto word : words)
    if (line.find(between_spaces(word, false)) != std::string::npos ||
        line.find(between_spaces(word, true)) != std::string::npos)
      return std::string(word);
  return {};
}

struct Scope {
  bool read{};
  bool about_people{};
  bool shown{};
};

Scope scope_of(const Tree& tree, const SourceFile& file) {
  const std::string_view path = file.path;
  if (path.starts_with("assets/locales/") || path.starts_with("docs/using/")) return {true, true, true};
  if (path.starts_with("docs/domain/") || path.starts_with("docs/integrating/")) return {};
  if (path.ends_with(".md") && !path.starts_with("tests/")) return {true, false, false};
  const auto module = tree.modules.find(file.module());
  if (module == tree.modules.end()) return {};
  const bool engine = path.starts_with("src/matching/engine/") || path.starts_with("src/evaluation/stats/");
  const int floor = module->second.floor;
  return {true, floor >= 3 && floor <= 11 && module->first != "fhir" && !engine, false};
}

// Key -> line of a catalogue; the same key twice is a finding.
std::map<std::string, int> read_keys(const SourceFile& file, std::vector<Finding>& found) {
  std::map<std::string, int> keys;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    if (line.empty() || line[0] == '#') continue;
    const int number = static_cast<int>(i) + 1;
    const auto sign = line.find(" = ");
    if (sign == std::string::npos) found.push_back(at(file, number, "is not `key = message`"));
    else if (!keys.emplace(line.substr(0, sign), number).second)
      found.push_back(at(file, number, "gives " + line.substr(0, sign) + " a second time"));
  }
  return keys;
}

bool starts_one(const std::set<std::string>& prefixes, const std::string& key) {
  for (const std::string& prefix : prefixes)
    if (key.starts_with(prefix)) return true;
  return false;
}

bool starts_a_key(const std::map<std::string, int>& keys, const std::string& prefix) {
  const auto first = keys.lower_bound(prefix);
  return first != keys.end() && first->first.starts_with(prefix);
}

void check_asked(const SourceFile& file, const std::map<std::string, int>& keys,
                 std::vector<Finding>& found) {
  static const std::regex call(R"re(\b(?:words_?|w|say)\(\s*"([A-Za-z0-9_.\-]+)")re");
  for (std::size_t i = 0; i < file.plain.size(); ++i) {
    std::string text = file.plain[i];
    if (i + 1 < file.plain.size() && text.ends_with('(')) text += file.plain[i + 1];
    for (auto it = std::sregex_iterator(text.begin(), text.end(), call); it != std::sregex_iterator(); ++it) {
      const std::string key = (*it)[1].str();
      if (keys.contains(key) || (key.ends_with('.') && starts_a_key(keys, key))) continue;
      found.push_back(
          at(file, static_cast<int>(i) + 1, "asks for the words " + key + ", which en.txt lacks"));
    }
  }
}

void check_prefixes(const Tree& tree, const std::map<std::string, int>& keys, std::vector<Finding>& found) {
  for (const std::string& prefix : tree.locale_prefixes) {
    if (!starts_a_key(keys, prefix))
      found.push_back({"tests/tidy/prefixes.txt", 1, "lists " + prefix + ", which no key has", prefix});
  }
}

} // namespace

std::vector<Finding> check_glossary(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    const Scope scope = scope_of(tree, file);
    if (!scope.read) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (file.cpp() && file.lines[i].starts_with("#include")) continue;
      if (file.lines[i].find("fhir_path") != std::string::npos) continue; // the imported standard's own words
      const std::string line = spread(file.lines[i]);
      std::string word = forbidden_in(line, never());
      if (word.empty() && scope.about_people) word = forbidden_in(line, never_about_people());
      if (word.empty() && scope.shown) word = forbidden_in(line, never_shown());
      if (!word.empty())
        found.push_back(
            at(file, static_cast<int>(i) + 1, "says \"" + word + "\"; the glossary has another word"));
    }
  }
  return found;
}

std::vector<Finding> check_markers(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (file.path.starts_with("tests/tidy/")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const std::string_view word : {"TODO", "FIXME", "XXX", "HACK"})
        if (has_word(file.lines[i], word))
          found.push_back(at(file, static_cast<int>(i) + 1, "says " + std::string(word)));
  }
  return found;
}

std::vector<Finding> check_locale(const Tree& tree) {
  std::vector<Finding> found;
  const SourceFile* english = tree.find("assets/locales/en.txt");
  if (!english) return found;
  const auto keys = read_keys(*english, found);
  std::set<std::string> literals, prefixes(tree.locale_prefixes.begin(), tree.locale_prefixes.end());
  for (const SourceFile& file : tree.files) {
    if (file.path.starts_with("assets/locales/") && &file != english)
      for (const auto& [key, line] : read_keys(file, found))
        if (!keys.contains(key)) found.push_back(at(file, line, "words " + key + ", which en.txt lacks"));
    if (!file.cpp() || file.module().empty() || file.test()) continue;
    for (const Literal& literal : file.literals) {
      literals.insert(literal.text);
      if (literal.text.size() > 3 && literal.text.ends_with('.') && starts_a_key(keys, literal.text))
        prefixes.insert(literal.text); // "match.reason." + name
    }
    check_asked(file, keys, found);
  }
  for (const auto& [key, line] : keys)
    if (!literals.contains(key) && !starts_one(prefixes, key))
      found.push_back(at(*english, line, "words " + key + ", which nothing asks for"));
  check_prefixes(tree, keys, found);
  return found;
}

} // namespace tidy
