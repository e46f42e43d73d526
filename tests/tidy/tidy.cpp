// kith_tidy [ROOT]: reads the tree and says where it breaks a rule of the house, one `path:line …` a finding.
// Last line `N passed, N failed`, counted in rules; exit 1 when one failed, 2 when the tree cannot be read.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tidy/exceptions.hpp"

namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

bool skipped_folder(const std::string& name) {
  return name == "build" || name == "node_modules" || name == "dist" || name == ".git" || name == ".cache";
}

bool readable(const fs::path& path) {
  if (path.filename() == "package-lock.json") return false;
  if (path.filename() == "x" || path.filename() == "run" || path.filename() == "CMakeLists.txt") return true;
  const std::string ending = path.extension().string();
  for (const char* one : {".cpp", ".hpp", ".sh", ".cmake", ".sql", ".ts", ".mjs", ".css", ".html", ".md",
                          ".txt", ".json", ".toml", ".yml"})
    if (ending == one) return true;
  return false;
}

std::vector<std::string> walk(const fs::path& root) {
  std::vector<std::string> paths;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    if (it->is_directory() && skipped_folder(it->path().filename().string())) it.disable_recursion_pending();
    else if (it->is_regular_file() && readable(it->path()))
      paths.push_back(fs::relative(it->path(), root).generic_string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

tidy::Tree read_tree(const fs::path& root) {
  tidy::Tree tree;
  for (const std::string& path : walk(root))
    tree.files.push_back(tidy::read_source(path, slurp(root / path)));
  tree.modules = tidy::read_modules(slurp(root / "CMakeLists.txt"));
  std::istringstream prefixes(slurp(root / "tests/tidy/prefixes.txt"));
  for (std::string line; std::getline(prefixes, line);)
    if (!line.empty() && line[0] != '#') tree.locale_prefixes.push_back(line.substr(0, line.find(' ')));
  return tree;
}

} // namespace

int main(int argc, char** argv) {
  const fs::path root = argc > 1 ? argv[1] : ".";
  const tidy::Tree tree = read_tree(root);
  if (tree.modules.empty()) {
    std::cerr << "kith_tidy: no kith_module() lines in " << (root / "CMakeLists.txt").string() << "\n";
    return 2;
  }
  int passed = 0, failed = 0;
  for (const auto& verdict :
       tidy::judge(tree, tidy::read_exceptions(slurp(root / "tests/tidy/exceptions.txt")))) {
    for (const auto& finding : verdict.findings)
      std::cout << finding.path << ":" << finding.line << " " << finding.text << " [" << verdict.rule
                << "]\n";
    ++(verdict.findings.empty() ? passed : failed);
  }
  std::cout << tree.files.size() << " files read\n" << passed << " passed, " << failed << " failed\n";
  return failed ? 1 : 0;
}
