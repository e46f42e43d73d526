// What surrounds a form control: label, hint, error message, fieldset, and the summary of errors on top of a
// page. Mark-up as in govuk-frontend, whose fixtures are the test. Page functions of src/web use them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/words.hpp"
#include "web/ui/html.hpp"

namespace kith::web {

struct Label {
  Html content{};
  std::string classes{};
  bool is_page_heading{}; // wraps the label in the page's h1
  Attrs attributes{};
  std::string for_id{}; // set by the control
};
Html label(const Label& part);

struct Hint {
  Html content{};
  std::string classes{};
  std::string id{}; // set by the control
  Attrs attributes{};
};
Html hint(const Hint& part);

struct ErrorMessage {
  Html content{};
  std::string prefix{}; // read aloud before the message; error_for() fills it from the catalogue
  std::string classes{};
  std::string id{}; // set by the control
  Attrs attributes{};
};
Html error_message(const ErrorMessage& part);

struct ErrorLink {
  Html content{};
  std::optional<Url> href{}; // "#" and the id of the control
  Attrs attributes{};
};
struct ErrorSummary {
  Html title{};
  Html description{};
  std::vector<ErrorLink> errors{};
  std::string classes{};
  std::optional<bool> disable_auto_focus{};
  Attrs attributes{};
};
Html error_summary(const ErrorSummary& part);

struct Legend {
  Html content{};
  std::string classes{};
  bool is_page_heading{};
};
struct Fieldset {
  Legend legend{};
  Html content{};
  std::string classes{};
  std::string described_by{};
  std::string role{};
  Attrs attributes{};
};
Html fieldset(const Fieldset& part);

// What every control may have around it.
struct FormGroup {
  std::string classes{};
  Attrs attributes{};
  Html before{}; // before the control, inside the group
  Html after{};
};
struct FormGroupParts {
  FormGroup group{};
  bool has_error{};
};
Html form_group(const FormGroupParts& part, const Html& content);

// Hint and error of a control, with the list of ids that describe it.
struct Described {
  Html content{};
  std::string by{};
};
Described described(const std::string& base_id, const std::string& described_by,
                    const std::optional<Hint>& hint_part, const std::optional<ErrorMessage>& error);

// The error of one field out of a Failure, worded from the catalogue; nothing when the field is fine.
std::optional<ErrorMessage> error_for(const Words& words, const std::vector<FieldProblem>& problems,
                                      std::string_view field);
// The summary for the top of the page; empty when there are no problems. Each line links to "#" + field.
Html error_summary_for(const Words& words, const std::vector<FieldProblem>& problems);

// "govuk-x" and what a page adds to it.
std::string classes(std::string_view base, std::string_view more);

} // namespace kith::web
