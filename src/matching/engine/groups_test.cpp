#include "matching/engine/groups.hpp"

#include <string>

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;

namespace {

using Arguments = std::vector<std::string>;

std::string refused(const Groups& groups) {
  const Done done = validate(groups);
  if (done.ok()) return "";
  std::string out = done.failure().code;
  for (const std::string& argument : done.failure().arguments) out.append(" ").append(argument);
  return out;
}

} // namespace

TEST_CASE("a tree of groups comes from who is in which") {
  // 0: everybody but the last; 1 and 2 inside it; 3 the same people as 2; 4 nobody.
  const Groups groups = nest({0b00011, 0b00011, 0b01101, 0b01101, 0b01101, 0b00001, 0}, 5).value();
  CHECK_EQ(groups.parents, std::vector<std::uint8_t>{no_group, 0, 0, 2, no_group});
  CHECK_EQ(groups.group_of, std::vector<std::uint8_t>{1, 1, 3, 3, 3, 0, no_group});
  CHECK(validate(groups).ok());
  CHECK_EQ(count_by_group(groups, std::vector<bool>(7, true)), std::vector<std::int64_t>{6, 2, 3, 3, 0});
  CHECK_EQ(count_by_group(groups, {true, false, true, true, false, false, true}),
           std::vector<std::int64_t>{3, 1, 2, 2, 0});
  CHECK(nest({}, 0)->parents.empty());
  CHECK_EQ(nest({~std::uint64_t{0}}, 64)->parents[63], 62);
}

TEST_CASE("groups that share people while each has others are refused with both") {
  const auto overlap = nest({0b001, 0b110, 0b010, 0b100, 0b011}, 3);
  REQUIRE_FALSE(overlap.ok());
  CHECK_EQ(overlap.failure().code, "engine.groups_overlap");
  CHECK_EQ(overlap.failure().arguments, Arguments{"0", "1"});
  CHECK_EQ(nest({0b110, 0b010, 0b100}, 3).failure().arguments, Arguments{"1", "2"});
  CHECK(nest({0b110, 0b010}, 3).ok()); // the third inside the second
  CHECK_EQ(nest({}, 65).failure().code, "engine.groups_too_many");
}

TEST_CASE("groups that are no tree are refused with what is wrong") {
  CHECK_EQ(refused({{1, no_group}, {0, 1, no_group}}), "");
  CHECK_EQ(refused({{no_group}, {0, 1}}), "engine.group_unknown 1");
  CHECK_EQ(refused({{no_group, 2}, {}}), "engine.group_parent 1");
  CHECK_EQ(refused({{0}, {}}), "engine.group_parent 0");
  CHECK_EQ(refused({{no_group, 2, 3, 1}, {}}), "engine.group_parent 1");
  CHECK_EQ(refused({std::vector<std::uint8_t>(65, no_group), {}}), "engine.groups_too_many");
}
