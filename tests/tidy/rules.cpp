#include "tidy/rules.hpp"

namespace tidy {

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> rules{
      {"floors", "a module includes only lower floors it lists in CMakeLists.txt", check_floors},
      {"engines", "engine/ and stats/ include base only", check_engines},
      {"verifier", "verify/ shares only the folder's reader with matching", check_verifier},
      {"http", "only http, auth, web, fhir, app and cli know HTTP", check_http},
      {"sql", "SQL lives in *_store.cpp, storage/ and migrations/", check_sql},
      {"clock", "only base/clock.cpp reads the clock", check_clock},
      {"entropy", "only base/random.cpp reads the entropy source", check_entropy},
      {"environment", "only app/config.cpp reads the environment", check_environment},
      {"headers", "own headers include light headers only", check_headers},
      {"libraries", "each heavy library has named files", check_libraries},
      {"file-length", "a file has at most 800 lines", check_file_length},
      {"function-length", "a function has at most 70 lines", check_function_length},
      {"line-length", "a line has at most 110 characters", check_line_length},
      {"names", "no file is named after nothing in particular", check_names},
      {"members", "every data member has an initialiser", check_members},
      {"migrations", "migrations are named by time and module", check_migrations},
      {"glossary", "one word per thing", check_glossary},
      {"markers", "no notes to self on main", check_markers},
      {"locale", "every key used exists and every key is used", check_locale},
      {"raw", "only the components write raw HTML", check_raw},
      {"inline", "no inline style, handler or script", check_inline},
      {"htmx", "only the safe subset of htmx", check_htmx},
  };
  return rules;
}

Finding at(const SourceFile& file, int line, std::string text) {
  const auto index = static_cast<std::size_t>(line - 1);
  return {file.path, line, std::move(text), index < file.lines.size() ? file.lines[index] : std::string()};
}

} // namespace tidy
