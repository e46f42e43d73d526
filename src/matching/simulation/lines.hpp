// Who waits in a run: a line for each kind of people, in the order in which they came, and whom of the
// workers each has declined. Whoever is served or gives up leaves their card to somebody who comes later, so
// what is in memory is the list of a day and not everybody of five years.
//
// Who is first in a line, of several, is asked for every place that becomes free. So a person's claim is one
// number, the smaller the sooner, and those of the first in each line stand side by side. Within a line
// claims grow. O(1) each, but for `has_declined`: one step a decline of that person.
#pragma once
#include <cstdint>
#include <vector>

#include "matching/simulation/arrivals.hpp"

namespace kith::matching::simulation {

inline constexpr std::uint32_t none = UINT32_MAX;

using Claim = std::uint64_t;
inline constexpr Claim no_claim = UINT64_MAX;

struct Person {
  Claim claim{};
  Ticks arrived{};
  Ticks gives_up_at{};
  Ticks length{};          // of their connection
  std::uint64_t answers{}; // the hash from which each answer comes
  std::uint32_t kind{};
  std::uint32_t before{none}; // in the line of their kind
  std::uint32_t after{none};
  std::uint32_t declined{none}; // the latest, in declined_
  std::uint32_t asked{none};    // the worker about whom they are deciding
  bool leaves{};                // before they have decided
  bool waits{};                 // in their line
};

class Lines {
public:
  void clear(std::size_t kinds) {
    people_.clear();
    declined_.clear();
    lines_.assign(kinds, {});
    claims_.assign(kinds, no_claim);
    unused_ = none;
  }
  std::uint32_t cards() const { return static_cast<std::uint32_t>(people_.size()); }
  Person& operator[](std::uint32_t card) { return people_.data()[card]; }
  const Person& operator[](std::uint32_t card) const { return people_.data()[card]; }
  std::uint32_t first(std::uint32_t kind) const { return lines_.data()[kind].first; }
  Claim claim_of_first(std::uint32_t kind) const { return claims_.data()[kind]; } // or no_claim

  std::uint32_t add() { // a card; what it holds is left over from somebody else
    const std::uint32_t card = unused_;
    if (card == none) {
      people_.emplace_back();
      return cards() - 1;
    }
    unused_ = (*this)[card].after;
    (*this)[card].after = (*this)[card].declined = none;
    return card;
  }
  void remove(std::uint32_t card) { // REQUIRES somebody who does not wait
    (*this)[card].after = unused_;
    unused_ = card;
  }
  void join(std::uint32_t card) { // at the end
    Person& who = (*this)[card];
    Line& line = lines_.data()[who.kind];
    who.waits = true;
    who.before = line.last;
    if (line.last == none) {
      line.first = card;
      claims_.data()[who.kind] = who.claim;
    } else (*this)[line.last].after = card;
    line.last = card;
  }
  void come_back(std::uint32_t card) { // to where they were: whoever came later stands behind them
    Person& who = (*this)[card];
    Line& line = lines_.data()[who.kind];
    std::uint32_t behind = line.first;
    while (behind != none && (*this)[behind].claim < who.claim) behind = (*this)[behind].after;
    who.waits = true;
    who.after = behind;
    who.before = behind == none ? line.last : (*this)[behind].before;
    (behind == none ? line.last : (*this)[behind].before) = card;
    if (who.before != none) {
      (*this)[who.before].after = card;
      return;
    }
    line.first = card;
    claims_.data()[who.kind] = who.claim;
  }
  void leave(std::uint32_t card) {
    Person& who = (*this)[card];
    Line& line = lines_.data()[who.kind];
    who.waits = false;
    (who.after == none ? line.last : (*this)[who.after].before) = who.before;
    if (who.before != none) {
      (*this)[who.before].after = who.after;
      return;
    }
    line.first = who.after;
    claims_.data()[who.kind] = who.after == none ? no_claim : (*this)[who.after].claim;
  }

  bool has_declined(const Person& person, std::uint32_t worker) const {
    for (std::uint32_t at = person.declined; at != none; at = declined_.data()[at].earlier)
      if (declined_.data()[at].worker == worker) return true;
    return false;
  }
  void decline(Person& person, std::uint32_t worker) {
    declined_.push_back({worker, person.declined});
    person.declined = static_cast<std::uint32_t>(declined_.size() - 1);
  }

private:
  struct Line {
    std::uint32_t first{none};
    std::uint32_t last{none};
  };
  struct Declined {
    std::uint32_t worker{};
    std::uint32_t earlier{};
  };

  std::vector<Person> people_{};
  std::vector<Line> lines_{};   // by kind
  std::vector<Claim> claims_{}; // by kind
  std::vector<Declined> declined_{};
  std::uint32_t unused_{none}; // cards, in a list by `after`
};

} // namespace kith::matching::simulation
