// The facts that compiled.hpp keeps about workers, by what they are about. Plain values.
#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "matching/engine/columns.hpp"
#include "matching/profile.hpp"

namespace kith::matching {

// A number for each key that some worker has: of a fact, or of a code in the workers' wants.
template <class Key> class NumbersBy {
public:
  using Entry = std::pair<Key, std::uint32_t>;

  template <class Make> std::uint32_t of(const Key& key, const Make& make) { // `make()` when it is new
    const std::size_t at = place_of(key);
    if (at == entries_.size() || entries_[at].first != key)
      entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(at), Entry{key, make()});
    return entries_[at].second;
  }
  void set(engine::Columns& columns, const Key& key, std::uint32_t worker) { // as a fact
    columns.set(of(key, [&] { return columns.add_fact(); }), worker);
  }
  const std::vector<Entry>& all() const { return entries_; } // by key
  const std::uint32_t* find(const Key& key) const {
    const std::size_t at = place_of(key);
    return at == entries_.size() || entries_[at].first != key ? nullptr : &entries_[at].second;
  }

private:
  std::size_t place_of(const Key& key) const { // the first entry that is not before it
    std::size_t least = 0, most = entries_.size();
    while (least < most) {
      const std::size_t middle = (least + most) / 2;
      if (entries_[middle].first < key) least = middle + 1;
      else most = middle;
    }
    return least;
  }

  std::vector<Entry> entries_{};
};
using NumbersByCode = NumbersBy<std::string>;
using NumbersByHalfHour = NumbersBy<int>;

struct WorkerFacts {
  engine::Fact active{}, here{}, willing{}, has_place{};
  engine::Fact languages_known{}, interpreter{}; // the latter where their languages are known
  engine::Fact remote{}, in_person_placed{}, in_person_unplaced{}, not_in_person{};
  engine::Fact genders_known{}, cultures_known{}, interests_known{}, organisation_known{}, age_known{};
  engine::Fact times_known{};
  engine::Fact asks_nothing{};              // no wish that has points
  NumbersByCode willing_at{}, cleared_at{}; // by setting
  NumbersByCode speaks{}, genders{}, cultures{}, interests{}, named{}, unnamed{}, organisation{};
  NumbersBy<std::int32_t> age{};
  NumbersByHalfHour free_at{}, begins_at{}; // at the latter the shortest meeting could begin
};

struct WorkerMusts { // on one criterion
  bool any{};
  engine::Fact others{};             // whoever has none
  NumbersByCode wanted{};            // what they ask for, or else their own
  NumbersBy<std::int32_t> own_age{}; // without bands
  NumbersBy<Codes> bands{};          // age
  NumbersByHalfHour begins_at{};     // times: where a meeting could begin in the wanted week
};

// How the wishes that have points number their codes: bits of engine::Want, by criterion; ages are keys.
struct WantNumbers {
  std::array<NumbersByCode, criterion_count> codes{};
  NumbersBy<std::int32_t> own_age{};
  NumbersBy<Codes> bands{};
  std::uint32_t age_keys() const {
    return static_cast<std::uint32_t>(own_age.all().size() + bands.all().size());
  }
};

// The worker's private limits. `no_...`: whoever has none of that kind.
struct WorkerBoundaries {
  engine::Fact no_genders{}, no_age_least{}, no_age_most{};
  NumbersByCode only_genders{}, not_experience{}, not_cultures{}, not_settings{};
  NumbersBy<std::int32_t> age_least{}, age_most{};
};

} // namespace kith::matching
