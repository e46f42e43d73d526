#include "web/waiting_list.hpp"

#include "base/zones.hpp"
#include "teams/organisation.hpp"

namespace kith::web {
namespace {

Waiting shown_of(const auth::Call& call) {
  return record::parse_code<Waiting>(call.request.query_value("show")).value_or(Waiting::all);
}

} // namespace

bool late(const connections::WaitingRow& row, Date today) { return today > row.referral.promise_on; }

Result<WaitingView> waiting_list(const auth::Call& call) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  WaitingView view;
  view.show = shown_of(call);
  view.today = local_date(call.scope.now(), organisation.zone);
  view.promise_days = organisation.promise_days;
  TRY_ASSIGN(const auto open, connections::count_open_referrals(call.tx, call.scope, view.today));
  const std::int64_t counts[] = {open.waiting, open.late, open.waiting - open.answers, open.answers};
  std::copy(std::begin(counts), std::end(counts), view.counts);
  view.paging =
      paging_of(call.request, {view.counts[static_cast<std::size_t>(view.show)], waiting_rows_on_page});
  TRY_ASSIGN(view.rows, connections::waiting_referrals(call.tx, call.scope, {view.show, view.today},
                                                       {view.paging.offset(), waiting_rows_on_page}));
  return view;
}

Neighbours neighbours_of(const std::vector<Id<Person>>& order, Id<Person> person) {
  Neighbours found;
  found.of = static_cast<int>(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] != person) continue;
    found.place = static_cast<int>(i) + 1;
    if (i > 0) found.previous = order[i - 1];
    if (i + 1 < order.size()) found.next = order[i + 1];
  }
  return found;
}

Result<Place> place_in_list(const auth::Call& call, Id<Person> person) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  Place place;
  place.show = shown_of(call);
  const Date today = local_date(call.scope.now(), organisation.zone);
  TRY_ASSIGN(const auto order, connections::waiting_order(call.tx, call.scope, {place.show, today}));
  place.beside = neighbours_of(order, person);
  if (place.beside.place > 0) place.page = (place.beside.place - 1) / waiting_rows_on_page + 1;
  return place;
}

std::string show_query(Waiting show, int page) {
  std::string query;
  if (show != Waiting::all) query = "?show=" + std::string(record::code_of(show));
  if (page > 1) query += (query.empty() ? "?page=" : "&page=") + std::to_string(page);
  return query;
}

} // namespace kith::web
