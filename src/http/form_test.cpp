#include "http/form.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::http;

TEST_CASE("a form keeps its pairs in order, repeated names included") {
  const auto form = parse_form("day=mon&name=Zo%C3%AB+B&day=tue&empty=&bare&&last=%26%3D");
  REQUIRE(form.ok());
  CHECK_EQ(form->parameters.size(), 6);
  CHECK_EQ(form->value("name"), "Zo\xc3\xab B");
  CHECK_EQ(form->values("day"), std::vector<std::string>{"mon", "tue"});
  CHECK(form->has("bare"));
  CHECK_FALSE(form->has("absent"));
  CHECK_EQ(form->value("last"), "&=");
}

TEST_CASE("a form with a broken escape, bad UTF-8, NUL or too many pairs is refused whole") {
  for (const char* body : {"a=%", "a=%4", "a=%zz", "%g1=a"})
    CHECK_EQ(parse_form(body).failure().code, "form.encoding_invalid");
  for (const char* body : {"a=%00", "a=%ff", "a=%c0%af", "a=%ed%a0%80", "%00=a"})
    CHECK_EQ(parse_form(body).failure().code, "form.text_invalid");
  std::string many;
  for (std::size_t i = 0; i < parameters_max; ++i) many += "a=1&";
  CHECK(parse_form(many).ok());
  CHECK_EQ(parse_form(many + "a=1").failure().code, "form.too_many_parameters");
}

TEST_CASE("what is written as a form reads back the same") {
  const Form form{{{"a b", "c+d"}, {"", "\xf0\x9f\x8c\xb1"}, {"%", "&=;"}}};
  CHECK_EQ(parse_form(to_text(form))->parameters, form.parameters);
  CHECK_EQ(percent_decode("a+b%20c"), "a+b c");
  CHECK_EQ(percent_encode("a/b c~"), "a%2Fb%20c~");
}

TEST_CASE("a secure cookie is bound to this host") {
  const Header header = set_cookie({.name = "session", .value = "abc", .seconds_max = 60});
  CHECK_EQ(header.value, "__Host-session=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax");
  CHECK_EQ(set_cookie({.name = "s", .value = "", .seconds_max = 0, .secure = false, .strict = true}).value,
           "s=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
  CHECK_THROWS(set_cookie({.name = "s", .value = "a;b"}));
  CHECK_THROWS(set_cookie({.name = "s", .value = "a\r\nb"}));
}
