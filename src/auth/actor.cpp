#include "auth/actor.hpp"

#include <algorithm>

#include "record/field.hpp"

namespace kith::auth {

std::span<const std::string_view> codes_of(Role) {
  static constexpr std::string_view codes[] = {"administrator", "coordinator", "peer_worker", "clinician",
                                               "person",        "supporter",   "service"};
  return codes;
}

std::span<const std::string_view> codes_of(Strength) {
  static constexpr std::string_view codes[] = {"none", "password", "link", "full"};
  return codes;
}

bool Actor::has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

// The one place that makes a Scope; declared nowhere, so nobody else can.
class ScopeMaker {
public:
  static Scope make(Actor actor, Instant now, Random& random, std::string request_id) {
    return Scope(std::move(actor), now, random, std::move(request_id));
  }
};

Scope make_scope(Actor actor, Instant now, Random& random, std::string request_id) {
  return ScopeMaker::make(std::move(actor), now, random, std::move(request_id));
}

Scope service_scope(const ServiceScope& service, Instant now, Random& random) {
  Actor actor;
  actor.organisation = service.organisation;
  actor.roles = {Role::service};
  actor.strength = Strength::full;
  actor.name = service.service;
  return ScopeMaker::make(std::move(actor), now, random, "");
}

std::string actor_text(const Scope& scope) {
  return scope.actor().account.empty() ? scope.actor().name : scope.actor().account.text();
}

} // namespace kith::auth
