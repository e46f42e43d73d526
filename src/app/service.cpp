#include "app/service.hpp"

#include <filesystem>

#include "base/words.hpp"

namespace kith::app {

Done prepare(const Config& config) {
  std::error_code error;
  std::filesystem::create_directories(config.data_folder, error);
  std::filesystem::create_directories(config.outbox_folder, error);
  if (error) return unavailable("config.folder");
  std::filesystem::permissions(config.data_folder, std::filesystem::perms::owner_all, error);
  SystemRandom random;
  if (!std::filesystem::exists(config.key_file)) TRY(auth::create_key_file(config.key_file, random));
  TRY(storage::migrate(config.owner_database));
  return {};
}

Result<std::unique_ptr<Service>> open_service(const Config& config, const OpenService& options) {
  auto service = std::make_unique<Service>();
  service->config = config;
  TRY_ASSIGN(auto keys, auth::OrganisationKeys::load(config.key_file, service->random));
  service->keys = std::make_unique<auth::OrganisationKeys>(std::move(keys));
  TRY_ASSIGN(service->database,
             storage::open({.url = config.database, .exclusive = options.exclusive}, *service->keys));
  return service;
}

std::string sentence(const Failure& failure) {
  const Words words = Words::load("en");
  const std::string key = "command." + failure.code;
  std::string text = words.has(key) ? words(key) : failure.code;
  for (const std::string& argument : failure.arguments) text += " (" + argument + ")";
  return text;
}

} // namespace kith::app
