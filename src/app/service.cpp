#include "app/service.hpp"

#include <filesystem>

#include "base/text.hpp"
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

namespace {

// What somebody typed, fit to be quoted on a terminal.
std::string quotable(std::string text) {
  constexpr std::size_t length_max = 200;
  if (!valid_utf8(text)) return "(not text)";
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  return shortened(text, length_max);
}

} // namespace

std::string sentence(const Failure& failure) {
  const Words words = Words::load("en");
  const std::string key = "command." + failure.code;
  std::vector<std::string> arguments;
  arguments.reserve(3);
  for (const std::string& argument : failure.arguments) arguments.push_back(quotable(argument));
  const std::size_t said = arguments.size();
  while (arguments.size() < 3) arguments.emplace_back();
  std::string text = failure.code;
  if (words.has(key))
    text = words(key, {{"first", arguments[0]}, {"second", arguments[1]}, {"third", arguments[2]}});
  for (std::size_t i = 0; i < said; ++i) // those the sentence has no place for
    if (text.find(arguments[i]) == std::string::npos) text += " (" + arguments[i] + ")";
  return text;
}

} // namespace kith::app
