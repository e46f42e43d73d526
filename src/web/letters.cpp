#include "web/letters.hpp"

#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::Call;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

std::string way_of(const Site& site, const Letter& letter) {
  if (letter.to.empty()) return site.say(letter.instead);
  return site.say("preview.by." + letter.way, {{"address", letter.to}});
}

Html message_of(const Site& site, const Letter& letter) {
  const MessageText whole = message_text(site.words(), letter.message);
  return el("p", {cls("govuk-body")}, el("strong", {}, text(whole.subject))) +
         el("p", {cls("govuk-body")}, text_lines(whole.body));
}

} // namespace

Html letter_card(const Site& site, const Letter& letter) {
  Html content;
  if (letter.to.empty()) content = line(way_of(site, letter));
  else content = el("p", {cls("kith-soft")}, text(way_of(site, letter))) + message_of(site, letter);
  return card({.title = site.say("preview.to", {{"name", letter.name}}), .content = std::move(content)});
}

Html letters_card(const Site& site, const std::string& title, const std::vector<Letter>& letters) {
  if (letters.empty()) return {};
  Html items;
  for (const Letter& letter : letters) items += el("li", {}, text(letter.name + ": " + way_of(site, letter)));
  const std::string count = std::to_string(letters.size());
  return card({.title = title,
               .content = message_of(site, letters.front()) +
                          details({.summary = text(site.say("run.who_gets_it", {{"count", count}})),
                                   .content = el("ul", {cls("govuk-list govuk-list--bullet")}, items)})});
}

Letter letter_to(const Site& site, const Call& call, const Worker& worker) {
  return {.name = worker.chosen_name,
          .to = worker.email,
          .instead = "preview.no_address",
          .message = {"worker_asked", site.address(call.request) + "/sign-in"}};
}

Letter letter_to(const Site& site, const Call& call, const Person& person) {
  const bool by_mail = person.contact_way == ContactWay::email,
             by_text = person.contact_way == ContactWay::text;
  return {.name = person.chosen_name,
          .to = by_mail   ? person.email
                : by_text ? person.phone
                          : std::string(),
          .way = by_mail ? "email" : "text",
          .instead = person.contact_way == ContactWay::phone ? "preview.by_voice" : "preview.no_address",
          .message = {"person_asked", site.address(call.request) + "/in/" + site.say("preview.secret")}};
}

} // namespace kith::web
