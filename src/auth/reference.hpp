// What a holder carries to prove a session or a link: `<organisation id>.<43 characters>`, 256 random bits.
// The organisation stands in front so that the right transaction can be opened before anything is known; the
// database holds a keyed hash of both, so neither a leaked database nor another organisation's id makes a
// valid one.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "storage/sealer.hpp"

namespace kith::auth {

struct Reference {
  OrganisationId organisation{};
  std::string token{}; // base64url
  std::string text() const { return organisation.text() + "." + token; }
};

Reference new_reference(OrganisationId organisation, Random& random);
std::optional<Reference> parse_reference(std::string_view text); // only the exact form
std::string stored_id(std::string_view key, const Reference& reference);

} // namespace kith::auth
