// Controls a person types in or picks from: one-line input, text area, select, and a date in three boxes.
// Mark-up as in govuk-frontend, whose fixtures are the test.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/ui/field.hpp"

namespace kith::web {

struct Affix { // "£" before or "minutes" after the box
  Html content{};
  std::string classes{};
  Attrs attributes{};
};

struct Input {
  std::string name{};
  std::string id{}; // the name when empty
  std::string type{"text"};
  std::optional<std::string> value{};
  Label label{};
  std::optional<Hint> hint{};
  std::optional<ErrorMessage> error{};
  std::string classes{};
  std::string described_by{};
  std::optional<std::string> autocomplete{};
  std::optional<std::string> autocapitalize{};
  std::optional<std::string> pattern{};
  std::optional<std::string> inputmode{};
  std::optional<bool> spellcheck{};
  bool disabled{};
  std::optional<Affix> prefix{};
  std::optional<Affix> suffix{};
  std::string wrapper_classes{};
  Attrs wrapper_attributes{};
  FormGroup group{};
  Attrs attributes{};
};
Html input(const Input& part);

struct Textarea {
  std::string name{};
  std::string id{}; // the name when empty
  std::string value{};
  std::int64_t rows{5};
  Label label{};
  std::optional<Hint> hint{};
  std::optional<ErrorMessage> error{};
  std::string classes{};
  std::string described_by{};
  std::string autocomplete{};
  std::optional<bool> spellcheck{};
  bool disabled{};
  FormGroup group{};
  Attrs attributes{};
};
Html textarea(const Textarea& part);

struct SelectItem {
  std::string content{};
  std::optional<std::string> value{}; // the content when absent
  std::optional<bool> selected{};     // otherwise: when it equals the value of the select
  bool disabled{};
  Attrs attributes{};
};
struct Select {
  std::string name{};
  std::string id{}; // the name when empty
  std::string value{};
  std::vector<SelectItem> items{};
  Label label{};
  std::optional<Hint> hint{};
  std::optional<ErrorMessage> error{};
  std::string classes{};
  std::string described_by{};
  bool disabled{};
  FormGroup group{};
  Attrs attributes{};
};
Html select(const Select& part);

struct DateItem {
  std::string name{};
  std::string label{};
  std::optional<std::string> value{};
  std::int64_t width{2}; // digits the box shows
  std::string id{};
  std::string classes{};
  std::optional<bool> has_error{}; // absent: all boxes are marked when the date has an error and none says so
  std::string inputmode{"numeric"};
  std::optional<std::string> autocomplete{};
  std::optional<std::string> pattern{};
  Attrs attributes{};
};
struct DateInput {
  std::string id{};
  std::string name_prefix{};
  std::vector<DateItem> items{};
  std::optional<Fieldset> fieldset{};
  std::optional<Hint> hint{};
  std::optional<ErrorMessage> error{};
  std::string classes{};
  FormGroup group{};
  Attrs attributes{};
};
Html date_input(const DateInput& part);

struct DateValues {
  std::string day{};
  std::string month{};
  std::string year{};
};
// Day, month and year boxes labelled from the catalogue; their names become "<id>-day", "-month", "-year".
DateInput date_input_for(const Words& words, const std::string& id, const DateValues& values);

} // namespace kith::web
