// Who may include whom. The floors come from the kith_module() lines of CMakeLists.txt, so the build and this
// test cannot disagree.
#include "tidy/rules.hpp"

namespace tidy {
namespace {

std::string first_part(std::string_view path) {
  const auto slash = path.find('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  for (const auto& item : list)
    if (word == item) return true;
  return false;
}

std::string engine_of(std::string_view path) {
  for (const std::string_view engine : {"matching/engine/", "matching/simulation/", "evaluation/stats/"})
    if (path.substr(0, 4) == "src/" && path.substr(4).starts_with(engine)) return std::string(engine);
  return {};
}

void check_include(const Tree& tree, const SourceFile& file, const Include& include,
                   std::vector<Finding>& found) {
  const std::string from = file.module(), to = first_part(include.path);
  if (from == to || (file.test() && one_of(to, {"support", "cast"}))) return;
  const auto own = tree.modules.find(from), used = tree.modules.find(to);
  if (own == tree.modules.end()) {
    found.push_back(at(file, include.line, "is in no module of CMakeLists.txt"));
  } else if (used == tree.modules.end()) {
    found.push_back(at(file, include.line, "includes \"" + include.path + "\", which is in no module"));
  } else if (used->second.floor > own->second.floor) {
    found.push_back(at(file, include.line, "climbs to " + to));
  } else if (used->second.floor == own->second.floor && !own->second.uses.contains(to)) {
    found.push_back(at(file, include.line, "looks sideways at its peer " + to));
  } else if (!own->second.uses.contains(to)) {
    found.push_back(
        at(file, include.line, "uses " + to + ", which CMakeLists.txt does not list for " + from));
  }
}

// CMakeLists.txt itself must not let a module use a higher floor.
void check_listed(const Tree& tree, std::vector<Finding>& found) {
  for (const auto& [name, module] : tree.modules)
    for (const auto& used : module.uses) {
      const auto there = tree.modules.find(used);
      if (there == tree.modules.end())
        found.push_back({"CMakeLists.txt", 1, name + " uses unknown " + used, ""});
      else if (there->second.floor > module.floor)
        found.push_back({"CMakeLists.txt", 1, "lets " + name + " climb to " + used, ""});
    }
}

} // namespace

std::vector<Finding> check_floors(const Tree& tree) {
  std::vector<Finding> found;
  check_listed(tree, found);
  for (const SourceFile& file : tree.files) {
    if (!file.cpp() || file.module().empty()) continue;
    for (const Include& include : file.includes)
      if (include.own) check_include(tree, file, include, found);
  }
  return found;
}

std::vector<Finding> check_engines(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    const std::string engine = engine_of(file.path);
    if (engine.empty()) continue;
    for (const Include& include : file.includes) {
      const std::string_view path = include.path;
      const bool support = file.test() && path.starts_with("support/");
      if (include.own && !path.starts_with("base/") && !path.starts_with(engine) && !support)
        found.push_back(at(file, include.line, "is an engine and may include base only"));
    }
  }
  return found;
}

std::vector<Finding> check_verifier(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (file.module() != "verify" || file.test()) continue;
    for (const Include& include : file.includes)
      if (include.own && include.path.starts_with("matching/") &&
          !one_of(include.path, {"matching/folder.hpp", "matching/plan_input.hpp"}))
        found.push_back(at(file, include.line, "is the verifier and may share the folder's reader only"));
  }
  return found;
}

std::vector<Finding> check_http(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (file.module().empty() || one_of(file.module(), {"http", "auth", "web", "fhir", "app", "cli"}))
      continue;
    for (const Include& include : file.includes)
      if (include.own && include.path.starts_with("http/"))
        found.push_back(at(file, include.line, "knows HTTP, which its module may not"));
  }
  return found;
}

} // namespace tidy
