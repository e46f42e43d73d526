// kith doctor: whether this service can run, line by line: ok, warn (works, but look at it) or fail, and what
// to do. It changes nothing and runs beside a server.
#include <sys/timex.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "app/service.hpp"
#include "app/smtp.hpp"
#include "cli/commands.hpp"
#include "http/tls_context.hpp"
#include "storage/trail.hpp"
#include "teams/organisation.hpp"

namespace kith::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t mebibyte = 1024ULL * 1024;
constexpr std::uintmax_t least_free = 256 * mebibyte, little_free = 1024 * mebibyte;
constexpr int certificate_warn_days = 21;
constexpr std::int64_t outbox_patience_ms = hours_ms(1);

// What is found, printed as it is found.
class Findings {
public:
  void ok(const char* name, const std::string& found) const { line("ok", name, found, ""); }
  void warn(const char* name, const std::string& found, const std::string& what_to_do) const {
    line("warn", name, found, what_to_do);
  }
  void fail(const char* name, const std::string& found, const std::string& what_to_do) {
    line("fail", name, found, what_to_do);
    failed_ = true;
  }
  int exit_code() const { return failed_ ? 1 : 0; }

private:
  static void line(const char* sign, const char* name, const std::string& found,
                   const std::string& what_to_do) {
    std::printf("%-6s%-16s%s%s%s\n", sign, name, found.c_str(), what_to_do.empty() ? "" : ". ",
                what_to_do.c_str());
  }
  bool failed_{};
};

