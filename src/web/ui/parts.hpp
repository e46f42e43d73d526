// kith's own parts of pages: cards, the person's own words quoted, five-option radios, the help box, the bar
// of actions, the note of what just happened, facts in a line, rows of a list. Page functions of src/web use
// them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/words.hpp"
#include "web/ui/field.hpp"
#include "web/ui/frame.hpp"
#include "web/ui/html.hpp"

namespace kith::web {

struct Card {
  std::string title{};
  int heading_level{2};
  Html content{};
  std::string classes{}; // "kith-card--tint", "kith-card--sand"
  std::string id{};
};
Html card(const Card& part);
Html cards(const std::vector<Card>& parts); // side by side where there is room

// Somebody's own words, never ours.
struct Quote {
  std::string words{};
  std::string source{};
};
Html quote(const Quote& part);

// "Waiting 23 days (our promise is 28)": words before, the fact in bold, words after.
struct Fact {
  std::string before{};
  std::string fact{};
  std::string after{};
};
Html facts(const std::vector<Fact>& list);

// Radios in one row where there is room, in two or three otherwise. The five of "what matters" come from
// preference_segments().
struct Segment {
  std::string value{};
  std::string words{};
};
struct Segments {
  std::string name{};
  std::string legend{};
  std::string value{};
  std::vector<Segment> options{};
  std::optional<ErrorMessage> error{};
};
Html segments(const Segments& part);
// Values: must, matters, a_little, not_important, rather_not.
Html preference_segments(Segments part, const Words& words);

// A whole row to tap, leading to one choice.
struct ChoiceLink {
  std::string words{};
  Url href{"/"};
};
Html choice_links(const std::vector<ChoiceLink>& links);

// The worker of a connection: initial, name line, sentence.
struct Who {
  std::string initial{};
  std::string title{};
  std::string about{};
};
Html who(const Who& part);

struct HelpBox {
  std::string title{};
  std::string about{};
  std::vector<HelpLine> lines{};
};
Html help_box(const HelpBox& part);
Html help_link(const HelpLine& line); // "Name: number" that dials

// Buttons and links next to each other; each item is a button() or a form with one.
struct Buttons {
  std::vector<Html> items{};
  bool even{}; // equal in size: none is the one we want
};
Html buttons(const Buttons& part);
// Stays in sight at the bottom of a long page: one filled button and a hint.
Html action_bar(const Html& actions, const Html& hint_words);

Html notice(const Notice& part, const FormToken& token, const Words& words);

// What the day holds, or what waits for a minute: a time or a length, a name, one line.
struct DayItem {
  std::string when{};     // "13:00", "1 min"
  std::string datetime{}; // for <time>; empty for a length
  std::string title{};
  std::string detail{};
  std::optional<Url> href{};
};
Html day_list(const std::vector<DayItem>& items);

// One row of a list of people: name and wait, their words, why here and what next.
struct PersonRow {
  std::string name{};
  Url href{"/"};
  std::string wait{};
  bool late{}; // also said in `wait`
  std::string own_words{};
  std::string why{};
  std::string next{};
  std::optional<ChoiceLink> missing{}; // what is not known yet, and where it is filled in
};
Html person_rows(const std::vector<PersonRow>& rows);

} // namespace kith::web
