// The waiting list as matching sees it: records of this transaction compiled into profiles, without names,
// free text or diagnosis. The find page, the plan and the check of an offer all read the same snapshot.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "connections/offer_actions.hpp"
#include "matching/waiting_list.hpp"

namespace kith::connections {

struct Names {
  std::string of_person(RawId id) const;
  std::string of_worker(RawId id) const;
  std::vector<std::pair<RawId, std::string>> people{};  // by id
  std::vector<std::pair<RawId, std::string>> workers{}; // by id
};

struct Snapshot {
  matching::PlanInput input{};
  Names names{};
  std::vector<std::pair<RawId, Id<Referral>>> referrals{}; // person -> open referral, by person
};

// People with an open referral on the waiting list, all workers, live exclusions. Failures: those of storage.
Result<Snapshot> take_snapshot(storage::Transaction& tx, const auth::Scope& scope,
                               const matching::Settings& settings);
// What matching would still need to know of this person before anybody can be offered.
std::vector<matching::Obstacle> missing_for_matching(const Person& person);
Result<matching::Settings> default_settings(storage::Transaction& tx, const auth::Scope& scope);

// Checks pairs against a snapshot of the present state: one reading for all pairs of a request.
class SnapshotCheck final : public PairCheck {
public:
  explicit SnapshotCheck(matching::WaitingList list) : list_(std::move(list)) {}
  bool feasible(Id<Person> person, Id<Worker> worker) const override;

private:
  matching::WaitingList list_{};
};

} // namespace kith::connections
