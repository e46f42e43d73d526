// The waiting list as pages and the API read it: who waits, in the order of the promise, all of them or those
// a filter in the address picks; and where one person stands in it. Values only; any thread.
#pragma once
#include <vector>

#include "auth/route.hpp"
#include "connections/connection_store.hpp"

namespace kith::web {

enum class Waiting { all, late, find, answers };
std::span<const std::string_view> codes_of(Waiting); // of ?show=

struct WaitingView {
  Waiting show{Waiting::all};
  Date today{};
  int promise_days{};
  int counts[4]{}; // of each filter, in its order
  std::vector<connections::WaitingRow> rows{};
  bool cut{}; // more wait than are read here
};
inline constexpr int waiting_rows_max = 500;

bool late(const connections::WaitingRow& row, Date today);
Result<WaitingView> waiting_list(const auth::Call& call);

struct Neighbours {
  int place{}; // from 1; 0: not in this view
  int of{};
  Id<Person> previous{};
  Id<Person> next{};
};
Neighbours neighbours_of(const WaitingView& view, Id<Person> person);
std::string show_query(Waiting show); // "?show=late", or "" for all

} // namespace kith::web
