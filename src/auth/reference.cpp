#include "auth/reference.hpp"

#include "auth/keys.hpp"
#include "base/text.hpp"

namespace kith::auth {
namespace {

constexpr std::size_t id_size = 32;
constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_size = 43;

} // namespace

Reference new_reference(OrganisationId organisation, Random& random) {
  std::uint8_t bytes[token_bytes] = {};
  random.fill(bytes);
  return {organisation, base64url({reinterpret_cast<const char*>(bytes), sizeof bytes})};
}

std::optional<Reference> parse_reference(std::string_view text) {
  if (text.size() != id_size + 1 + token_size || text[id_size] != '.') return {};
  const auto organisation = OrganisationId::parse(text.substr(0, id_size));
  const std::string token(text.substr(id_size + 1));
  const auto bytes = unbase64url(token);
  if (!organisation || !bytes || base64url(*bytes) != token) return {};
  return Reference{*organisation, token};
}

std::string stored_id(std::string_view key, const Reference& reference) {
  return hex(keyed_hash(key, reference.text()));
}

} // namespace kith::auth
