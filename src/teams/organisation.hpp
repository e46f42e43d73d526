// An organisation that runs a peer support service here, with the settings that shape its days: the promise,
// how long an answer may take, who is asked first, its help line and the neutral site of the quick exit. Its
// name is public (it stands on the sign-in page); nothing else of it is.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "record/field.hpp"
#include "storage/database.hpp"

namespace kith {

inline constexpr std::string_view safe_exit_url =
    "https://www.bom.gov.au/"; // the weather: neutral, and quick

enum class OrganisationKind { government, non_government, peer_run, primary_care, other };
std::span<const std::string_view> codes_of(OrganisationKind);

enum class FirstAsked { worker, person };
std::span<const std::string_view> codes_of(FirstAsked);

struct Organisation {
  OrganisationId id{};
  std::int64_t version{1};
  std::string slug{}; // in addresses: lower-case letters, digits, hyphens
  std::string name{};
  OrganisationKind kind{OrganisationKind::other};
  std::string zone{"Australia/Sydney"};
  std::string language{"en"};
  int promise_days{28};
  int answer_days{7};
  FirstAsked first_asked{FirstAsked::worker};
  std::string help_name{};
  std::string help_number{};
  std::string exit_url{safe_exit_url}; // where the quick exit leads
  bool sandbox{}; // fictional people: sign-in links are printed and a banner stands on every page
  Instant created_at{};
};

const record::Description& organisation_description();

// Whether somebody in danger may be sent there: https, a host with a dot and nothing that could be read two
// ways (names, ports and addresses of machines are refused).
bool good_exit_url(std::string_view url);
// The organisation's own when it is good, the safe one otherwise: an exit always leads somewhere.
std::string exit_of(const Organisation& organisation);

namespace teams {

// The scope must be the new organisation's own.
Done insert_organisation(storage::Transaction& tx, const Organisation& organisation);
Result<Organisation> load_organisation(storage::Transaction& tx); // the transaction's own
// Failure: organisation.exit_url (invalid, with the field).
Done set_exit_url(storage::Transaction& tx, const auth::Scope& scope, const std::string& url);
// Of offers made from now on.
Done set_first_asked(storage::Transaction& tx, const auth::Scope& scope, FirstAsked first);
struct PublicOrganisation {
  OrganisationId id{};
  std::string slug{};
  std::string name{};
};
Result<std::vector<PublicOrganisation>> organisations(storage::Transaction& tx); // all here, by name

} // namespace teams
} // namespace kith
