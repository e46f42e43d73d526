// Where this kith keeps its things. Flags beat KITH_* variables, which beat kith.toml in the data folder,
// which beats the defaults. The only reader of the environment.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace kith::app {

struct Config {
  std::string data_folder{};
  std::string database{};       // "sqlite:…" or a PostgreSQL connection string of the application role
  std::string owner_database{}; // of the role that owns the tables; for migrations; the same for SQLite
  std::string key_file{};
  std::string outbox_folder{};
  std::string address{"127.0.0.1"};
  std::uint16_t port{8420};
};

// `data_folder` "" means KITH_DATA or the usual place of the account. Failure: config.invalid with the line's
// place.
Result<Config> load_config(const std::string& data_folder);
std::string default_folder(std::string_view name); // under XDG_DATA_HOME or ~/.local/share

} // namespace kith::app
