#include "web/waiting_list.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

TEST_CASE("somebody on the waiting list has a place, one before and one after") {
  const std::vector<Id<Person>> order = {Id<Person>{{0, 1}}, Id<Person>{{0, 2}}, Id<Person>{{0, 3}}};
  const auto who = [&](std::size_t i) { return order[i]; };
  const Neighbours first = neighbours_of(order, who(0)), second = neighbours_of(order, who(1)),
                   third = neighbours_of(order, who(2)), nobody = neighbours_of(order, Id<Person>{{9, 9}});
  CHECK_EQ(first.place, 1);
  CHECK(first.previous.empty());
  CHECK_EQ(first.next, who(1));
  CHECK_EQ(second.place, 2);
  CHECK_EQ(second.of, 3);
  CHECK_EQ(second.previous, who(0));
  CHECK_EQ(second.next, who(2));
  CHECK(third.next.empty());
  CHECK_EQ(nobody.place, 0);
}

TEST_CASE("somebody is late from the day after the promise") {
  connections::WaitingRow row;
  row.referral.promise_on = Date{100};
  CHECK_FALSE(late(row, Date{100}));
  CHECK(late(row, Date{101}));
}
