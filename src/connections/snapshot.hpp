// The waiting list as matching sees it: records of this transaction compiled into profiles, without names,
// free text or diagnosis. The find page, the plan and the check of an offer all read the same snapshot.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "connections/connection_store.hpp"
#include "connections/offer_actions.hpp"
#include "matching/id_names.hpp"
#include "matching/waiting_list.hpp"

namespace kith::connections {

struct Names {
  std::string of_person(RawId id) const;
  std::string of_worker(RawId id) const;
  std::vector<std::pair<RawId, std::string>> people{};  // by id
  std::vector<std::pair<RawId, std::string>> workers{}; // by id
};

// For wording: names by id.
matching::IdNames id_names(const std::vector<std::pair<RawId, std::string>>& names);

struct Snapshot {
  matching::PlanInput input{};
  Names names{};
  std::vector<std::pair<RawId, Id<Referral>>> referrals{}; // person -> open referral, by person
  std::vector<std::pair<RawId, std::string>> areas{};      // person -> area as written, by person
};

// People with an open referral on the waiting list, or some of them, all workers, live exclusions. Failures:
// those of storage.
Result<Snapshot> take_snapshot(storage::Transaction& tx, const auth::Scope& scope,
                               const matching::Settings& settings, const Waiters& of = {});
// The same for planning the whole list: without those who said "not now" and are to be asked again later.
struct PlanSnapshot {
  Snapshot snapshot{};
  int asked_later{}; // how many those are
};
Result<PlanSnapshot> take_plan_snapshot(storage::Transaction& tx, const auth::Scope& scope,
                                        const matching::Settings& settings);
// What matching would still need to know of this person before anybody can be offered.
std::vector<matching::Obstacle> missing_for_matching(const Person& person);
Result<matching::Settings> default_settings(storage::Transaction& tx, const auth::Scope& scope);

// Checks pairs against a snapshot of the present state: one reading for all pairs of a request.
class SnapshotCheck final : public PairCheck {
public:
  explicit SnapshotCheck(matching::WaitingList list) : list_(std::move(list)) {}
  bool feasible(Id<Person> person, Id<Worker> worker) const override;
  bool still_feasible(Id<Person> person, Id<Worker> worker) const override;
  const matching::WaitingList& list() const { return list_; }

private:
  matching::WaitingList list_{};
};

// Where a record says it is, metres in the service's projection; nothing unless both are known.
std::optional<matching::Location> location_of(std::optional<int> east, std::optional<int> north);

} // namespace kith::connections
