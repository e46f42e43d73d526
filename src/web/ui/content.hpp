// Parts of a page that tell or lead: button, tag, details, inset text, warning, panel, notification, links
// back and past the navigation, phase banner. Mark-up as in govuk-frontend, whose fixtures are the test.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "web/ui/html.hpp"

namespace kith::web {

struct Button {
  Html content{};
  std::optional<Url> href{}; // a link that looks like a button
  std::string type{"submit"};
  std::string name{};
  std::string value{};
  std::string id{};
  std::string classes{}; // "govuk-button--secondary", "kith-button--quiet", …
  bool disabled{};
  bool is_start{};
  std::optional<bool> prevent_double_click{};
  Attrs attributes{};
};
Html button(const Button& part);

struct StateTag {
  Html content{};
  std::string classes{}; // "kith-tag--good", "kith-tag--part", …
  Attrs attributes{};
};
Html tag(const StateTag& part);

struct Details {
  Html summary{};
  Html content{};
  bool open{};
  std::string id{};
  std::string classes{};
  Attrs attributes{};
};
Html details(const Details& part);

struct InsetText {
  Html content{};
  std::string id{};
  std::string classes{};
  Attrs attributes{};
};
Html inset_text(const InsetText& part);

struct NotificationBanner {
  std::string title{};
  Html title_content{};  // instead of the title
  std::string heading{}; // one sentence …
  Html content{};        // … or several parts
  bool success{};        // read aloud at once
  std::string role{};
  std::string title_id{"govuk-notification-banner-title"};
  int heading_level{2};
  std::optional<bool> disable_auto_focus{};
  std::string classes{};
  Attrs attributes{};
};
Html notification_banner(const NotificationBanner& part);

struct WarningText {
  Html content{};
  std::string icon_words{}; // what the "!" says aloud
  std::string classes{};
  Attrs attributes{};
};
Html warning_text(const WarningText& part);

struct BackLink {
  Html content{};
  Url href{"#"};
  std::string classes{};
  Attrs attributes{};
};
Html back_link(const BackLink& part);

struct SkipLink {
  Html content{};
  Url href{"#content"};
  std::string classes{};
  Attrs attributes{};
};
Html skip_link(const SkipLink& part);

struct PanelAction {
  std::string words{};
  std::optional<Url> href{};
  std::string type{}; // "button", "submit"; a plain link when there is an address and no type
  std::string classes{};
  Attrs attributes{};
};
struct PanelActions {
  std::vector<PanelAction> items{};
  std::string classes{};
  Attrs attributes{};
};
struct Panel {
  Html title{};
  Html content{};
  int heading_level{1};
  std::string classes{};
  std::optional<PanelActions> actions{}; // only an interruption has them
  Attrs attributes{};
};
Html panel(const Panel& part);

struct PhaseBanner {
  StateTag tag{};
  Html content{};
  std::string classes{};
  Attrs attributes{};
};
Html phase_banner(const PhaseBanner& part);

} // namespace kith::web
