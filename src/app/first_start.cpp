#include "app/first_start.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "auth/audit.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"
#include "base/zones.hpp"

namespace kith::app {
namespace {

constexpr std::size_t slug_max = 40;

Failure refused(std::string code, std::vector<std::string> arguments) {
  Failure failure = invalid(std::move(code));
  failure.arguments = std::move(arguments);
  return failure;
}

bool fits(const char* field, const std::string& text) {
  const auto read = record::read_text(*organisation_description().find(field), text);
  return read.problem.empty() && read.value && !trim(text).empty();
}

// The names of the organisations that stand in the database, "" when there are none or no database yet.
Result<std::string> names_here(const Config& config) {
  const auto schema = storage::schema_state(config.owner_database);
  if (!schema.ok() && schema.failure().code == "storage.no_database") return std::string();
  if (!schema.ok()) return schema.failure();
  std::error_code error;
  if (schema->known == 0 || !schema->pending.empty() || !std::filesystem::exists(config.key_file, error))
    return std::string();
  TRY_ASSIGN(const auto service, open_service(config, {}));
  TRY_ASSIGN(auto tx, service->database->begin({}, storage::Access::read));
  TRY_ASSIGN(const auto all, teams::organisations(tx));
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const auto& organisation : all) names.push_back(organisation.name);
  return join(names, ", ");
}

// Never over an existing file; readable by its owner only, for it may come to hold a password.
Result<bool> write_sample(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) return false;
  const std::string_view text = sample_file();
  const bool written = file >= 0 &&
                       ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!written) {
    if (file >= 0) ::unlink(path.c_str()); // half a sample would be kept by the next try
    return refused("init.config_file", {path});
  }
  return true;
}

} // namespace

std::string slug_of(std::string_view name) {
  std::string slug;
  for (const char letter : folded(name)) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (plain) slug += letter;
    else if (!slug.empty() && slug.back() != '-') slug += '-';
    if (slug.size() == slug_max) break;
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? "service" : slug;
}

Result<Organisation> organisation_of(const NewOrganisation& typed) {
  Organisation organisation;
  organisation.name = trim(typed.name);
  if (!fits("name", organisation.name)) return invalid("init.name");
  organisation.slug = slug_of(organisation.name);
  if (!known_zone(typed.zone)) return refused("init.zone", {typed.zone});
  organisation.zone = typed.zone;
  const auto kind = record::parse_code<OrganisationKind>(typed.kind);
  if (!kind) {
    std::vector<std::string> kinds;
    for (const std::string_view code : codes_of(OrganisationKind{})) kinds.emplace_back(code);
    return refused("init.kind", {typed.kind, join(kinds, ", ")});
  }
  organisation.kind = *kind;
  organisation.help_name = trim(typed.help_name);
  organisation.help_number = trim(typed.help_number);
  if (organisation.help_name.empty() && organisation.help_number.empty() &&
      typed.zone.starts_with("Australia/")) {
    organisation.help_name = "Lifeline"; // nationwide, day and night
    organisation.help_number = "13 11 14";
  }
  if (!fits("help_name", organisation.help_name) || !fits("help_number", organisation.help_number))
    return invalid("init.help");
  return organisation;
}

Result<FirstStart> start_service(const Config& config, Organisation organisation) {
  TRY_ASSIGN(const std::string here, names_here(config));
  if (!here.empty()) {
    Failure done = conflict("init.done");
    done.arguments = {here};
    return done;
  }
  FirstStart report;
  std::error_code error;
  report.made_keys = !std::filesystem::exists(config.key_file, error);
  TRY(prepare(config));
  TRY_ASSIGN(report.made_file, write_sample(config.data_folder + "/kith.toml"));
  TRY_ASSIGN(const auto service, open_service(config, {}));
  report.engine = service->database->version();
  organisation.id = OrganisationId::make(service->random);
  organisation.created_at = service->clock.now();
  TRY_ASSIGN(auto tx, service->database->begin(organisation.id, storage::Access::write));
  const auth::Scope scope =
      auth::service_scope({"command line", organisation.id}, service->clock.now(), service->random);
  TRY(teams::insert_organisation(tx, organisation));
  TRY(auth::write_audit(tx, scope,
                        {.operation = "organisation.add",
                         .object_kind = "organisation",
                         .object = organisation.id.text(),
                         .care = "C1",
                         .basis = "command line"}));
  TRY(tx.commit());
  return report;
}

} // namespace kith::app
