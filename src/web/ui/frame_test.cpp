#include "web/ui/frame.hpp"

#include "base/check.hpp"
#include "web/ui/comparison.hpp"
#include "web/ui/parts.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {

bool holds(const Html& page, std::string_view piece) { return page.bytes().find(piece) != std::string::npos; }
std::size_t count(const Html& page, std::string_view piece) {
  std::size_t found = 0;
  for (std::size_t at = page.bytes().find(piece); at != std::string::npos;
       at = page.bytes().find(piece, at + 1))
    ++found;
  return found;
}

} // namespace

TEST_CASE("a person's page never tells its title and always carries help, exit and a way to stop") {
  const Words words = Words::load("en");
  const Frame page{.title = "Amara and Ruth",
                   .help_line = HelpLine{"Night line", "0000 000 000"},
                   .content = el("h1", {}, text("Hello Amara"))};
  const Html html = person_frame(page, words, Assets::load({}));
  CHECK(holds(html, "<title>My page</title>"));
  CHECK_FALSE(holds(html, "Amara and Ruth"));
  CHECK(holds(html, "href=\"tel:0000000000\""));
  CHECK(holds(html, "href=\"/exit\""));
  CHECK(holds(html, "href=\"/me/stop\""));
  CHECK(holds(html, "href=\"#content\""));
  CHECK_LT(html.bytes().find("tel:"), html.bytes().find("<h1>"));
  CHECK_EQ(count(html, "<h1"), 1);
}

TEST_CASE("no frame holds an inline style or script") {
  const Words words = Words::load("en");
  const Frame page{.title = "x",
                   .theme = Theme::dark,
                   .sandbox = true,
                   .signed_in = "Priya",
                   .sign_out = Url("/sign-out"),
                   .nav = {{"Today", "/", true}},
                   .notice = Notice{"Saved", Url("/undo")},
                   .because = "you are here",
                   .timeout = Timeout{900, "/session/extend", "/signed-out"}};
  for (const auto frame : {person_frame, staff_frame, worker_frame, public_frame}) {
    const Html html = frame(page, words, Assets::load({}));
    CHECK_FALSE(holds(html, " style="));
    CHECK_FALSE(holds(html, "<style"));
    CHECK_EQ(count(html, "<script"), 1);
    CHECK(holds(html, "<script type=\"module\" src=\"/assets/"));
    CHECK(holds(html, "data-theme=\"dark\""));
    CHECK(holds(html, "This is a practice site."));
    CHECK(holds(html, "You can see this because you are here"));
  }
}

TEST_CASE("assets are found by their hashed name only") {
  const std::string manifest = "person.css person-0123.css\n", sheet = "p{}", packed = "br";
  const auto file = [](const char* name, const std::string& bytes) {
    return EmbeddedFile{name, bytes.data(), bytes.data() + bytes.size()};
  };
  const EmbeddedFile files[] = {file("assets/manifest.txt", manifest), file("assets/person-0123.css", sheet),
                                file("assets/person-0123.css.br", packed), file("locales/en.txt", sheet)};
  const Assets assets = Assets::load(files);
  CHECK_EQ(assets.url("person.css").address(), "/assets/person-0123.css");
  REQUIRE(assets.find("person-0123.css"));
  CHECK_EQ(assets.find("person-0123.css")->brotli, "br");
  CHECK_EQ(assets.find("person-0123.css")->gzip, "");
  CHECK_EQ(assets.find("person-0123.css")->content_type, "text/css; charset=utf-8");
  CHECK_EQ(assets.find("person.css"), nullptr);
  CHECK_EQ(assets.find("manifest.txt"), nullptr);
  CHECK_THROWS_AS(assets.url("unknown.css"), Defect);
}

TEST_CASE("a comparison says each sign in words and refuses a row of another width") {
  const Words words = Words::load("en");
  Comparison part{
      .tick_name = "worker",
      .columns = {{"Ruth", "1"}, {"Mina", "2"}},
      .rows = {{"Speaks Tigrinya", "matters", {{Sign::meets, "Fluent"}, {Sign::not_met, "English only"}}}}};
  const Html html = comparison(part, words);
  CHECK(holds(html, "Meets: </span>Fluent"));
  CHECK(holds(html, "Does not meet: </span>English only"));
  part.rows[0].cells.pop_back();
  CHECK_THROWS_AS(comparison(part, words), Defect);
}

TEST_CASE("a help number keeps every digit it was given") {
  CHECK_EQ(help_link({"Line", "116 123"}).bytes(), "<a href=\"tel:116123\">Line: 116\u00a0"
                                                   "123</a>");
  CHECK(holds(help_link({"Line", "116123"}), "116123"));
  CHECK(holds(help_link({"Line", "+61 (0) 1"}), "tel:+6101"));
}
