// The waiting list as pages and the API read it: one page of who waits, in the order of the promise, all of
// them or those a filter in the address picks; and where one person stands in all of it. Values only; any
// thread.
#pragma once
#include <vector>

#include "auth/route.hpp"
#include "connections/connection_store.hpp"
#include "web/paging.hpp"

namespace kith::web {

using connections::Waiting; // of ?show=

struct WaitingView {
  Waiting show{Waiting::all};
  Date today{};
  int promise_days{};
  std::int64_t counts[4]{}; // of each filter, in its order, whatever the page
  Paging paging{};          // of those the filter picks
  std::vector<connections::WaitingRow> rows{};
};
inline constexpr int waiting_rows_on_page = 100; // in the API too: the audit names everybody who is shown

bool late(const connections::WaitingRow& row, Date today);
Result<WaitingView> waiting_list(const auth::Call& call);

struct Neighbours {
  int place{}; // from 1; 0: not in this view
  int of{};
  Id<Person> previous{};
  Id<Person> next{};
};
Neighbours neighbours_of(const std::vector<Id<Person>>& order, Id<Person> person);
struct Place {
  Waiting show{Waiting::all};
  Neighbours beside{};
  int page{1}; // of the list, where the person's row is
};
Result<Place> place_in_list(const auth::Call& call, Id<Person> person);
std::string show_query(Waiting show, int page = 1); // "?show=late&page=2", or "" for all and the first

} // namespace kith::web
