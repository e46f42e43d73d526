#include "base/text.hpp"
#include "web/story_item.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {

StoryItem read(std::initializer_list<std::pair<const char*, std::string>> fields) {
  http::Form form;
  for (const auto& [name, value] : fields) form.parameters.push_back({name, value});
  return read_story_item(Words::load("en"), form);
}

std::string problems_of(const StoryItem& item) {
  std::vector<std::string> out;
  for (const FieldProblem& problem : item.problems) out.push_back(problem.field + " " + problem.code);
  return join(out, ", ");
}

} // namespace

TEST_CASE("every listed experience has words, and no two read the same") {
  const auto tags = listed_tags(Words::load("en"));
  REQUIRE_GE(tags.size(), 9);
  for (std::size_t at = 1; at < tags.size(); ++at) CHECK_LT(tags[at - 1].words, tags[at].words);
}

TEST_CASE("P4 an item needs a name and a level, and words only from those who like") {
  const StoryItem item = read({{"tag", "loss"}, {"release", "released"}});
  CHECK_EQ(problems_of(item), "");
  CHECK_EQ(item.tag, "loss");
  CHECK_EQ(item.words, "");
  CHECK_EQ(item.release, Release::released);
  CHECK_EQ(problems_of(read({})), "tag required, release required");
  CHECK_EQ(problems_of(read({{"tag", "secret"}, {"release", "everybody"}})),
           "tag not_a_code, release required");
}

TEST_CASE("a name of one's own is a code, and a listed one when it reads like it") {
  const auto tag = [](const std::string& typed) {
    return read({{"tag", "own"}, {"own_tag", typed}, {"release", "private"}}).tag;
  };
  CHECK_EQ(tag("  Burnt   Out "), "burnt_out");
  CHECK_EQ(tag("Hearing voices"), "voices");
  CHECK_EQ(problems_of(read({{"tag", "own"}, {"release", "private"}})), "own_tag required");
  CHECK_EQ(problems_of(read({{"tag", "own"}, {"own_tag", std::string(61, 'a')}, {"release", "private"}})),
           "own_tag too_long");
}

TEST_CASE("an item holds four hundred characters of the worker's words, whatever their bytes") {
  const auto with = [](const std::string& words) {
    return read({{"tag", "loss"}, {"words", words}, {"release", "private"}});
  };
  std::string long_words;
  for (int i = 0; i < 200; ++i)
    long_words += "\xc3\xa9\r\n";                    // two characters each: a letter and a line's end
  CHECK_EQ(problems_of(with("x" + long_words)), ""); // the last line's end is trimmed
  CHECK_EQ(problems_of(with("xy" + long_words)), "words too_long");
  CHECK_EQ(problems_of(with("a\x01")), "words not_text");
  CHECK_EQ(with("one\r\ntwo").words, "one\ntwo");
}
