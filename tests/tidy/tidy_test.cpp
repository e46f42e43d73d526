// Plants one breach of every rule, and its innocent neighbour, in a tree that lives in memory.
#include "tidy/exceptions.hpp"

#include "support/test.hpp"

using namespace tidy;

namespace {

constexpr const char* cmake =
    "\nkith_module(base FLOOR 0)\n"
    "kith_module(record FLOOR 1 USES base LINKS x::y)\n"
    "kith_module(http FLOOR 2 USES base)\n"
    "kith_module(storage FLOOR 2 USES base record)\n"
    "kith_module(auth FLOOR 3 USES base record http storage)\n"
    "kith_module(people FLOOR 4 USES base record storage auth)\n"
    "kith_module(matching FLOOR 7 USES base record storage auth people)\n"
    "kith_module(web FLOOR 11 O1 USES base record http storage auth people matching)\n"
    "kith_module(app FLOOR 12 USES base web)\n";

struct Planted {
  std::string path{};
  std::string text{};
};

Tree tree_of(const std::vector<Planted>& planted, std::vector<std::string> prefixes = {}) {
  Tree tree;
  tree.modules = read_modules(cmake);
  tree.locale_prefixes = std::move(prefixes);
  for (const Planted& file : planted) tree.files.push_back(read_source(file.path, file.text));
  return tree;
}

using Check = std::vector<Finding> (*)(const Tree&);

// "path:line text" of every finding, joined by "; ".
std::string said(Check check, const std::vector<Planted>& planted, std::vector<std::string> prefixes = {}) {
  std::string out;
  for (const Finding& finding : check(tree_of(planted, std::move(prefixes)))) {
    if (!out.empty()) out += "; ";
    out += finding.path + ":" + std::to_string(finding.line) + " " + finding.text;
  }
  return out;
}

std::string repeat(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::string marker() { return std::string("TO") + "DO"; }

} // namespace

TEST_CASE("a planted climb is named with path, line and module") {
  CHECK_EQ(said(check_floors,
                {{"src/people/person.cpp", "#include \"base/id.hpp\"\n\n#include \"matching/run.hpp\"\n"}}),
           "src/people/person.cpp:3 climbs to matching");
  CHECK_EQ(said(check_floors, {{"src/base/id.hpp", "  #  include \"app/config.hpp\"\n"}}),
           "src/base/id.hpp:1 climbs to app");
  CHECK_EQ(said(check_floors, {{"src/people/person_test.cpp", "#include \"web/page.hpp\"\n"}}),
           "src/people/person_test.cpp:1 climbs to web");
}

TEST_CASE("peers are blind, and a lower floor must be listed") {
  CHECK_EQ(said(check_floors, {{"src/http/server.cpp", "#include \"storage/database.hpp\"\n"}}),
           "src/http/server.cpp:1 looks sideways at its peer storage");
  CHECK_EQ(said(check_floors, {{"src/people/person.cpp", "#include \"http/request.hpp\"\n"}}),
           "src/people/person.cpp:1 uses http, which CMakeLists.txt does not list for people");
  CHECK_EQ(said(check_floors, {{"src/people/a.cpp", "#include \"nowhere/b.hpp\"\n"}}),
           "src/people/a.cpp:1 includes \"nowhere/b.hpp\", which is in no module");
  CHECK_EQ(said(check_floors, {{"src/attic/a.cpp", "#include \"base/b.hpp\"\n"}}),
           "src/attic/a.cpp:1 is in no module of CMakeLists.txt");
}

TEST_CASE("going down, staying home and commented includes are no climbs") {
  CHECK_EQ(said(check_floors,
                {{"src/people/person.cpp", "#include \"people/x.hpp\"\n#include \"base/id.hpp\"\n"
                                           "// #include \"web/page.hpp\"\n/*\n#include \"web/a.hpp\"\n*/"},
                 {"src/people/person_test.cpp", "#include \"support/test.hpp\"\n"}}),
           "");
}

TEST_CASE("CMakeLists.txt itself may not list a climb") {
  Tree tree = tree_of({});
  tree.modules = read_modules("\nkith_module(base FLOOR 0 USES people)\nkith_module(people FLOOR 4)\n");
  REQUIRE_EQ(check_floors(tree).size(), 1);
  CHECK_EQ(check_floors(tree)[0].text, "lets base climb to people");
}

TEST_CASE("the verifier shares the folder's reader and no rule with what it checks") {
  CHECK_EQ(said(check_verifier, {{"src/verify/rules.cpp", "#include \"matching/folder.hpp\"\n"
                                                          "#include \"matching/feasibility.hpp\"\n"}}),
           "src/verify/rules.cpp:2 is the verifier and may share the folder's reader only");
  CHECK_EQ(said(check_verifier, {{"src/verify/rules_test.cpp", "#include \"matching/plan.hpp\"\n"}}), "");
}

TEST_CASE("an engine includes base only") {
  CHECK_EQ(said(check_engines,
                {{"src/matching/engine/solve.cpp", "#include \"matching/engine/a.hpp\"\n"
                                                   "#include \"base/id.hpp\"\n#include \"people/p.hpp\"\n"}}),
           "src/matching/engine/solve.cpp:3 is an engine and may include base only");
  CHECK_EQ(said(check_engines, {{"src/evaluation/stats/mean.hpp", "#include \"record/field.hpp\"\n"}}),
           "src/evaluation/stats/mean.hpp:1 is an engine and may include base only");
  CHECK_EQ(said(check_engines, {{"src/matching/run.cpp", "#include \"people/p.hpp\"\n"}}), "");
}

TEST_CASE("only the upper rooms know HTTP") {
  CHECK_EQ(said(check_http, {{"src/people/a.cpp", "#include \"http/request.hpp\"\n"}}),
           "src/people/a.cpp:1 knows HTTP, which its module may not");
  CHECK_EQ(said(check_http, {{"src/web/a.cpp", "#include \"http/request.hpp\"\n"}}), "");
}

TEST_CASE("SQL outside a store is found, also when broken over literals") {
  const std::string two = "auto q = \"select id \"\n  \"from person\";\n";
  CHECK_EQ(said(check_sql, {{"src/people/a.cpp", two}}), "src/people/a.cpp:1 holds SQL outside a store");
  for (const char* text : {"\"Insert into person values\"", "\"update person set a = ?1\"",
                           "\"delete from person\"", "R\"(select\n a from person)\"", "\"create table x\""})
    CHECK_NE(said(check_sql, {{"src/people/a.cpp", text}}), "");
  CHECK_EQ(said(check_sql, {{"src/people/person_store.cpp", two}, {"src/storage/x.cpp", two}}), "");
  CHECK_EQ(said(check_sql, {{"src/people/a.cpp", "// select a from b\nauto t = \"update the plan\";\n"}}),
           "");
}

TEST_CASE("the clock, the entropy source and the environment have one reader each") {
  CHECK_EQ(said(check_clock, {{"src/people/a.cpp", "auto t = std::chrono::system_clock::now();\n"}}),
           "src/people/a.cpp:1 system_clock reads the clock");
  CHECK_EQ(said(check_clock, {{"src/people/a.cpp", "\nauto t = std::time(nullptr);\n"}}),
           "src/people/a.cpp:2 time() reads the clock");
  CHECK_EQ(said(check_clock, {{"src/people/a_store.cpp", "auto q = \"select now()\";\n"}}),
           "src/people/a_store.cpp:1 asks the database for the time");
  CHECK_EQ(said(check_clock,
                {{"src/base/clock.cpp", "clock_gettime(a, b);\n"}, {"src/people/a.cpp", "run.time(0);\n"}}),
           "");
  CHECK_NE(said(check_entropy, {{"src/auth/a.cpp", "std::random_device device;\n"}}), "");
  CHECK_EQ(said(check_entropy, {{"src/base/random.cpp", "getrandom(a, b, 0);\n"}}), "");
  CHECK_NE(said(check_environment, {{"src/cli/a.cpp", "std::getenv(\"HOME\");\n"}}), "");
  CHECK_EQ(said(check_environment, {{"src/app/config.cpp", "getenv(\"X\");\n"},
                                    {"src/storage/a_test.cpp", "std::getenv(\"KITH_TEST_POSTGRES\");\n"}}),
           "");
}

TEST_CASE("heavy headers stay out of headers and libraries in their named files") {
  CHECK_EQ(said(check_headers, {{"src/people/a.hpp", "#include <string>\n#include <functional>\n"}}),
           "src/people/a.hpp:2 includes <functional> in a header");
  CHECK_EQ(said(check_headers, {{"src/people/a.cpp", "#include <functional>\n"}}), "");
  CHECK_EQ(said(check_libraries, {{"src/people/a.cpp", "#include <sqlite3.h>\n"}}),
           "src/people/a.cpp:1 includes <sqlite3.h>, which has other homes");
  for (const char* include :
       {"<boost/asio.hpp>", "<regex>", "<iostream>", "<spdlog/spdlog.h>", "<simdjson.h>",
        "<nlohmann/json.hpp>", "<toml++/toml.h>", "<CLI/CLI.hpp>", "<curl/curl.h>"})
    CHECK_NE(said(check_libraries, {{"src/people/a.cpp", std::string("#include ") + include + "\n"}}), "");
  CHECK_EQ(said(check_libraries, {{"src/storage/sqlite/a.cpp", "#include <sqlite3.h>\n"},
                                  {"src/http/server.cpp", "#include <boost/asio.hpp>\n"},
                                  {"src/record/json_test.cpp", "#include <nlohmann/json.hpp>\n"}}),
           "");
}

TEST_CASE("long files, functions and lines are counted") {
  CHECK_EQ(said(check_file_length, {{"src/base/a.cpp", repeat("\n", 801)}}),
           "src/base/a.cpp:801 the file has 801 lines");
  CHECK_EQ(said(check_file_length, {{"src/base/a.cpp", repeat("\n", 800)}, {"docs/a.md", repeat("\n", 900)}}),
           "");
  CHECK_EQ(said(check_line_length, {{"src/base/a.cpp", repeat("ä", 111)}}),
           "src/base/a.cpp:1 the line has 111 characters");
  CHECK_EQ(said(check_line_length,
                {{"src/base/a.cpp", repeat("ä", 110)}, {"assets/locales/en.txt", repeat("a", 300)}}),
           "");
  const auto with_body = [](int lines) {
    return "namespace a {\nclass B {\n  B() : b_{1}, c_{2} {\n" +
           repeat("    f({1}, [] { g(); });\n", lines) + "  }\n};\n}\n";
  };
  CHECK_EQ(said(check_function_length, {{"src/base/a.cpp", with_body(69)}}),
           "src/base/a.cpp:3 the function has 71 lines");
  CHECK_EQ(said(check_function_length, {{"src/base/a.cpp", with_body(68)}}), "");
  CHECK_EQ(said(check_function_length,
                {{"src/base/a.cpp", "const int list[] = {\n" + repeat("1,\n", 90) + "};\n"}}),
           "");
  CHECK_EQ(said(check_function_length, {{"src/base/a.cpp", "template <class T>\nT f(T t = {})\n{\n" +
                                                               repeat("g(\"}\");\n", 90) + "}\n"}}),
           "src/base/a.cpp:1 the function has 94 lines");
}

TEST_CASE("empty file names are refused") {
  for (const char* path :
       {"src/base/utils.cpp", "src/base/string_helpers.hpp", "src/base/common.hpp", "tools/misc.sh",
        "src/people/person_manager.cpp", "src/people/data.hpp", "src/people/info.cpp"})
    CHECK_NE(said(check_names, {{path, ""}}), "");
  for (const char* path : {"src/record/data_dictionary.cpp", "src/teams/commons.cpp", "src/base/text.cpp"})
    CHECK_EQ(said(check_names, {{path, ""}}), "");
}

TEST_CASE("a data member without an initialiser is found") {
  CHECK_EQ(said(check_members, {{"src/people/a.hpp", "struct A {\n  int a{};\n  std::vector<int> b;\n};\n"}}),
           "src/people/a.hpp:3 the member has no initialiser");
  CHECK_EQ(said(check_members,
                {{"src/people/a.hpp", "class A {\npublic:\n  void f();\nprivate:\n  int a_;\n};\n"}}),
           "src/people/a.hpp:5 the member has no initialiser");
  CHECK_EQ(said(check_members,
                {{"src/people/a.hpp",
                  "enum class E { a, b };\nstruct F;\ntemplate <class T> struct A {\n  using X = int;\n"
                  "  friend class B;\n  static int count;\n  int a = 1;\n  std::map<int, int> m{};\n"
                  "  Clock& clock_;\n  A() = default;\n  int f() const { return a; }\n"
                  "  bool operator==(const A&) const = default;\n  enum class K { x };\n"
                  "  explicit A(int b) : a(b), m{} {\n    int local;\n    (void)local;\n  }\n};\n"}}),
           "");
}

TEST_CASE("migrations carry time and module") {
  CHECK_EQ(said(check_migrations, {{"migrations/202611240930_people_first.sql", ""}}), "");
  CHECK_EQ(said(check_migrations, {{"migrations/202611240930_people.sql", ""}}), "");
  CHECK_NE(said(check_migrations, {{"migrations/001_people.sql", ""}}), "");
  CHECK_NE(said(check_migrations, {{"migrations/202611240930_attic_first.sql", ""}}), "");
}

TEST_CASE("the glossary's other words are found in code, wording and manual") {
  CHECK_EQ(said(check_glossary, {{"src/people/a.cpp", "int patient_count;\n"}}),
           "src/people/a.cpp:1 says \"patient\"; the glossary has another word");
  for (const char* text :
       {"struct ClientId;", "// the mentors", "\"match score\"", "int matchScore;", "join_queue();"})
    CHECK_NE(said(check_glossary, {{"src/people/a.cpp", text}}), "");
  CHECK_NE(said(check_glossary, {{"assets/locales/en.txt", "a = Your discharge"}}), "");
  CHECK_NE(said(check_glossary, {{"docs/architecture.md", "The caseload of a worker."}}), "");
  CHECK_EQ(said(check_glossary,
                {{"src/people/a.cpp", "#include \"x/client.hpp\"\nuser_agent(); impatient(); reused();"},
                 {"src/http/a.cpp", "close(client); queue.push(x);"},
                 {"docs/integrating/fhir.md", "Patient"}}),
           "");
}

TEST_CASE("notes to self are found in every kind of file") {
  for (const char* path : {"src/base/a.cpp", "docs/a.md", "x", "migrations/a.sql"})
    CHECK_NE(said(check_markers, {{path, "# " + marker() + " later"}}), "");
  CHECK_EQ(said(check_markers, {{"x", "mktemp kith.XXXXXX; TODOS=1"}}), "");
}

TEST_CASE("a key that is asked for exists and a key that exists is asked for") {
  const Planted english{"assets/locales/en.txt", "# words\nperson.name = Name\nerror.a = A\n"};
  const Planted code{"src/web/a.cpp", "words(\"person.name\"); w(\n  \"error.a\");\n"};
  CHECK_EQ(said(check_locale, {english, code}), "");
  CHECK_EQ(said(check_locale, {english, code, {"src/web/b.cpp", "h.add(words(\"person.nane\"));\n"}}),
           "src/web/b.cpp:1 asks for the words person.nane, which en.txt lacks");
  CHECK_EQ(said(check_locale, {english, {"src/web/a.cpp", "auto key = \"error.a\";\n"}}),
           "assets/locales/en.txt:2 words person.name, which nothing asks for");
  CHECK_EQ(said(check_locale,
                {english, {"src/web/a.cpp", "words(\"person.name\"); words(\"error.\" + code);\n"}},
                {"error."}),
           "");
  CHECK_EQ(said(check_locale, {english, {"src/web/a.cpp", "words(\"person.\" + x); auto k = \"error.\";\n"}}),
           "");
  CHECK_NE(said(check_locale, {english, code, {"src/web/b.cpp", "words(\"gone.\" + x);\n"}}), "");
  CHECK_EQ(said(check_locale, {english, code}, {"gone."}),
           "tests/tidy/prefixes.txt:1 lists gone., which no key has");
  CHECK_EQ(said(check_locale, {english, code, {"assets/locales/de.txt", "person.nane = Name\n"}}),
           "assets/locales/de.txt:1 words person.nane, which en.txt lacks");
  CHECK_NE(said(check_locale, {{"assets/locales/en.txt", "a = A\na = B\n"}, {"src/web/a.cpp", "f(\"a\");"}}),
           "");
  CHECK_NE(said(check_locale, {{"assets/locales/en.txt", "a: A\n"}}), "");
}

TEST_CASE("raw HTML, inline style and script stay out of pages") {
  CHECK_EQ(said(check_raw, {{"src/web/page.cpp", "return raw(text);\n"}}),
           "src/web/page.cpp:1 writes raw HTML");
  CHECK_NE(said(check_raw, {{"src/web/page.cpp", "return RawMarkup::of(text);\n"}}), "");
  CHECK_EQ(said(check_raw,
                {{"src/web/ui/html.cpp", "return raw(text);\n"}, {"src/web/a.cpp", "draw(x); // raw(\n"}}),
           "");
  for (const char* text : {R"("<p style=\"color:red\">")", R"("style")", R"("onclick")",
                           R"(" onclick='x()'")", R"("<script>")", R"x(R"(<a onmouseover="f()">)")x"})
    CHECK_NE(said(check_inline, {{"src/web/a.cpp", text}}), "");
  for (const char* text : {R"("<script src=\"/a.js\">")", R"("on")", R"("stylesheet")", R"("once = 'more'")"})
    CHECK_EQ(said(check_inline, {{"src/web/a.cpp", text}}), "");
}

TEST_CASE("the parts of htmx that need an evaluator are refused") {
  for (const char* text : {"\"hx-on:click\"", "\"js:{a: 1}\"", R"("hx-vals='js:{}'")",
                           R"("hx-trigger=\"click[x]\"")", "\"hx-prompt\"", "\"hx-ws\"", "\"hx-live\""})
    CHECK_NE(said(check_htmx, {{"src/web/a.cpp", text}}), "");
  CHECK_EQ(said(check_htmx, {{"src/web/a.cpp", "\"hx-get\", \"hx-post\", \"hx-target\", \"hx-one\""}}), "");
}

