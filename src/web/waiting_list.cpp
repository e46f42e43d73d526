#include "web/waiting_list.hpp"

#include "base/zones.hpp"
#include "teams/organisation.hpp"

namespace kith::web {
namespace {

bool shown(const connections::WaitingRow& row, Waiting show, Date today) {
  switch (show) {
  case Waiting::all:
    return true;
  case Waiting::late:
    return late(row, today);
  case Waiting::find:
    return row.state == ReferralState::waiting;
  case Waiting::answers:
    return row.state == ReferralState::offered;
  }
  return true;
}

bool waits(const connections::WaitingRow& row) {
  return row.state == ReferralState::waiting || row.state == ReferralState::offered;
}

} // namespace

std::span<const std::string_view> codes_of(Waiting) {
  static constexpr std::string_view codes[] = {"all", "late", "find", "answers"};
  return codes;
}

bool late(const connections::WaitingRow& row, Date today) { return today > row.referral.promise_on; }

Result<WaitingView> waiting_list(const auth::Call& call) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(auto rows, connections::open_referrals(call.tx, call.scope, {0, waiting_rows_max}));
  WaitingView view;
  view.show = record::parse_code<Waiting>(call.request.query_value("show")).value_or(Waiting::all);
  view.today = local_date(call.scope.now(), organisation.zone);
  view.promise_days = organisation.promise_days;
  view.cut = rows.size() == waiting_rows_max;
  for (connections::WaitingRow& row : rows) {
    if (!waits(row)) continue;
    for (std::size_t i = 0; i < std::size(view.counts); ++i)
      if (shown(row, static_cast<Waiting>(i), view.today)) ++view.counts[i];
    if (shown(row, view.show, view.today)) view.rows.push_back(std::move(row));
  }
  return view;
}

Neighbours neighbours_of(const WaitingView& view, Id<Person> person) {
  Neighbours found;
  found.of = static_cast<int>(view.rows.size());
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    if (view.rows[i].referral.person != person) continue;
    found.place = static_cast<int>(i) + 1;
    if (i > 0) found.previous = view.rows[i - 1].referral.person;
    if (i + 1 < view.rows.size()) found.next = view.rows[i + 1].referral.person;
  }
  return found;
}

std::string show_query(Waiting show) {
  return show == Waiting::all ? std::string() : "?show=" + std::string(record::code_of(show));
}

} // namespace kith::web
