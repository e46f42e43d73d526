#include "web/ui/frame.hpp"

#include "web/ui/content.hpp"
#include "web/ui/icons.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

struct Skin {
  std::string_view sheet{};
  std::string_view script{};
  std::string_view body_classes{};
  std::string title{};
};

Html head(const Skin& skin, const Assets& assets) {
  return el("head", {}, void_el("meta", {attr("charset", "utf-8")}), el("title", {}, text(skin.title)),
            void_el("meta", {attr("name", "viewport"),
                             attr("content", "width=device-width, initial-scale=1, viewport-fit=cover")}),
            void_el("meta", {attr("name", "robots"), attr("content", "noindex")}),
            void_el("meta", {attr("name", "color-scheme"), attr("content", "light dark")}),
            void_el("link", {attr("rel", "stylesheet"), href(assets.url(skin.sheet))}),
            void_el("link", {attr("rel", "icon"), attr("type", "image/svg+xml"),
                             href(assets.url(skin.sheet == "person.css" ? "plain.svg" : "icon.svg"))}),
            module_script(assets.url(skin.script)));
}

Html whole(const Frame& page, const Skin& skin, const Words& words, const Assets& assets, const Html& body) {
  const bool rtl = page.direction == Direction::right_to_left;
  const Attrs root{attr("lang", words.language()), attr("dir", rtl ? "rtl" : "ltr"),
                   when(page.theme == Theme::light, attr("data-theme", "light")),
                   when(page.theme == Theme::dark, attr("data-theme", "dark"))};
  return document(el("html", root, head(skin, assets),
                     el("body", {when(!skin.body_classes.empty(), cls(skin.body_classes))},
                        skip_link({.content = text(words("frame.skip"))}), body)));
}

Html wrap(std::string_view more, const Html& content) {
  return el("div", {cls(more.empty() ? "kith-wrap" : "kith-wrap " + std::string(more))}, content);
}

Html sandbox(const Frame& page, const Words& words) {
  return page.sandbox ? el("aside", {cls("kith-sandbox"), attr("aria-label", words("frame.sandbox_label"))},
                           wrap("", el("p", {}, text(words("frame.sandbox")))))
                      : Html();
}

Html main_part(const Frame& page, const Words& words) {
  const Html told = page.notice ? notice(*page.notice, page.token, words) : Html();
  return el("main", {id("content"), attr("tabindex", "-1")}, wrap("", told + page.content));
}

Html because(const Frame& page, const Words& words) {
  if (page.because.empty()) return {};
  return el("p", {}, text(words("frame.because", {{"reason", page.because}})));
}

Html sign_out(const Frame& page, const Words& words) {
  if (!page.sign_out) return {};
  return el("form", {attr("method", "post"), action(*page.sign_out)}, hidden_field(page.token),
            el("button", {cls("kith-link-button"), attr("type", "submit")}, text(words("frame.sign_out"))));
}

Html language_links(const Frame& page) {
  Html items;
  for (const NavItem& item : page.languages)
    items += el("li", {},
                el("a",
                   {href(item.href), when(item.current, attr("aria-current", "true")),
                    when(!item.language.empty(), attr("lang", item.language)),
                    when(!item.language.empty(), attr("hreflang", item.language))},
                   text(item.words)));
  return items;
}

Html timeout(const Frame& page, const Words& words) {
  if (!page.timeout) return {};
  return el("kith-timeout",
            {attr("data-seconds", page.timeout->seconds), attr("data-after", page.timeout->after.address())},
            el("dialog", {attr("aria-labelledby", "timeout-title")},
               el("form", {attr("method", "post"), action(page.timeout->extend)}, hidden_field(page.token),
                  el("h2", {id("timeout-title")}, text(words("frame.timeout_title"))),
                  el("p", {}, text(words("frame.timeout_about"))),
                  button({.content = text(words("frame.stay"))}))));
}

Html logo(const Frame& page, const Words& words) {
  return el("a", {cls("kith-logo"), href(page.home)}, icon(Icon::logo),
            el("span", {}, text(words("frame.brand"))));
}

// Help line and exit: the same place on every page of a person and of a visitor.
Html safety_row(const Frame& page, const Words& words) {
  const Html help = page.help_line ? text(words("frame.help_top")) + text(" ") + help_link(*page.help_line)
                                   : text(words("frame.no_help"));
  const Html exit = el("kith-exit", {cls("kith-no-print")},
                       el("a",
                          {cls("govuk-button kith-button--quiet kith-exit"), href(page.exit),
                           attr("rel", "nofollow noreferrer")},
                          text(words("frame.exit"))));
  return el("header", {cls("kith-top")},
            wrap("kith-top__row", el("p", {cls("kith-top__help")}, help) + exit));
}

