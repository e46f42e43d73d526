// Consent: for one purpose, to one audience, about named categories, from an instant until a date, captured
// by somebody in some way. Withdrawing binds the next request. Refusing never blocks the service.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "people/person.hpp"
#include "storage/database.hpp"

namespace kith {

enum class Purpose { matching, contact, sharing };
std::span<const std::string_view> codes_of(Purpose);

enum class Captured { self, said_to_staff, written, imported };
std::span<const std::string_view> codes_of(Captured);

struct Consent {
  Id<Consent> id{};
  Id<Person> person{};
  Purpose purpose{};
  std::string audience{};                // "service", "peer_worker", "clinician"
  std::vector<std::string> categories{}; // of sharing: pieces such as "hopes", "pronouns", "contact"
  Instant from_at{};
  Date until_on{};
  Captured captured{};
  std::string text_version{}; // which wording the person agreed to
  std::optional<Instant> withdrawn_at{};
};

bool holds(const Consent& consent, Instant now); // given, not withdrawn, not past its last day (UTC)

namespace people {

struct GiveConsent {
  Id<Person> person{};
  Purpose purpose{};
  std::string audience{};
  std::vector<std::string> categories{};
  Captured captured{};
  std::optional<Instant> from{}; // when it was said, if that was earlier than now
};
inline constexpr int consent_days = 365;
inline constexpr std::string_view consent_text_version = "1";

// Replaces a live consent of the same purpose and audience.
Done give_consent(storage::Transaction& tx, const auth::Scope& scope, const GiveConsent& given);
Done withdraw_consent(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person, Purpose purpose);
Result<std::vector<Consent>> consents_of(storage::Transaction& tx, const auth::Scope& scope,
                                         Id<Person> person);
// For joins of higher floors.
std::string consent_columns(std::string_view alias);
Consent read_consent(const storage::Row& row);
// The live consent for this purpose and audience, if any.
Result<std::optional<Consent>> live_consent(storage::Transaction& tx, const auth::Scope& scope,
                                            Id<Person> person, Purpose purpose);

} // namespace people
} // namespace kith
