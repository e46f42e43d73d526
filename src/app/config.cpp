#include "app/config.hpp"

#include <toml++/toml.h>

#include <cstdlib>
#include <filesystem>

namespace kith::app {
namespace {

std::string environment(const char* name, const std::string& otherwise = {}) {
  const char* value = std::getenv(name);
  return value && *value ? std::string(value) : otherwise;
}

Failure invalid_file(const std::string& where) {
  Failure failure = invalid("config.invalid");
  failure.arguments = {where};
  return failure;
}

Done read_file(Config& config, const std::string& path) {
  if (!std::filesystem::exists(path)) return {};
  try {
    const toml::table file = toml::parse_file(path);
    config.database = file["database"].value_or(config.database);
    config.owner_database = file["owner_database"].value_or(config.owner_database);
    config.key_file = file["key_file"].value_or(config.key_file);
    config.outbox_folder = file["outbox_folder"].value_or(config.outbox_folder);
    config.address = file["address"].value_or(config.address);
    const std::int64_t port = file["port"].value_or(std::int64_t{config.port});
    if (port < 0 || port > 65535) return invalid_file(path + ": port");
    config.port = static_cast<std::uint16_t>(port);
    return {};
  } catch (const toml::parse_error& error) {
    return invalid_file(path + ":" + std::to_string(error.source().begin.line));
  }
}

} // namespace

std::string default_folder(std::string_view name) {
  const std::string home = environment("HOME", "/var/lib");
  return environment("XDG_DATA_HOME", home + "/.local/share") + "/" + std::string(name);
}

Result<Config> load_config(const std::string& data_folder) {
  Config config;
  config.data_folder = data_folder.empty() ? environment("KITH_DATA", default_folder("kith")) : data_folder;
  config.database = "sqlite:" + config.data_folder + "/kith.db";
  config.key_file = config.data_folder + "/keys";
  config.outbox_folder = config.data_folder + "/outbox";
  TRY(read_file(config, config.data_folder + "/kith.toml"));
  config.database = environment("KITH_DATABASE", config.database);
  config.owner_database = environment("KITH_OWNER_DATABASE", config.owner_database);
  if (config.owner_database.empty()) config.owner_database = config.database;
  return config;
}

} // namespace kith::app
