// Whose turn it is: who of those who wait is offered a place that becomes free. Kinds of people fall into
// groups, of one worker, and an earlier group comes before a later one; within a group the smallest claim is
// next. With bands of days, which move with time, it is the class, then the band, the fit, and the claim. Who
// gave up waiting in the meantime is noticed when it would be their turn. Cost: the kinds the worker can
// support, and everybody of them who has declined that worker.
#pragma once
#include <vector>

#include "matching/simulation/lines.hpp"

namespace kith::matching::simulation {

class Turns {
public:
  explicit Turns(const Model& model);

  // REQUIRES number < about_limit: the n-th to come.
  Claim claim_of(std::uint32_t kind, Ticks arrived, std::uint32_t number) const {
    return claims_from_.data()[kind] + (static_cast<Claim>(arrived) << claim_bits_of_number) + number;
  }
  // Whether this worker may be offered to them now: not asked about before, not below a floor that holds.
  bool may_offer(const Lines& lines, const Person& person, std::uint32_t worker, Ticks now) const {
    return !lines.has_declined(person, worker) && !is_held_back(person, worker, now);
  }
  bool is_held_back(const Person& person, std::uint32_t worker, Ticks now) const {
    return model_.floor && model_.is_below_floor(person.kind, worker) &&
           now < model_.held_until(person.kind, person.arrived);
  }
  // Of these workers the one who fits best; ties: the earlier worker. Or none.
  std::uint32_t closest_of(const std::vector<std::uint32_t>& workers, const Person& person,
                           const Lines& lines, Ticks now) const;
  // Those of them who are below the floor for this kind of people, the best fit first.
  std::vector<std::uint32_t> below_floor(std::uint32_t kind, const std::vector<std::uint32_t>& workers) const;
  bool comes_before(const Person& a, const Person& b, Ticks now) const; // where any worker would do
  // Who has given up by `now` is told to `gave_up`, which takes them out of their line.
  template <class GaveUp>
  std::uint32_t next_for(std::uint32_t worker, Lines& lines, Ticks now, const GaveUp& gave_up) const {
    const Group groups = groups_of_.data()[worker];
    if (is_banded()) {
      for (std::uint32_t at = groups.first; at < groups.last; ++at)
        tell_who_gave_up(groups_.data()[at], lines, now, gave_up);
      return next_in_bands(worker, lines, now);
    }
    for (std::uint32_t at = groups.first; at < groups.last; ++at)
      if (const std::uint32_t next = next_of(groups_.data()[at], worker, lines, now, gave_up); next != none)
        return next;
    return none;
  }

private:
  static constexpr int claim_bits_of_number = 25;
  struct Group {
    std::uint32_t first{};
    std::uint32_t last{};
  };

  void begin_claims();
  void group_kinds(std::uint32_t worker);
  std::int32_t rank(std::uint32_t kind, std::uint32_t worker) const;

  // Nearly always the first of some line is next; where they have declined this worker, all lines are walked.
  template <class GaveUp>
  std::uint32_t next_of(Group group, std::uint32_t worker, Lines& lines, Ticks now,
                        const GaveUp& gave_up) const {
    for (;;) {
      Claim best = no_claim;
      std::uint32_t kind = 0;
      for (const std::uint32_t *at = kinds_.data() + group.first, *last = kinds_.data() + group.last;
           at < last; ++at) {
        const Claim claim = lines.claim_of_first(*at);
        const Claim sooner = -static_cast<Claim>(claim < best); // all bits or none, and no branch
        best ^= (best ^ claim) & sooner;
        kind ^= (kind ^ *at) & static_cast<std::uint32_t>(sooner);
      }
      if (best == no_claim) return none;
      const std::uint32_t first = lines.first(kind);
      if (lines[first].gives_up_at < now) gave_up(first);
      else if (!may_offer(lines, lines[first], worker, now)) return next_but_first(group, worker, lines, now);
      else return first;
    }
  }
  template <class GaveUp>
  void tell_who_gave_up(Group group, Lines& lines, Ticks now, const GaveUp& gave_up) const {
    for (std::uint32_t at = group.first; at < group.last; ++at) {
      std::uint32_t first = lines.first(kinds_.data()[at]);
      while (first != none && lines[first].gives_up_at < now) {
        gave_up(first);
        first = lines.first(kinds_.data()[at]);
      }
    }
  }
  std::uint32_t next_but_first(Group group, std::uint32_t worker, const Lines& lines, Ticks now) const;
  // The first of their kind who may be offered this worker, with a claim below `than`.
  std::uint32_t first_possible(std::uint32_t kind, std::uint32_t worker, const Lines& lines, Ticks now,
                               Claim than) const;

  bool is_banded() const { return model_.order == Order::promise && model_.band_days > 0; }
  Ticks band_of(const Person& person, Ticks now) const;
  std::uint32_t next_in_bands(std::uint32_t worker, const Lines& lines, Ticks now) const;

  const Model& model_;
  bool classes_in_claims_{};
  std::vector<Claim> claims_from_{};   // by kind
  std::vector<std::uint32_t> kinds_{}; // in groups, of one worker after the other
  std::vector<Group> groups_{};
  std::vector<Group> groups_of_{}; // by worker: of groups_
};

} // namespace kith::matching::simulation
