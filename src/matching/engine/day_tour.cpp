#include "matching/engine/day_tour.hpp"

#include <algorithm>
#include <string>

namespace kith::matching::engine {
namespace {

constexpr std::int32_t day_minutes = 1'440;
constexpr std::int32_t too_late = day_minutes + 1; // an end that cannot be reached
constexpr std::int32_t too_early = -1;             // a beginning from which nothing can be reached

// Reaching forwards from home and backwards to it, over the first `count` contacts.
class Tours {
public:
  Tours(const Day& day, std::size_t count)
      : day_(day), home_(day.contacts.size()), count_(count), ends_(sets() * count, too_late),
        before_(sets() * count, count), begins_(sets() * count, too_early) {}

  std::size_t sets() const { return std::size_t{1} << count_; }
  std::int32_t way(std::size_t from, std::size_t to) const { return day_.travel[from * (home_ + 1) + to]; }

  // The earliest end of `last` after the others of `set`, setting out at leaves_from.
  void forwards() {
    for (std::size_t set = 1; set < sets(); ++set)
      for (std::size_t last = 0; last < count_; ++last)
        if (set >> last & 1) reach(set, last);
  }
  // The latest beginning of `first` so that it and the others of `set` after it are met and home is in time.
  void backwards() {
    for (std::size_t set = 1; set < sets(); ++set)
      for (std::size_t first = 0; first < count_; ++first)
        if (set >> first & 1) begins_[set * count_ + first] = latest_begin(set, first);
  }
  std::int32_t end(std::size_t set, std::size_t last) const { return ends_[set * count_ + last]; }
  std::int32_t begin(std::size_t set, std::size_t first) const { return begins_[set * count_ + first]; }
  std::size_t before(std::size_t set, std::size_t last) const { return before_[set * count_ + last]; }

private:
  void reach(std::size_t set, std::size_t last) {
    const std::size_t others = set & ~(std::size_t{1} << last);
    if (others == 0) return keep(set, last, {home_, day_.leaves_from});
    for (std::size_t previous = 0; previous < count_; ++previous)
      if (others >> previous & 1) keep(set, last, {previous, end(others, previous)});
  }
  struct Left {
    std::size_t contact{};
    std::int32_t at{};
  };
  void keep(std::size_t set, std::size_t last, Left left) {
    const DayContact& contact = day_.contacts[last];
    if (left.at == too_late) return;
    const std::int32_t ends = std::max(left.at + way(left.contact, last), contact.from) + contact.minutes;
    if (ends > contact.until || ends >= ends_[set * count_ + last]) return;
    ends_[set * count_ + last] = ends;
    before_[set * count_ + last] = left.contact;
  }
  std::int32_t latest_begin(std::size_t set, std::size_t first) const {
    const DayContact& contact = day_.contacts[first];
    const std::size_t others = set & ~(std::size_t{1} << first);
    std::int32_t ends = others == 0 ? day_.back_by - way(first, home_) : too_early;
    for (std::size_t next = 0; next < count_; ++next)
      if (others >> next & 1) ends = std::max(ends, begin(others, next) - way(first, next));
    const std::int32_t begins = std::min(ends, contact.until) - contact.minutes;
    return begins >= contact.from ? begins : too_early;
  }

  const Day& day_;
  std::size_t home_;
  std::size_t count_;
  std::vector<std::int32_t> ends_;
  std::vector<std::size_t> before_;
  std::vector<std::int32_t> begins_;
};

std::vector<Starts> joined(std::vector<Starts> starts) {
  std::sort(starts.begin(), starts.end(), [](const Starts& a, const Starts& b) {
    return a.earliest != b.earliest ? a.earliest < b.earliest : a.latest < b.latest;
  });
  std::vector<Starts> out;
  for (const Starts& next : starts) {
    if (!out.empty() && next.earliest <= out.back().latest + 1)
      out.back().latest = std::max(out.back().latest, next.latest);
    else out.push_back(next);
  }
  return out;
}

Failure wrong_contact(std::size_t index) {
  Failure failure = invalid("day.window");
  failure.arguments = {std::to_string(index)};
  return failure;
}

} // namespace

Done validate(const Day& day) {
  const std::size_t side = day.contacts.size() + 1;
  if (day.contacts.size() > day_contacts_most) return invalid("day.contacts_too_many");
  if (day.travel.size() != side * side) return invalid("day.travel_shape");
  for (const std::int32_t minutes : day.travel)
    if (minutes < 0 || minutes > day_minutes) return invalid("day.travel_range");
  if (day.leaves_from < 0 || day.leaves_from > day.back_by || day.back_by > day_minutes)
    return invalid("day.hours");
  for (std::size_t i = 0; i < day.contacts.size(); ++i) {
    const DayContact& contact = day.contacts[i];
    if (contact.from < 0 || contact.until > day_minutes || contact.minutes <= 0 ||
        contact.minutes > contact.until - contact.from)
      return wrong_contact(i);
  }
  return {};
}

std::optional<std::vector<DayVisit>> tour_of(const Day& day) {
  const std::size_t count = day.contacts.size();
  std::vector<DayVisit> out;
  if (count == 0) return out;
  Tours tours(day, count);
  tours.forwards();
  std::size_t set = tours.sets() - 1, last = count;
  std::int32_t back = day.back_by + 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t then = tours.end(set, i) + tours.way(i, count);
    if (tours.end(set, i) == too_late || then >= back) continue;
    back = then;
    last = i;
  }
  if (last == count) return std::nullopt;
  while (set != 0) {
    out.push_back({static_cast<std::uint32_t>(last), tours.end(set, last) - day.contacts[last].minutes});
    const std::size_t before = tours.before(set, last);
    set &= ~(std::size_t{1} << last);
    last = before;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Starts> starts_of_last(const Day& day) {
  const std::size_t count = day.contacts.size() - 1, home = count + 1;
  const DayContact& contact = day.contacts[count];
  Tours tours(day, count);
  tours.forwards();
  tours.backwards();
  std::vector<Starts> out;
  for (std::size_t met = 0; met < tours.sets(); ++met) { // before the new one; the others come after it
    std::int32_t earliest = met == 0 ? day.leaves_from + tours.way(home, count) : too_late;
    for (std::size_t last = 0; last < count; ++last)
      if (met >> last & 1) earliest = std::min(earliest, tours.end(met, last) + tours.way(last, count));
    const std::size_t rest = tours.sets() - 1 - met;
    std::int32_t ends = rest == 0 ? day.back_by - tours.way(count, home) : too_early;
    for (std::size_t next = 0; next < count; ++next)
      if (rest >> next & 1) ends = std::max(ends, tours.begin(rest, next) - tours.way(count, next));
    const Starts starts{std::max(earliest, contact.from), std::min(ends, contact.until) - contact.minutes};
    if (starts.earliest <= starts.latest) out.push_back(starts);
  }
  return joined(std::move(out));
}

} // namespace kith::matching::engine
