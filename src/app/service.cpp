#include "app/service.hpp"

#include <filesystem>

#include "base/words.hpp"

namespace kith::app {

namespace {

Done make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return unavailable("config.folder");
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  return {};
}

} // namespace

Done prepare(const Config& config) {
  TRY(make_folder(config.data_folder));
  TRY(make_folder(config.outbox_folder));
  if (!std::filesystem::exists(config.key_file)) {
    const auto schema = storage::schema_state(config.owner_database);
    if (schema.ok() && schema->known > 0) return conflict("keys.lost");
    SystemRandom random;
    TRY(auth::create_key_file(config.key_file, random));
  }
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
  const auto argument = [&](std::size_t i) {
    return i < failure.arguments.size() ? failure.arguments[i] : std::string();
  };
  std::string text = failure.code;
  if (words.has(key))
    text = words(key, {{"first", argument(0)}, {"second", argument(1)}, {"third", argument(2)}});
  for (const std::string& rest : failure.arguments) // those the sentence has no place for
    if (text.find(rest) == std::string::npos) text += " (" + rest + ")";
  return text;
}

} // namespace kith::app
