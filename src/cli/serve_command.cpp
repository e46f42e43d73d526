// kith serve and kith demo.
#include <cstdio>
#include <filesystem>

#include "app/demo.hpp"
#include "app/sandbox_store.hpp"
#include "app/serve.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

constexpr std::uint64_t demo_seed = 20261124;

// Only what a demo writes, so that a folder named by mistake keeps everything else.
void remove_demo(const std::string& folder) {
  std::error_code ignored;
  for (const char* file : {"kith.db", "kith.db-wal", "kith.db-shm", "kith.db.lock", "keys"})
    std::filesystem::remove(folder + "/" + file, ignored);
  std::filesystem::remove_all(folder + "/outbox", ignored);
}

int run(app::Service& service, bool sandbox) {
  app::ServeOptions options;
  options.address = service.config.address;
  options.port = service.config.port;
  options.tls_certificate = service.config.tls_certificate;
  options.tls_key = service.config.tls_key;
  options.public_address = service.config.public_address;
  options.trusted_proxies = split_words(service.config.trusted_proxies);
  options.metrics_token = service.config.metrics_token;
  options.print_sandbox_links = sandbox && options.address == "127.0.0.1";
  const auto sink = app::open_sink(service.config);
  if (!sink.ok()) return complain(3, app::sentence(sink.failure()));
  return app::serve(
      {service.database.get(), service.keys.get(), &service.clock, &service.random, sink->get()}, options);
}

// Fills the database, or moves what it holds to today; says which.
int bring_to_today(const app::Config& config) {
  const SystemClock clock;
  const auto days = app::move_sandboxes_to_today(config.owner_database, clock.now());
  if (!days.ok()) return complain(4, app::sentence(days.failure()));
  const auto service = app::open_service(config, {});
  if (!service.ok()) return complain(4, app::sentence(service.failure()));
  const auto filled = app::fill_demo(*service.value()->database, clock.now(), demo_seed);
  if (!filled.ok()) return complain(1, app::sentence(filled.failure()));
  if (filled->organisations > 0)
    std::printf(
        "A fictional service: %d organisations, %d people, %d peer workers, %d waiting, %d connections.\n\n",
        filled->organisations, filled->people, filled->workers, filled->waiting, filled->connections);
  else if (*days > 0)
    std::printf("The fictional service of an earlier start; its dates moved on by %d day%s, to today.\n\n",
                *days, *days == 1 ? "" : "s");
  else std::printf("The fictional service of an earlier start.\n\n");
  std::fflush(stdout);
  return 0;
}

} // namespace

int serve(const Serve& options) {
  app::ConfigSources sources = app::sources_of_process(options.data_folder);
  sources.address = options.address;
  if (options.port >= 0) sources.port = options.port;
  const auto config = app::load_config(sources);
  if (!config.ok()) return complain(3, app::sentence(config.failure()));
  if (const Done ready = app::prepare(*config); !ready.ok())
    return complain(4, app::sentence(ready.failure()));
  const auto service = app::open_service(*config, {.exclusive = true});
  if (!service.ok()) return complain(4, app::sentence(service.failure()));
  return run(**service, false);
}

int demo(const Demo& options) {
  const std::string folder =
      options.data_folder.empty() ? app::default_folder("kith-demo") : options.data_folder;
  // A fictional service lives in its own file, whatever database the environment or a file names.
  const std::string database = "sqlite:" + folder + "/kith.db";
  if (const Done only = app::check_only_sandboxes(database); !only.ok())
    return complain(4, app::sentence(only.failure()));
  if (options.fresh) remove_demo(folder);
  auto config = app::load_config(folder);
  if (!config.ok()) return complain(3, app::sentence(config.failure()));
  config->port = static_cast<std::uint16_t>(options.port);
  config->database = config->owner_database = database;
  config->smtp_url.clear(); // it writes to nobody
  if (const Done ready = app::prepare(*config); !ready.ok())
    return complain(4, app::sentence(ready.failure()));
  if (const int code = bring_to_today(*config); code != 0) return code;
  if (const int code = match_plan({.data_folder = folder, .database = database}); code != 0) return code;
  std::printf("\nThe data lies in %s. Start over with --fresh.\nMessages are written to %s\n", folder.c_str(),
              config->outbox_folder.c_str());
  std::fflush(stdout);
  if (options.once) return 0;
  const auto service = app::open_service(*config, {.exclusive = true});
  if (!service.ok()) return complain(4, app::sentence(service.failure()));
  return run(**service, true);
}

} // namespace kith::cli
