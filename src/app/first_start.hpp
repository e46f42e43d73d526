// The first start of a service in earnest: the data folder, the key file, kith.toml, the database and one
// organisation. Used by kith init. What is there already is kept, so that a first start that was interrupted
// is simply run again; a service that has its organisation is refused.
#pragma once
#include "app/service.hpp"
#include "teams/organisation.hpp"

namespace kith::app {

struct NewOrganisation { // as typed
  std::string name{};
  std::string kind{"other"};
  std::string zone{"Australia/Sydney"};
  std::string help_name{}; // both "": the national line where kith knows one
  std::string help_number{};
};
// Failures (invalid): init.name, init.zone, init.kind, init.help.
Result<Organisation> organisation_of(const NewOrganisation& typed);
std::string slug_of(std::string_view name); // "Northside Peer Support" -> "northside-peer-support"

struct FirstStart {
  bool made_keys{};
  bool made_file{}; // kith.toml
  std::string engine{};
};
// Failures: init.done (conflict; argument: the organisations here), init.config_file, those of prepare.
Result<FirstStart> start_service(const Config& config, Organisation organisation);

} // namespace kith::app
