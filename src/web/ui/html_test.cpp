#include "web/ui/html.hpp"

#include "base/check.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

TEST_CASE("words are escaped in text and in attributes") {
  const std::string hostile = "<script>alert(\"1\")</script> & 'x'";
  const Html page = el("p", {cls("note"), attr("title", hostile)}, text(hostile));
  CHECK_EQ(page.bytes(),
           "<p class=\"note\" title=\"&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;\">"
           "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>");
}

TEST_CASE("an address is a path of this site, https, mailto or tel and nothing else") {
  for (const char* good : {"/me", "#content", "?page=2", "people/1", "", "https://example.org/a",
                           "tel:0000000000", "mailto:x@example.org", "/a:b", "TEL:1"})
    CHECK_MESSAGE(Url::parse(good).has_value(), good);
  for (const char* bad : {"javascript:alert(1)", "JavaScript:alert(1)", "http://example.org", "//example.org",
                          "/\\example.org", "data:text/html,x", " javascript:alert(1)",
                          "java\tscript:alert(1)", "https:example.org", "vbscript:x", "\x01javascript:x"})
    CHECK_FALSE_MESSAGE(Url::parse(bad).has_value(), bad);
  CHECK_THROWS_AS(Url("javascript:alert(1)"), Defect);
}

TEST_CASE("names that run something are refused when they are only known at run time") {
  for (const char* bad : {"style", "onclick", "srcdoc", "href", "a b", "x=\"1", "", "formaction", "ONCLICK"})
    CHECK_THROWS_AS(attr_named(bad, "x"), Defect);
  CHECK_EQ(attr_named("data-test", "a").bytes(), " data-test=\"a\"");
}

TEST_CASE("a part that is absent leaves nothing behind") {
  CHECK_EQ(el("p", {when(false, cls("x"))}, when(false, text("gone"))).bytes(), "<p></p>");
  CHECK_EQ(document(el("html", {})).bytes(), "<!DOCTYPE html>\n<html></html>");
  CHECK_EQ(text_lines("one\ntwo <").bytes(), "one<br>two &lt;");
  CHECK_EQ(module_script("/assets/a.js").bytes(), "<script type=\"module\" src=\"/assets/a.js\"></script>");
  CHECK_THROWS_AS(module_script("https://elsewhere.example/a.js"), Defect);
}
