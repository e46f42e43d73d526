// The limits on guessing (F37), whether the account exists or not. Each guess counts against several subjects
// at once: a name from one network, a network whatever the name, and a name from all networks it never signed
// in from before. A network that a name finished signing in from does not count there, so strangers elsewhere
// keep nobody out. An attempt is recorded before the guess is judged, so that a hundred guesses at once do
// not share one count; rows hold a keyed hash of the subject, the time and the outcome, nothing about a
// person. Used by sign_in and the public form; docs/decisions/0006 says why these limits.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace kith::auth {

// open counts as a failure until it is judged; busy and not_a_try never do: the guess could not be judged, or
// there was none to judge.
enum class Outcome : std::uint8_t { open, ok, refused, busy, not_a_try };

enum class AtLimit : std::uint8_t {
  wait,  // until the oldest of the failures is older than the window
  pause, // a growing while after the latest, never longer than Attempts::pause_max_ms: nobody is locked out
};

struct GuessLimit {
  std::string subject{}; // what is guessed at, or who guesses
  int failures_max{};
  AtLimit at_limit{AtLimit::wait};
};

struct AttemptStart {
  OrganisationId organisation{};
  std::vector<GuessLimit> limits{}; // all must allow it, and each counts it
  // Whose place it may be: from a place known to it, the attempt counts only against the limits before
  // `strangers_from`.
  std::string place{};
  std::size_t strangers_from{};
  Instant now{};
};

struct Attempt {
  std::vector<std::string> rows{};
};

class Attempts {
public:
  static constexpr int failures_max = 10;          // of one subject from one network
  static constexpr int visitor_failures_max = 100; // of one network, whatever the subjects
  static constexpr std::int64_t window_ms = minutes_ms(15);
  static constexpr std::int64_t pause_first_ms = seconds_ms(5);
  static constexpr std::int64_t pause_max_ms = minutes_ms(1);
  static constexpr std::int64_t place_kept_ms = days_ms(90); // since it was last signed in from

  Attempts(storage::Database& database, std::string key) : database_(&database), key_(std::move(key)) {}

  // Records an open attempt in a transaction of its own. Failure: sign_in.wait (too_much; argument: minutes),
  // and then nothing is recorded: waiting is not prolonged by trying.
  Result<Attempt> begin(const AttemptStart& start) const;

  // From now on attempts from this place count as its holder's own.
  Done remember_place(storage::Transaction& tx, std::string_view place, Instant now) const;

private:
  Result<Attempt> try_begin(const AttemptStart& start) const;
  Result<std::string> add_to(storage::Transaction& tx, const GuessLimit& limit, Instant now) const;
  std::string subject_of(const storage::Transaction& tx, std::string_view kind, std::string_view what) const;

  storage::Database* database_{};
  std::string key_{};
};

Done judge_attempt(storage::Transaction& tx, const Attempt& attempt, Outcome outcome);
// Forgets what no limit looks at any more, and places that nobody came back to; how many attempts.
Result<std::int64_t> forget_attempts(storage::Transaction& tx, Instant now);

} // namespace kith::auth
