#include "web/story_item.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/unicode.hpp"

namespace kith::web {
namespace {

const record::Field& field_of(const char* name) { return *worker_item_description().find(name); }

// A name of one's own becomes a code like the listed ones; written as a listed one reads, it is that one.
std::string code_of_own(const Words& words, std::string_view name) {
  const std::string plain = join(split_words(folded(name)), " ");
  for (const ListedTag& listed : listed_tags(words))
    if (folded(listed.words) == plain) return listed.code;
  std::string code = plain;
  std::replace(code.begin(), code.end(), ' ', '_');
  return code;
}

void read_tag(const Words& words, const http::Form& form, StoryItem& item) {
  const std::string_view chosen = form.value("tag");
  if (chosen == own_tag) {
    const record::ReadText read = record::read_text(field_of("tag"), form.value("own_tag"));
    if (!read.problem.empty()) item.problems.push_back({"own_tag", read.problem});
    else item.tag = code_of_own(words, trim(form.value("own_tag")));
    return;
  }
  const auto listed = listed_tags(words);
  const bool known =
      std::any_of(listed.begin(), listed.end(), [&](const ListedTag& each) { return each.code == chosen; });
  if (known) item.tag = chosen;
  else item.problems.push_back({"tag", chosen.empty() ? "required" : "not_a_code"});
}

void read_words(const http::Form& form, StoryItem& item) {
  std::string typed(trim(form.value("words")));
  std::erase(typed, '\r'); // browsers end lines with two characters
  const record::ReadText read = record::read_text(field_of("words"), typed);
  const auto count = std::count_if(typed.begin(), typed.end(),
                                   [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  if (!read.problem.empty()) item.problems.push_back({"words", read.problem});
  else if (static_cast<std::size_t>(count) > story_words_most) item.problems.push_back({"words", "too_long"});
  else item.words = nfc(typed);
}

} // namespace

std::vector<ListedTag> listed_tags(const Words& words) {
  std::vector<ListedTag> out;
  for (std::string& code : words.codes_after("match.lived.")) {
    std::string reads = words("match.lived." + code);
    const bool already =
        std::any_of(out.begin(), out.end(), [&](const ListedTag& each) { return each.words == reads; });
    if (!already) out.push_back({std::move(code), std::move(reads)});
  }
  std::sort(out.begin(), out.end(), [](const ListedTag& a, const ListedTag& b) { return a.words < b.words; });
  return out;
}

StoryItem read_story_item(const Words& words, const http::Form& form) {
  StoryItem item;
  read_tag(words, form, item);
  read_words(form, item);
  if (const auto release = record::parse_code<Release>(form.value("release"))) item.release = *release;
  else item.problems.push_back({"release", "required"});
  return item;
}

} // namespace kith::web
