// The limit on guessing (F37): at most ten failures of one subject in fifteen minutes, whether the account
// exists or not. An attempt is recorded before the guess is judged, so that a hundred guesses at once do not
// share one count; rows hold a keyed hash of the subject, the time and the outcome, nothing about a person.
// Used by sign_in.
#pragma once
#include <string>
#include <string_view>

#include "storage/database.hpp"

namespace kith::auth {

// open counts as a failure until it is judged; busy and not_a_try never do: the guess could not be judged, or
// there was none to judge.
enum class Outcome : std::uint8_t { open, ok, refused, busy, not_a_try };

struct AttemptStart {
  OrganisationId organisation{};
  std::string_view subject{}; // what is guessed at: a sign-in name, an account's code
  Instant now{};
};

class Attempts {
public:
  static constexpr int failures_max = 10;
  static constexpr std::int64_t window_ms = minutes_ms(15);

  Attempts(storage::Database& database, std::string key) : database_(&database), key_(std::move(key)) {}

  // Records an open attempt in a transaction of its own and returns its id. Failure: sign_in.wait (too_much;
  // argument: minutes), and then nothing is recorded: waiting is not prolonged by trying.
  Result<std::string> begin(const AttemptStart& start) const;

private:
  Result<std::string> try_begin(const AttemptStart& start) const;

  storage::Database* database_{};
  std::string key_{};
};

Done judge_attempt(storage::Transaction& tx, const std::string& attempt, Outcome outcome);
Result<std::int64_t> forget_attempts(storage::Transaction& tx, Instant before); // how many

} // namespace kith::auth