Html plain_links(const std::vector<NavItem>& items) {
  Html links;
  for (const NavItem& item : items)
    links +=
        el("li", {},
           el("a", {href(item.href), when(item.current, attr("aria-current", "page"))}, text(item.words)));
  return links;
}

Html account_link(const Frame& page) {
  if (!page.account) return {};
  const NavItem& item = *page.account;
  return el("a", {href(item.href), when(item.current, attr("aria-current", "page"))}, text(item.words));
}

struct SafeFoot {
  bool withdraw{};
};
Html safe_foot(const Frame& page, const Words& words, const SafeFoot& parts) {
  Html links = language_links(page);
  if (parts.withdraw) links += el("li", {}, el("a", {href(page.withdraw)}, text(words("frame.withdraw"))));
  if (page.account) links += el("li", {}, account_link(page));
  if (page.sign_out) links += el("li", {}, sign_out(page, words));
  Html pages;
  if (parts.withdraw && !page.nav.empty())
    pages = el("nav", {attr("aria-label", words("frame.your_pages"))},
               el("ul", {cls("kith-foot__links")}, plain_links(page.nav)));
  return el("footer", {cls("kith-foot")},
            wrap("", pages + because(page, words) + el("p", {}, text(words("frame.exit_about"))) +
                         when(!links.empty(), el("ul", {cls("kith-foot__links")}, links))));
}

Html top_navigation(const Frame& page, const Words& words) {
  const std::string who =
      page.organisation.empty()
          ? page.signed_in
          : words("frame.signed_in", {{"name", page.signed_in}, {"organisation", page.organisation}});
  const Html account = page.signed_in.empty() ? Html()
                                              : el("div", {cls("kith-nav__who")}, el("p", {}, text(who)),
                                                   account_link(page), sign_out(page, words));
  const Html menu = page.nav.empty() ? Html() : el("ul", {}, plain_links(page.nav));
  return el("header", {cls("kith-nav")},
            wrap("", el("nav", {cls("kith-nav__row"), attr("aria-label", words("frame.menu"))},
                        logo(page, words), menu, account)));
}

Html staff_foot(const Frame& page, const Words& words) {
  const Html links = language_links(page);
  const Html inner = because(page, words) + when(!links.empty(), el("ul", {cls("kith-foot__links")}, links));
  return inner.empty() ? Html() : el("footer", {cls("kith-foot")}, wrap("", inner));
}

Html bottom_bar(const Frame& page, const Words& words) {
  static constexpr Icon icons[] = {Icon::today, Icon::people, Icon::me};
  Html items;
  for (std::size_t at = 0; at < page.nav.size(); ++at) {
    const NavItem& item = page.nav[at];
    items += el("li", {},
                el("a", {href(item.href), when(item.current, attr("aria-current", "page"))},
                   at < std::size(icons) ? icon(icons[at]) : Html(), el("span", {}, text(item.words))));
  }
  return el("nav", {cls("kith-bar"), attr("aria-label", words("frame.bar"))}, el("ul", {}, items));
}

std::string staff_title(const Frame& page, const Words& words) {
  return words("frame.title", {{"title", page.title}, {"service", words("frame.brand")}});
}

} // namespace

Html hidden_field(std::string_view name, std::string_view value) {
  return void_el("input", {attr("type", "hidden"), attr("name", name), attr("value", value)});
}
Html hidden_field(const FormToken& token) {
  return token.value.empty() ? Html() : hidden_field(token.name, token.value);
}

Html person_frame(const Frame& page, const Words& words, const Assets& assets) {
  const Skin skin{"person.css", "person.js", "", words("frame.my_page")};
  return whole(page, skin, words, assets,
               sandbox(page, words) + safety_row(page, words) + main_part(page, words) +
                   safe_foot(page, words, {.withdraw = true}) + timeout(page, words));
}

Html public_frame(const Frame& page, const Words& words, const Assets& assets) {
  const Skin skin{"person.css", "person.js", "", page.title};
  return whole(page, skin, words, assets,
               sandbox(page, words) + safety_row(page, words) + main_part(page, words) +
                   safe_foot(page, words, {}));
}

Html staff_frame(const Frame& page, const Words& words, const Assets& assets) {
  const Skin skin{"work.css", "work.js", "", staff_title(page, words)};
  return whole(page, skin, words, assets,
               sandbox(page, words) + top_navigation(page, words) + main_part(page, words) +
                   staff_foot(page, words) + timeout(page, words));
}

Html worker_frame(const Frame& page, const Words& words, const Assets& assets) {
  const Skin skin{"work.css", "work.js", "kith-narrow kith-has-bar", staff_title(page, words)};
  return whole(page, skin, words, assets,
               sandbox(page, words) + top_navigation(page, words) + main_part(page, words) +
                   staff_foot(page, words) + bottom_bar(page, words) + timeout(page, words));
}

} // namespace kith::web
