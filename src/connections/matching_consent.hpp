// A person's yes to being matched, at any time and not only with a referral: given by themselves or told to a
// coordinator, and taken back without stopping altogether. Without it nobody is proposed.
#pragma once
#include <optional>

#include "auth/actor.hpp"
#include "base/time.hpp"
#include "people/consent.hpp"
#include "storage/database.hpp"

namespace kith::connections {

struct MatchingAgreement {
  Id<Person> person{};
  Captured captured{};
  std::optional<Date> on{}; // when they said it; default now
  bool again{};             // they said it after they took it back on that day
};
// Failures: consent.invalid with a field: "how" not_said (a member of staff cannot say it for them), "on"
// out_of_range (in the future, or a year ago), "on" taken_back (they took it back on a later day), "again"
// taken_back (they took it back on that day, and nobody says which came last).
Done agree_to_matching(storage::Transaction& tx, const auth::Scope& scope,
                       const MatchingAgreement& agreement);

// Open offers are taken back and the referral waits; a connection stays. Doing it again changes nothing.
Done withdraw_from_matching(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person);

Result<bool> agrees_to_matching(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person);

} // namespace kith::connections