TEST_CASE("an exception excuses one line, and a stale one fails") {
  const Tree tree = tree_of({{"src/people/a.cpp", "#include \"web/page.hpp\"\n#include \"app/b.hpp\"\n"}});
  const auto verdict_of = [&](const char* list, std::string_view rule) {
    for (const Verdict& verdict : judge(tree, read_exceptions(list)))
      if (verdict.rule == rule) return verdict.findings.size();
    return std::size_t{99};
  };
  const char* good = "# why\nfloors | src/people/a.cpp | web/page.hpp | because\n";
  CHECK_EQ(verdict_of("", "floors"), 2);
  CHECK_EQ(verdict_of(good, "floors"), 1);
  CHECK_EQ(verdict_of(good, "exceptions"), 0);
  CHECK_EQ(verdict_of("floors | src/people/a.cpp | gone.hpp | because\n", "exceptions"), 1);
  CHECK_EQ(verdict_of("flors | src/people/a.cpp | web/page.hpp | because\n", "exceptions"), 1);
  CHECK_EQ(verdict_of("floors | src/people/a.cpp | web/page.hpp\n", "exceptions"), 1);
}

TEST_CASE("every rule of the list has a name and a sentence of its own") {
  std::set<std::string_view> names, sentences;
  for (const Rule& rule : all_rules()) {
    names.insert(rule.name);
    sentences.insert(rule.says);
    CHECK_FALSE(rule.says.empty());
  }
  CHECK_EQ(names.size(), all_rules().size());
  CHECK_EQ(sentences.size(), all_rules().size());
}