void look_at_folder(Findings& findings, const app::Config& config) {
  std::error_code error;
  const auto status = fs::status(config.data_folder, error);
  if (error || status.type() != fs::file_type::directory)
    return findings.fail("data folder", config.data_folder + " is not there",
                         "Make it with kith init, or name another with --data");
  const bool private_folder =
      (status.permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none;
  if (private_folder) findings.ok("data folder", config.data_folder);
  else
    findings.warn("data folder", "others may look into " + config.data_folder,
                  "chmod 700 " + config.data_folder);
  const auto space = fs::space(config.data_folder, error);
  const std::string free = std::to_string(space.available / mebibyte) + " MiB free";
  if (error || space.available < least_free)
    findings.fail("disk", error ? "the free space is not known" : free, "Make room before anything is lost");
  else if (space.available < little_free) findings.warn("disk", free, "Make room soon");
  else findings.ok("disk", free);
}

void look_at_keys(Findings& findings, const app::Config& config) {
  SystemRandom random;
  const auto keys = auth::OrganisationKeys::load(config.key_file, random);
  if (keys.ok()) return findings.ok("key file", config.key_file + ", readable by its owner only");
  const std::string& code = keys.failure().code;
  findings.fail("key file", app::sentence(keys.failure()),
                code == "keys.mode"
                    ? "chmod 400 " + config.key_file
                    : "Put " + config.key_file + " back from its copy; kith init makes a first one");
}

// Whether the tables stand as this version needs them; false when nothing more can be asked.
bool look_at_migrations(Findings& findings, const app::Config& config) {
  const auto schema = storage::schema_state(config.database);
  if (!schema.ok()) {
    const std::string& code = schema.failure().code;
    findings.fail("database", app::sentence(schema.failure()),
                  code == "storage.unavailable" ? "Is it running, and is the setting database right?" : "");
    return false;
  }
  const std::size_t pending = schema->pending.size();
  if (pending == 0) findings.ok("migrations", std::to_string(schema->known) + ", none pending");
  else
    findings.fail("migrations", std::to_string(pending) + " pending, first " + schema->pending[0],
                  "Take a copy of the database, then start kith serve, which applies them");
  return pending == 0;
}

void look_at_guard(Findings& findings, const app::Service& kith) {
  if (kith.database->engine() == storage::Engine::sqlite)
    findings.ok("separation", "organisations are kept apart by views and triggers");
  else if (kith.config.database == kith.config.owner_database)
    findings.warn("separation", "kith signs in as the owner of the tables, who may lift row-level security",
                  "Set owner_database to the owner and database to a role that owns nothing");
  else findings.ok("separation", "row-level security, and this role may not bypass it");
}

Done look_at_outbox(Findings& findings, app::Service& kith,
                    const std::vector<teams::PublicOrganisation>& all) {
  const Instant now = kith.clock.now();
  std::int64_t waiting = 0;
  bool stuck = false;
  std::optional<Instant> newest;
  for (const auto& organisation : all) {
    TRY_ASSIGN(auto tx, kith.database->begin(organisation.id, storage::Access::read));
    TRY_ASSIGN(const auto state, storage::count_waiting_messages(tx, now));
    TRY_ASSIGN(const auto fact, storage::newest_fact(tx));
    waiting += state.waiting;
    stuck = stuck || (state.due_since && *state.due_since + outbox_patience_ms < now);
    if (fact && (!newest || *newest < *fact)) newest = fact;
  }
  const std::string found = std::to_string(waiting) + " waiting";
  if (stuck)
    findings.warn("outbox", found + ", the oldest for more than an hour",
                  "They go out while kith serve runs; look into its log for outbox.failed");
  else if (kith.config.smtp_url.empty() && ::access(kith.config.outbox_folder.c_str(), W_OK) != 0)
    findings.fail("outbox", found + ", and " + kith.config.outbox_folder + " cannot be written",
                  "Make that folder, or name another with the setting outbox_folder");
  else findings.ok("outbox", found);
  if (newest && now + minutes_ms(5) < *newest)
    findings.fail("clock", "the newest entry is of " + to_text(*newest) + ", in the future",
                  "Set the clock of this machine");
  return {};
}

void look_at_clock(Findings& findings, const SystemClock& clock) {
  timex state{};
  const std::string now = to_text(clock.now());
  if (::adjtimex(&state) == TIME_ERROR)
    findings.warn("clock", now + ", and nothing here says that it is kept right",
                  "Codes of the second factor fail when it is a minute off: timedatectl set-ntp true");
  else findings.ok("clock", now + ", kept by a time service");
}

void look_at_database(Findings& findings, const app::Config& config) {
  const bool current = look_at_migrations(findings, config);
  if (!current) return;
  const auto service = app::open_service(config, {});
  if (!service.ok()) {
    if (service.failure().code.starts_with("keys.")) return; // said already
    return findings.fail("database", app::sentence(service.failure()),
                         service.failure().code == "storage.role_bypasses"
                             ? "Use a role that is no superuser and has no BYPASSRLS, such as kith_app"
                             : "");
  }
  app::Service& kith = *service.value();
  auto tx = kith.database->begin({}, storage::Access::read);
  if (!tx.ok()) return findings.fail("database", app::sentence(tx.failure()), "");
  findings.ok("database", kith.database->version() + " answers");
  look_at_guard(findings, kith);
  const auto all = teams::organisations(*tx);
  if (!all.ok()) return findings.fail("organisations", app::sentence(all.failure()), "");
  if (all->empty()) findings.warn("organisations", "none", "kith init --organisation NAME makes one");
  else findings.ok("organisations", std::to_string(all->size()));
  if (const Done done = look_at_outbox(findings, kith, *all); !done.ok())
    findings.fail("outbox", app::sentence(done.failure()), "");
}

// What to do about a code of app::try_smtp.
std::string smtp_advice(const std::string& outcome) {
  if (outcome == "smtp_tls")
    return "It must offer TLS with a certificate that this machine trusts: smtp_ca_file";
  if (outcome == "smtp_sign_in") return "Check smtp_user and the password";
  if (outcome == "smtp_unreachable" || outcome == "smtp_timeout")
    return "Is it running, is the port right, and may this machine reach it?";
  return "Its own log says why";
}

bool others_read(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  return !path.empty() && !error &&
         (status.permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none;
}

void look_at_mail(Findings& findings, const app::Config& config) {
  if (config.smtp_url.empty())
    return findings.ok("mail", "no smtp_url; messages are files in " + config.outbox_folder);
  const auto settings = app::smtp_settings(config);
  if (!settings.ok()) return findings.fail("mail", app::sentence(settings.failure()), "");
  const app::Delivery answer = app::try_smtp(*settings);
  if (answer.handed != app::Handed::sent)
    findings.fail("mail", config.smtp_url + " does not take messages (" + answer.outcome + ")",
                  smtp_advice(answer.outcome));
  else if (others_read(config.smtp_password_file))
    findings.warn("mail", "others may read " + config.smtp_password_file,
                  "chmod 400 " + config.smtp_password_file);
  else if (config.public_address.empty())
    findings.warn("mail", config.smtp_url + " answers, but links in messages lead to this machine's address",
                  "Set public_address to how people reach kith, such as https://kith.example.org");
  else findings.ok("mail", config.smtp_url + " answers");
}

void look_at_serving(Findings& findings, const app::Config& config, const SystemClock& clock) {
  const bool here_only = config.address.starts_with("127.") || config.address == "::1";
  if (config.tls_certificate.empty()) {
    if (here_only) findings.ok("https", "not set; this machine only, as behind a proxy");
    else
      findings.warn("https", "not set, and " + config.address + " can be reached by others",
                    "Set tls_certificate and tls_key, or serve on 127.0.0.1 behind a proxy");
    return;
  }
  const auto ends_at = http::certificate_ends_at(config.tls_certificate);
  if (!ends_at.ok() || !http::make_tls_context({config.tls_certificate, config.tls_key}).ok())
    return findings.fail("https", "certificate and key cannot be read, or do not belong together",
                         "Check tls_certificate and tls_key");
  const std::string until = "the certificate ends on " + to_text(utc_date(*ends_at));
  if (*ends_at < clock.now()) findings.fail("https", until, "Renew it and start kith serve again");
  else if (*ends_at < clock.now() + days_ms(certificate_warn_days))
    findings.warn("https", until, "Renew it and start kith serve again");
  else findings.ok("https", until);
}

void look_at_names(Findings& findings, const app::Config& config) {
  const bool here_only = config.address.starts_with("127.") || config.address == "::1";
  if (!config.public_address.empty()) findings.ok("name", "answers at " + config.public_address + " only");
  else if (here_only) findings.ok("name", "answers as 127.0.0.1, localhost and [::1] only");
  else
    findings.warn("name", "answers under any name that leads here",
                  "Set public_address to how people reach kith, such as https://kith.example.org");
  if (!config.metrics_token.empty()) findings.ok("metrics", "for whoever has metrics_token");
  else if (!config.public_address.empty() && here_only)
    findings.warn("metrics", "for this machine only, unless the proxy hides that it is one",
                  "Set metrics_token, or refuse /metrics at the proxy");
  else findings.ok("metrics", "for this machine only");
}

} // namespace

int doctor(const Doctor& options) {
  Findings findings;
  const app::ReadConfig read = app::read_config(app::sources_of_process(options.data_folder));
  for (const Failure& problem : read.problems) findings.fail("configuration", app::sentence(problem), "");
  std::error_code error;
  if (read.problems.empty())
    findings.ok("configuration",
                fs::exists(read.file, error) ? read.file : "no " + read.file + ", so defaults");
  const app::Config& config = read.config;
  const SystemClock clock;
  look_at_folder(findings, config);
  look_at_keys(findings, config);
  look_at_database(findings, config);
  look_at_clock(findings, clock);
  if (read.problems.empty()) {
    look_at_mail(findings, config);
    look_at_serving(findings, config, clock);
    look_at_names(findings, config);
  }
  return findings.exit_code();
}

} // namespace kith::cli
