// Where the outside world may be touched: the database, the clock, the entropy source, the environment, and
// the libraries that cost compile time.
#include <algorithm>
#include <regex>

#include "tidy/rules.hpp"

namespace tidy {
namespace {

bool product(const SourceFile& file) { return file.cpp() && file.path.starts_with("src/"); }

// Product files outside `home` whose code has one of the words.
std::vector<Finding> words_outside(const Tree& tree, std::string_view home,
                                   const std::vector<std::string>& words, const std::string& text) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!product(file) || file.path == home) continue;
    for (std::size_t i = 0; i < file.code.size(); ++i)
      for (const std::string& word : words)
        if (has_word(file.code[i], word)) {
          found.push_back(at(file, static_cast<int>(i) + 1, word + " " + text));
          break;
        }
  }
  return found;
}

bool holds_sql(const SourceFile& file) {
  return file.path.ends_with("_store.cpp") || file.path.ends_with("_test.cpp") ||
         file.path.starts_with("src/storage/");
}

// A library and the files that may include it. A home that ends in '/' is a folder, "*_test.cpp" the tests,
// "*.cpp" any source file but no header.
struct Library {
  std::string_view prefix{};
  std::vector<std::string_view> homes{};
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> list{
      {"boost/math/", {"src/evaluation/stats/"}},
      {"boost/", {"src/http/"}},
      {"openssl/", {"src/http/"}},
      {"sqlite3.h", {"src/storage/sqlite/"}},
      {"libpq-fe.h", {"src/storage/postgres/"}},
      {"sodium.h", {"src/auth/"}},
      {"liboath/", {"src/auth/"}},
      {"qrencode.h", {"src/auth/"}},
      {"simdjson.h", {"src/record/"}},
      {"nlohmann/", {"*_test.cpp"}},
      {"rapidcheck", {"*_test.cpp"}},
      {"doctest/", {"tests/support/"}},
      {"curl/", {"src/app/"}},
      {"CLI/", {"src/cli/"}},
      {"toml++/", {"src/app/config.cpp", "src/connections/import/map.cpp"}},
      {"spdlog/", {"src/base/log.cpp"}},
      {"date/", {"src/base/zones.cpp"}},
      {"unicode/", {"src/base/", "src/web/"}},
      {"fmt/", {"*.cpp"}},
      {"regex", {}},
      {"iostream", {"src/cli/", "src/base/output.cpp", "*_test.cpp"}},
      {"filesystem", {"src/matching/folder.cpp", "src/app/", "src/cli/", "src/storage/", "*_test.cpp"}},
  };
  return list;
}

bool at_home(const SourceFile& file, std::string_view home) {
  const std::string_view path = file.path;
  if (home.starts_with('*')) return path.ends_with(home.substr(1));
  return home.ends_with('/') ? path.starts_with(home) : path == home;
}

bool names(std::string_view include, std::string_view prefix) {
  if (prefix.ends_with('/') || prefix.ends_with(".h")) return include.starts_with(prefix);
  return include == prefix || include.starts_with(std::string(prefix) + "/") ||
         include == std::string(prefix) + ".h";
}

bool light(std::string_view include) {
  static const std::set<std::string_view> list{
      "cstdint", "string",  "string_view", "optional", "variant",          "vector",    "span",
      "memory",  "utility", "map",         "set",      "initializer_list", "exception", "compare",
      "array",   "atomic",  "type_traits", "concepts", "cstddef"};
  return list.contains(include);
}

} // namespace

std::vector<Finding> check_sql(const Tree& tree) {
  static const std::regex sql(R"(\b(select\b[^;]*\bfrom\s+[a-z_]+|insert\s+(or\s+\w+\s+)?into\s+[a-z_]+)"
                              R"(|update\s+[a-z_]+\s+set\b|delete\s+from\s+[a-z_]+|create\s+(table|index)\b)"
                              R"(|alter\s+table\b|drop\s+table\b))",
                              std::regex::icase);
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!product(file) || holds_sql(file)) continue;
    for (const Literal& literal : file.literals)
      if (std::regex_search(literal.text.substr(0, 4000), sql))
        found.push_back(at(file, literal.line, "holds SQL outside a store"));
  }
  return found;
}

std::vector<Finding> check_clock(const Tree& tree) {
  auto found =
      words_outside(tree, "src/base/clock.cpp",
                    {"system_clock", "steady_clock", "high_resolution_clock", "clock_gettime", "gettimeofday",
                     "timespec_get", "localtime", "gmtime", "localtime_r", "gmtime_r"},
                    "reads the clock");
  static const std::regex in_sql(R"(\b(now\(\)|current_timestamp|current_date|clock_timestamp|unixepoch\())"
                                 R"(|datetime\('now)",
                                 std::regex::icase);
  static const std::regex call(R"((^|[^\w.>])(std::)?time\s*\(\s*(nullptr|NULL|0|&\w+)\s*\))");
  for (const SourceFile& file : tree.files) {
    if (!product(file) || file.path == "src/base/clock.cpp") continue;
    for (const Literal& literal : file.literals)
      if (std::regex_search(literal.text.substr(0, 4000), in_sql))
        found.push_back(at(file, literal.line, "asks the database for the time"));
    for (std::size_t i = 0; i < file.code.size(); ++i)
      if (file.code[i].find("time") != std::string::npos && std::regex_search(file.code[i], call))
        found.push_back(at(file, static_cast<int>(i) + 1, "time() reads the clock"));
  }
  return found;
}

std::vector<Finding> check_entropy(const Tree& tree) {
  return words_outside(tree, "src/base/random.cpp",
                       {"getrandom", "getentropy", "random_device", "randombytes_buf", "randombytes_uniform",
                        "RAND_bytes", "arc4random", "mt19937", "mt19937_64", "rand", "srand", "drand48"},
                       "is randomness from elsewhere than base/random.cpp");
}

std::vector<Finding> check_environment(const Tree& tree) {
  auto found =
      words_outside(tree, "src/app/config.cpp", {"getenv", "secure_getenv", "setenv", "putenv", "environ"},
                    "touches the environment");
  std::erase_if(found, [](const Finding& finding) {
    return finding.path.ends_with("_test.cpp") && finding.source.find("\"KITH_TEST_") != std::string::npos;
  });
  return found;
}

std::vector<Finding> check_headers(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!file.header() || file.module().empty()) continue;
    for (const Include& include : file.includes)
      if (!include.own && !light(include.path))
        found.push_back(at(file, include.line, "includes <" + include.path + "> in a header"));
  }
  return found;
}

std::vector<Finding> check_libraries(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!file.cpp() || file.module().empty()) continue;
    for (const Include& include : file.includes) {
      if (include.own) continue;
      for (const Library& library : libraries()) {
        if (!names(include.path, library.prefix)) continue;
        const auto& homes = library.homes;
        if (std::none_of(homes.begin(), homes.end(), [&](auto home) { return at_home(file, home); }))
          found.push_back(at(file, include.line, "includes <" + include.path + ">, which has other homes"));
        break;
      }
    }
  }
  return found;
}

} // namespace tidy
