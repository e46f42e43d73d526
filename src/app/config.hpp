// Where this kith keeps its things. Flags beat KITH_* variables, which beat kith.toml in the data folder,
// which beats the defaults. The only reader of the environment. Every command begins with load_config;
// kith config and kith doctor ask read_config, which says of each value where it came from and finds every
// problem instead of the first.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace kith::app {

struct Config {
  std::string data_folder{};
  std::string database{};       // "sqlite:…" or a PostgreSQL connection string of the application role
  std::string owner_database{}; // of the role that owns the tables; for migrations; the same for SQLite
  std::string key_file{};
  std::string outbox_folder{};
  std::string smtp_url{};      // "smtp://host:port" or "smtps://host:port"; "" writes into the folder
  std::string smtp_from{};     // set when smtp_url is: "Some Name <name@host>" or the address alone
  std::string smtp_user{};     // "" does not sign in
  std::string smtp_password{}; // this or the file, and only with a user
  std::string smtp_password_file{};
  std::string smtp_starttls{};   // "" required unless the server is this machine; "required"; "never"
  std::string smtp_ca_file{};    // PEM; "" the authorities of this machine
  std::string public_address{};  // "https://kith.example.org", where links in messages lead
  std::string trusted_proxies{}; // addresses of machines, by spaces
  std::string metrics_token{};   // who has it may read /metrics from anywhere; "" this machine alone
  std::string address{"127.0.0.1"};
  std::uint16_t port{8420};
  std::string tls_certificate{}; // PEM files; both or neither
  std::string tls_key{};
};
bool smtp_host_is_here(std::string_view smtp_url); // a loopback address

struct Setting {
  std::string_view name{};     // in kith.toml
  std::string_view variable{}; // of the environment
  std::string_view meaning{};
  bool secret{};                // may hold a password: never printed
  bool outside_file{};          // cannot stand in kith.toml
  std::string Config::* text{}; // where it goes: a text, or
  std::uint16_t Config::* number{};
};
std::span<const Setting> settings();

enum class ValueFrom { standard, file, variable, flag };
struct SettingValue {
  const Setting* setting{};
  std::string shown{}; // secrets hidden
  ValueFrom from{};
  std::string place{}; // "/srv/kith/kith.toml:12", "KITH_PORT", "--port", ""
};

struct ConfigSources { // what was said outside kith.toml
  std::string data_folder{};
  std::string address{};
  std::optional<int> port{};
  std::vector<std::pair<std::string, std::string>> variables{}; // of the environment; an empty one is unset
};
ConfigSources sources_of_process(const std::string& data_folder);

struct ReadConfig {
  Config config{};
  std::string file{};                 // kith.toml, whether it exists or not
  std::vector<SettingValue> values{}; // one of each setting, in their order
  std::vector<Failure> problems{};    // config.*; arguments: the place, the name, what would be right
};
ReadConfig read_config(const ConfigSources& sources);

// `data_folder` "" means KITH_DATA or the usual place of the account. Failure: the first of the problems.
Result<Config> load_config(const std::string& data_folder);
Result<Config> load_config(const ConfigSources& sources);
std::string default_folder(std::string_view name); // under XDG_DATA_HOME or ~/.local/share
std::string_view sample_file();                    // the commented kith.toml, every setting at its default

} // namespace kith::app
