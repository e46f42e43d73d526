// The commands. Each takes its parsed options and gives an exit code: 0 ok, 1 failed, 2 usage, 3
// configuration, 4 not ready. Data goes to standard output, messages to standard error.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kith::cli {

struct MatchFolder {
  std::string folder{};
  std::string method{};
  std::string as_of{};
  std::int64_t seed{-1};
  int choices{};
  bool json{};
  bool columns{};
};
int match_folder(const MatchFolder& options);

struct MatchPlan {
  std::string data_folder{};
  std::string database{}; // instead of the configured one
  std::string method{};
  std::string as_of{};
  std::int64_t seed{-1};
  bool json{};
};
int match_plan(const MatchPlan& options);

struct Demo {
  std::string data_folder{};
  int port{8420};
  bool once{};
  bool fresh{};
};
int demo(const Demo& options);

struct Serve {
  std::string data_folder{};
  int port{-1};
};
int serve(const Serve& options);

struct ConfigQuestion {
  std::string data_folder{};
  bool show{}; // otherwise only checked
};
int config(const ConfigQuestion& question);

struct Doctor {
  std::string data_folder{};
};
int doctor(const Doctor& options);

struct Import {
  std::string data_folder{};
  std::string organisation{}; // its slug; may be left out where there is one only
  std::vector<std::string> files{};
  std::string map{};
  std::vector<std::string> defaults{}; // FIELD=VALUE
  std::string batch{};
  bool commit{};
  bool refer{};
  bool skip_refused{};
  bool columns{};
  bool json{};
};
void add_import(CLI::App& app, Import& options);
int import(const CLI::App& app,
           const Import& options); // `app` after parsing: says which of them was asked for

int complain(int code, const std::string& words); // to standard error; gives the code back

} // namespace kith::cli
