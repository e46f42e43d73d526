// What a peer worker tells of their own life, as the form of their page has it: what it is about, in words of
// their own if they like, and who can see it. Nothing is required of a worker; of an item only its name and
// its level. Used by the worker's page alone. Values of one request.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/words.hpp"
#include "http/form.hpp"
#include "workforce/worker.hpp"

namespace kith::web {

constexpr std::size_t story_words_most = 400; // characters
constexpr const char* own_tag = "own";        // the choice beside the listed ones

struct ListedTag {
  std::string code{};
  std::string words{};
};
// The experiences that have words of their own, each words once, by their words.
std::vector<ListedTag> listed_tags(const Words& words);

struct StoryItem {
  std::string tag{};
  std::string words{};
  Release release{Release::private_to_worker};
  std::vector<FieldProblem> problems{}; // not worded yet; the rest counts only when there are none
};
StoryItem read_story_item(const Words& words, const http::Form& form);

} // namespace kith::web
