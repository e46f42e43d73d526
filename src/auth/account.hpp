// An account: who may sign in to one organisation, and with which roles. `staff` sign in with password and
// code; a `person` or `supporter` by a link. Roles are memberships, each with its own status; an account that
// is not active has none (trust.md section 3). Plain data; used by sign_in, the session store and the pages
// that keep accounts.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "record/field.hpp"

namespace kith {

enum class Holder : std::uint8_t { staff, person, supporter };
std::span<const std::string_view> codes_of(Holder);

enum class Standing : std::uint8_t {
  invited,
  active,
  suspended,
  ended
}; // of an account, and of one of its roles
std::span<const std::string_view> codes_of(Standing);

struct Account {
  Id<Account> id{};
  std::int64_t version{1};
  Holder holder{};
  std::string name{};          // display
  std::string sign_in{};       // folded; "" when the holder signs in by link only
  std::string password_hash{}; // auth::Passwords
  std::int64_t totp_step{};    // of the last accepted code
  Standing status{};
  Id<Person> person_id{};
  Id<Worker> worker_id{};
  Instant created_at{};
  std::string totp_secret{}; // base32; sealed
};
const record::Description& account_description();

struct Membership {
  Id<Account> account{};
  auth::Role role{};
  Standing status{};
  Instant since_at{};
};

} // namespace kith
