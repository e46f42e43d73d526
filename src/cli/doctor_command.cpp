// kith config check|show and kith doctor: what is set, and whether it works. They change nothing.
#include <cstdio>
#include <filesystem>

#include "app/service.hpp"
#include "cli/commands.hpp"
#include "teams/organisation.hpp"

namespace kith::cli {
namespace {

constexpr std::uintmax_t least_free_bytes = 256ULL * 1024 * 1024;

void line(const char* name, const std::string& found) { std::printf("%-16s%s\n", name, found.c_str()); }

bool disk_is_roomy(const std::string& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  if (error) {
    line("disk", "the data folder cannot be read");
    return false;
  }
  const bool roomy = space.available >= least_free_bytes;
  line("disk", std::to_string(space.available / 1024 / 1024) + " MiB free" + (roomy ? "" : ": too little"));
  return roomy;
}

Result<std::size_t> organisation_count(storage::Database& database) {
  TRY(database.check());
  TRY_ASSIGN(auto tx, database.begin({}, storage::Access::read));
  TRY_ASSIGN(const auto all, teams::organisations(tx));
  return all.size();
}

} // namespace

int doctor(const Doctor& options) {
  const auto config = app::load_config(options.data_folder);
  if (!config.ok()) return complain(3, app::sentence(config.failure()));
  line("configuration", "ok");
  const bool roomy = disk_is_roomy(config->data_folder);
  SystemRandom random;
  const auto keys = auth::OrganisationKeys::load(config->key_file, random);
  line("keys", keys.ok() ? "ok" : app::sentence(keys.failure()));
  if (!keys.ok()) return 4;
  const auto service = app::open_service(*config, {});
  if (!service.ok()) {
    line("database", app::sentence(service.failure()));
    return 4;
  }
  line("database", service.value()->database->version());
  const auto count = organisation_count(*service.value()->database);
  line("organisations", count.ok() ? std::to_string(*count) : app::sentence(count.failure()));
  return count.ok() && roomy ? 0 : 4;
}

} // namespace kith::cli
