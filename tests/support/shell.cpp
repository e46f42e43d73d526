#include "support/shell.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "auth/keys.hpp"
#include "base/random.hpp"
#include "cli/command_line.hpp"
#include "record/json.hpp"
#include "support/databases.hpp"
#include "support/files.hpp"

#include "support/test.hpp"

namespace kith::test {
namespace {

// A standard stream written to a file for a while.
class Elsewhere {
public:
  Elsewhere(int number, const std::string& path) : number_(number), before_(::dup(number)) {
    std::fflush(nullptr);
    std::FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file);
    ::dup2(::fileno(file), number);
    std::fclose(file);
  }
  ~Elsewhere() {
    std::fflush(nullptr);
    ::dup2(before_, number_);
    ::close(before_);
  }
  Elsewhere(const Elsewhere&) = delete;
  Elsewhere& operator=(const Elsewhere&) = delete;

private:
  int number_{};
  int before_{};
};

} // namespace

Shell::Shell(const std::string& owner_database) {
  char pattern[] = "/tmp/kith-shell-XXXXXX";
  folder_ = mkdtemp(pattern);
  data_ = folder_ + "/data";
  if (owner_database.starts_with("sqlite:")) return;
  const std::string name = owner_database.substr(owner_database.find(" dbname="));
  std::filesystem::create_directory(data_);
  set("database = " + record::json_text(std::getenv("KITH_TEST_POSTGRES_APP") + name));
  set("owner_database = " + record::json_text(owner_database));
}

Shell::~Shell() { std::filesystem::remove_all(folder_); }

void Shell::set(const std::string& line) const {
  std::ofstream(data_ + "/kith.toml", std::ios::app) << line << "\n";
}

Ran Shell::run(std::vector<std::string> words) const {
  words.insert(words.end(), {"--data", data_});
  return run_without_data(std::move(words));
}

Ran Shell::run_without_data(std::vector<std::string> words) const {
  Ran ran = run_into(folder_ + "/out", std::move(words));
  ran.out = contents(folder_ + "/out");
  return ran;
}

Ran Shell::run_into(const std::string& file, std::vector<std::string> words) const {
  words.insert(words.begin(), "kith");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  Ran ran;
  {
    const Elsewhere out(1, file), error(2, folder_ + "/error");
    ran.code = cli::run(static_cast<int>(arguments.size()), arguments.data());
  }
  ran.error = contents(folder_ + "/error");
  return ran;
}

std::unique_ptr<app::Service> Shell::opened() const {
  return app::open_service(app::load_config(data_).value(), {}).value();
}

void for_each_shell(const std::function<void(const Shell&)>& body) {
  for_each_database_without_rows([&](const std::string& url) {
    const Shell shell(url);
    SystemRandom random; // where a database is migrated, a key file has been made
    if (!url.starts_with("sqlite:")) REQUIRE(auth::create_key_file(shell.data() + "/keys", random).ok());
    body(shell);
  });
}

void for_each_new_shell(const std::function<void(const Shell&)>& body) {
  for_each_empty_database([&](const std::string& url) { body(Shell(url)); });
}

} // namespace kith::test
