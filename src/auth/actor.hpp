// Who acts, and the proof that access was decided. An Actor is what a session says about its holder. A Scope
// (actor, organisation, instant, randomness) and an Authorised<T> can be made only inside src/auth, and every
// repository function takes a Scope, so code that skips the decision does not compile.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "storage/sealer.hpp"

namespace kith {
struct Account;
struct Person;
struct Worker;
} // namespace kith

namespace kith::auth {

enum class Role : std::uint8_t {
  administrator,
  coordinator,
  peer_worker,
  clinician,
  person,
  supporter,
  service
};
std::span<const std::string_view> codes_of(Role);

enum class Strength : std::uint8_t { none, password, link, full }; // full: password and TOTP
std::span<const std::string_view> codes_of(Strength);

struct Actor {
  OrganisationId organisation{};
  Id<Account> account{};
  std::vector<Role> roles{};
  Id<Person> person{}; // the record this holder is, when a person
  Id<Worker> worker{}; // the profile this holder has, when a peer worker
  Strength strength{};
  std::string session{}; // the session's stored id (a hash); "" for a service actor
  std::string name{};    // display only
  bool has(Role role) const;
  bool anonymous() const { return account.empty() && roles.empty(); }
};

class Scope {
public:
  OrganisationId organisation() const { return actor_.organisation; }
  const Actor& actor() const { return actor_; }
  Instant now() const { return now_; }
  Random& random() const { return *random_; }
  const std::string& request_id() const { return request_id_; }

private:
  friend class ScopeMaker;
  Scope(Actor actor, Instant now, Random& random, std::string request_id)
      : actor_(std::move(actor)), now_(now), random_(&random), request_id_(std::move(request_id)) {}
  Actor actor_{};
  Instant now_{};
  Random* random_{};
  std::string request_id_{};
};

struct ServiceScope {
  std::string_view service{}; // "import", "outbox", "demo", "command line": stands in the audit as the actor
  OrganisationId organisation{};
};
// For jobs and commands: a named service actor of one organisation, role `service` only.
Scope service_scope(const ServiceScope& service, Instant now, Random& random);
std::string actor_text(const Scope& scope); // for facts and audit: the account's id, or the service's name

template <class T> class Authorised {
public:
  const T& operator*() const { return object_; }
  const T* operator->() const { return &object_; }

private:
  friend class Gate;
  explicit Authorised(T object) : object_(std::move(object)) {}
  T object_{};
};

} // namespace kith::auth
