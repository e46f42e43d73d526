#include "web/paging.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {

Paging asked(const std::string& page, std::int64_t count) {
  http::Request request;
  request.query.push_back({"page", page});
  return paging_of(request, {count, 100});
}

} // namespace

TEST_CASE("every row of a list stands on one page, and the last page is as short as it must be") {
  CHECK_EQ(asked("1", 201).pages(), 3);
  CHECK_EQ(asked("3", 201).first(), 201);
  CHECK_EQ(asked("3", 201).last(), 201);
  CHECK_EQ(asked("2", 200).offset(), 100);
  CHECK_EQ(asked("2", 200).last(), 200);
  CHECK_EQ(asked("1", 0).pages(), 1);
  CHECK_EQ(asked("1", 0).first(), 0);
}

TEST_CASE("an address with no page of the list leads to its first or its last") {
  CHECK_EQ(asked("", 300).page, 1);
  CHECK_EQ(asked("two", 300).page, 1);
  CHECK_EQ(asked("-4", 300).page, 1);
  CHECK_EQ(asked("4", 300).page, 3);
  CHECK_EQ(asked("99999999999", 300).page, 3);
}
