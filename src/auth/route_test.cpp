#include "auth/route.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::auth;

TEST_CASE("a route whose permission and ways name other roles is a fault of the table") {
  const Permission two{"thing.read", {Role::coordinator, Role::peer_worker}};
  const auto faults_with = [&](std::vector<Way> ways) {
    RouteTable table;
    table.add<NoObject>(
        {http::Method::get, "/thing", two, {std::move(ways)}, AuditClass::c3, Idempotency::safe, "A thing"},
        no_object(),
        [](const Authorised<NoObject>&, Call&) -> Result<http::Response> { return http::redirect("/"); });
    return table.faults().size();
  };
  const Way all{Role::coordinator, By::organisation}, theirs{Role::peer_worker, By::own_worker};
  CHECK_EQ(faults_with({all, theirs}), 0);
  CHECK_EQ(faults_with({all}), 1); // the worker would get 404 where 403 is meant
  CHECK_EQ(faults_with({all, theirs, {Role::clinician, By::organisation}}), 1);
}
