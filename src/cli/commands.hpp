// The commands. Each takes its parsed options and gives an exit code: 0 ok, 1 failed, 2 usage, 3
// configuration, 4 not ready. Data goes to standard output, messages to standard error.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kith::cli {

struct MatchFolder {
  std::string folder{};
  std::optional<std::string> plan{}; // made by hand
  std::string method{};
  std::string as_of{};
  std::int64_t seed{-1};
  int dial{-1};
  int choices{};
  bool json{};
  bool columns{};
  bool today{};
};
int match_folder(const MatchFolder& options);

struct MatchPlan {
  std::string data_folder{};
  std::string database{}; // instead of the configured one
  std::string method{};
  std::string as_of{};
  std::int64_t seed{-1};
  int dial{-1};
  int choices{};
  bool json{};
  bool today{}; // beside the plan for today
};
int match_plan(const MatchPlan& options);

struct EngineAssign {
  std::string file{};
  std::string method{"optimum"};
  std::optional<std::string> parity{}; // groups to keep level
  std::int64_t band{25};
  std::int64_t seed{};
  bool json{};
};
void add_engine(CLI::App& app, EngineAssign& options);
int engine_assign(const EngineAssign& options);

struct MatchSimulate {
  std::string folder{};
  std::string scenario{};
  std::string as_of{};
  std::int64_t seed{-1};
  std::int64_t replications{200};
  bool every_dial{};
  bool json{};
};
int match_simulate(const MatchSimulate& options);

struct Demo {
  std::string data_folder{};
  int port{8420};
  bool once{};
  bool fresh{};
};
int demo(const Demo& options);

struct Serve {
  std::string data_folder{};
  std::string address{};
  int port{-1};
};
int serve(const Serve& options);

struct Init {
  std::string data_folder{};
  std::string name{"Peer Support Service"};
  std::string kind{"other"};
  std::string zone{"Australia/Sydney"};
  std::string help_name{};
  std::string help_number{};
};
int init(const Init& options);

struct UserAdd {
  std::string data_folder{};
  std::string organisation{};
  std::string name{};
  std::string email{};
  std::vector<std::string> roles{};
  int places{-1};
  std::string password_file{};
};
int user_add(const UserAdd& options);

struct UserNamed { // an account of the staff that is there already
  std::string data_folder{};
  std::string organisation{};
  std::string email{};
  bool password{};
  bool second_factor{};
  std::string password_file{};
};
int user_list(const UserNamed& options);
int user_reset(const UserNamed& options); // neither of the two asked for: both
int user_suspend(const UserNamed& options);
int user_resume(const UserNamed& options);

enum class ConfigPart { check, show, sample };
struct ConfigQuestion {
  std::string data_folder{};
  ConfigPart part{};
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

void add_seed(CLI::App& command, std::int64_t& seed, const std::string& about_it);
int complain(int code, const std::string& words); // to standard error; gives the code back

} // namespace kith::cli
