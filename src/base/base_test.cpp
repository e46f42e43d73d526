#include "base/csv.hpp"
#include "base/id.hpp"
#include "base/roff.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/unicode.hpp"
#include "base/zones.hpp"

#include "support/test.hpp"

using namespace kith;

TEST_CASE("dates round-trip and refuse what is not a day") {
  for (const char* text : {"1900-01-01", "1999-12-31", "2000-02-29", "2026-11-24", "2200-12-31"})
    CHECK_EQ(to_text(*parse_date(text)), text);
  for (const char* text :
       {"2026-02-29", "2026-13-01", "2026-00-10", "1899-12-31", "2201-01-01", "2026-1-1", ""})
    CHECK_FALSE(parse_date(text).has_value());
  CHECK_EQ(weekday_of(*parse_date("2026-11-24")), 1);
  CHECK_EQ(age_on(*parse_date("2000-02-29"), *parse_date("2026-02-28")), 25);
}

TEST_CASE("instants keep their offset and milliseconds") {
  CHECK_EQ(to_text(*parse_instant("2026-11-24T08:06:53.120Z")), "2026-11-24T08:06:53.120Z");
  CHECK_EQ(to_text(*parse_instant("2026-11-24T08:06:53+10:30")), "2026-11-23T21:36:53.000Z");
  CHECK_FALSE(parse_instant("2026-11-24T25:00:00Z").has_value());
  CHECK_FALSE(parse_instant("2026-11-24 08:00:00Z").has_value());
}

TEST_CASE("a local time in the spring gap does not exist and the autumn fold takes the earlier") {
  CHECK_EQ(resolve({*parse_date("2026-10-04"), 150}, "Australia/Sydney").failure().code, "time.gap");
  const auto fold = resolve({*parse_date("2026-04-05"), 150}, "Australia/Sydney");
  CHECK_EQ(to_text(fold.value()), "2026-04-04T15:30:00.000Z");
  CHECK_EQ(local_time(fold.value(), "Australia/Sydney"), LocalTime{*parse_date("2026-04-05"), 150});
}

TEST_CASE("ids are 32 lower-case hex digits and never zero") {
  SeededRandom random(7);
  struct Thing;
  const auto id = Id<Thing>::make(random);
  CHECK_EQ(Id<Thing>::parse(id.text()), id);
  CHECK_FALSE(parse_id("00000000000000000000000000000000").has_value());
  CHECK_FALSE(parse_id("ABCDEF00000000000000000000000001").has_value());
  CHECK_FALSE(parse_id("abc").has_value());
}

TEST_CASE("text that could hide something is refused") {
  CHECK(clean_text("Zoë O'Hara 天", false));
  CHECK_FALSE(clean_text("two\nlines", false));
  CHECK(clean_text("two\nlines", true));
  CHECK_FALSE(clean_text(std::string_view("a\0b", 3), true));
  CHECK_FALSE(clean_text("\xe2\x80\xae"
                         "evil",
                         true));                 // right-to-left override
  CHECK_FALSE(clean_text("\xc0\xaf", true));     // overlong slash
  CHECK_FALSE(clean_text("\xed\xa0\x80", true)); // lone surrogate
  CHECK_FALSE(valid_utf8("\xe2\x82"));
}

TEST_CASE("what a terminal would obey is shown, not obeyed") {
  CHECK_EQ(printable("Zoë, 中\n\tand so on"), "Zoë, 中\n\tand so on");
  CHECK_EQ(printable("a\x1b[2Jb\rc\x7f"), "a\uFFFD[2Jb\uFFFDc\uFFFD");
  CHECK_EQ(printable("\u009b31m\u202e"), "\uFFFD31m\uFFFD");
  CHECK_EQ(printable("\xe4\xb8"), "\uFFFD\uFFFD");
}

TEST_CASE("a text is cut between characters") {
  CHECK_EQ(shortened("Zoë", 4), "Zoë");
  CHECK_EQ(shortened("Zoë", 3), "Zo…");
  CHECK_EQ(shortened("\xa4\xa4", 1), "…");
}

TEST_CASE("base64url and hex come back as they went in") {
  for (const std::string bytes : {"", "a", "ab", "abc", "\xff\xfe\x00x"}) {
    CHECK_EQ(unbase64url(base64url(bytes)), bytes);
    CHECK_EQ(unhex(hex(bytes)), bytes);
  }
  CHECK_FALSE(unbase64url("a+b").has_value());
}

namespace {
std::vector<std::vector<std::string>> rows_of(std::string bytes) {
  auto reader = CsvReader::open(std::move(bytes));
  std::vector<std::vector<std::string>> rows;
  while (!reader->at_end()) rows.push_back(reader->next().value().cells);
  return rows;
}
} // namespace

TEST_CASE("CSV reads quotes, line ends, marks and other separators") {
  using Rows = std::vector<std::vector<std::string>>;
  CHECK_EQ(rows_of("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n"), Rows{{"a", "b"}, {"1", "x, \"y\"\nz"}});
  CHECK_EQ(rows_of("\xef\xbb\xbf"
                   "a;b\n1;2"),
           Rows{{"a", "b"}, {"1", "2"}});
  CHECK_EQ(rows_of(std::string("\xff\xfe"
                               "a\0,\0b\0",
                               8)),
           Rows{{"a", "b"}});
  CHECK_EQ(CsvReader::open("\xff\xfe\xfd").failure().code, "csv.encoding");
  auto open = CsvReader::open("a\n\"b");
  CHECK(open->next().ok());
  CHECK_EQ(open->next().failure().code, "csv.quote");
}

TEST_CASE("CSV written for a spreadsheet cannot run a formula") {
  CHECK_EQ(csv_cell("=1+1"), "'=1+1");
  CHECK_EQ(csv_cell("@x,y"), "\"'@x,y\"");
  CHECK_EQ(csv_row({"a", "b\"c"}), "a,\"b\"\"c\"\r\n");
}

TEST_CASE("the first character of a name is whole") {
  CHECK_EQ(first_character("Ruth"), "R");
  CHECK_EQ(first_character("Özlem"), "Ö");
  CHECK_EQ(first_character("\xf0\x9f\x8c\xb1"), "\xf0\x9f\x8c\xb1");
  CHECK_EQ(first_character("\xc3"), "");
  CHECK_EQ(first_character(""), "");
}

TEST_CASE("folding, composition and sort keys come from Unicode") {
  CHECK_EQ(folded("ＰRIYA@Example.org"), "priya@example.org");
  CHECK_EQ(nfc("e\xcc\x81"), "\xc3\xa9");
  CHECK_LT(sort_key("Ásta", "en"), sort_key("Bea", "en"));
}

TEST_CASE("messages use plural rules") {
  const std::string names[] = {"n"}, one[] = {"1"}, three[] = {"3"};
  const char* pattern = "{n, plural, one {# person} other {# people}}";
  CHECK_EQ(format_message(pattern, "en", names, one, 1), "1 person");
  CHECK_EQ(format_message(pattern, "en", names, three, 1), "3 people");
  const std::string fewer[] = {"-3"}; // days until a date that is past, or a clock set back
  CHECK_EQ(format_message(pattern, "en", names, fewer, 1), "-3 people");
}

TEST_CASE("text stays text on a manual page") {
  CHECK_EQ(roff(".TH\n'br\na \\fB--all"), "\\&.TH\n\\&'br\na \\efB\\-\\-all");
  CHECK_EQ(roff(""), "");
}
