// What happened to the demo's people: each chapter of the cast is told by the same actions as real life, each
// at its own time in the past, so that events, messages, grants and places are those a service would have.
// Used by demo.cpp alone, inside the transaction that makes an organisation.
#pragma once
#include "app/demo_cast.hpp"
#include "auth/actor.hpp"
#include "base/random.hpp"
#include "people/person.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct Filling {
  storage::Transaction& tx;
  const auth::Scope& scope;
  SeededRandom& chance;
  Instant now{};
};

template <class T, std::size_t n> const T& pick(SeededRandom& chance, const T (&list)[n]) {
  return list[chance.below(n)];
}

// The person stands in the database and has no referral yet. Failure: demo.nobody when no worker can be asked
// where the chapter needs one (a fault of the cast).
Done tell(const Filling& f, const Person& person, const Chapter& chapter);

// After all chapters: what workers said lately, the messages of past days gone out, and what the clock does.
Done settle(const Filling& f);

} // namespace kith::app
