// Radios and checkboxes, with hints, dividers and parts that appear when an item is chosen. Mark-up as in
// govuk-frontend, whose fixtures are the test. Without JavaScript the conditional parts are simply visible.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "web/ui/field.hpp"

namespace kith::web {

struct ChoiceItem {
  std::string value{};
  Html content{};
  std::optional<Hint> hint{};
  std::optional<bool> checked{}; // otherwise: when its value is among the chosen values
  bool disabled{};
  std::string divider{}; // a word such as "or" instead of an item
  Html conditional{};    // shown while the item is chosen
  std::string id{};
  std::string name{};      // checkboxes only: another name than the group's
  std::string behaviour{}; // checkboxes only: "exclusive" unticks the others
  std::string label_classes{};
  Attrs label_attributes{};
  Attrs attributes{};
};

struct Choices {
  std::string name{};
  std::string id_prefix{};           // the name when empty
  std::vector<std::string> values{}; // what is chosen; radios look at the first
  std::vector<ChoiceItem> items{};
  std::optional<Fieldset> fieldset{};
  std::optional<Hint> hint{};
  std::optional<ErrorMessage> error{};
  std::string classes{}; // "govuk-radios--inline", "govuk-radios--small", …
  std::string described_by{};
  FormGroup group{};
  Attrs attributes{};
};
Html radios(const Choices& part);
Html checkboxes(const Choices& part);

} // namespace kith::web
