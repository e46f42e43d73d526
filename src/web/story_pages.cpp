// "What I share of my story": a peer worker's own page about what they lived through, item by item, with who
// can see each. It belongs to the worker (trust.md P4): nothing is required, no other role has a route here,
// and what is taken back is gone from pages and matching with the next request.
#include "matching/wording.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/story_item.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using NoObject = Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

struct Shown {
  http::Form form{};
  Problems problems{}; // worded
};

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

std::string who_sees(const Site& site, std::string_view level) {
  return site.say("story.release." + std::string(level));
}

std::string path_of(const WorkerItem& item) { return "/w/story/" + item.id.text(); }

Html level_form(const Site& site, const Call& call, const WorkerItem& item) {
  Select levels{.name = "release",
                .id = "release-" + item.id.text(),
                .value = std::string(record::code_of(item.release)),
                .label = {.content = text(site.say("story.seen_by"))}};
  for (const std::string_view level : codes_of(Release{}))
    levels.items.push_back({.content = who_sees(site, level), .value = std::string(level)});
  return el("form", {attr("method", "post"), action(Url(path_of(item) + "/release"))},
            site.form_fields(call) + select(levels) +
                button({.content = text(site.say("story.save")), .classes = "govuk-button--secondary"}));
}

Html item_card(const Site& site, const Call& call, const WorkerItem& item) {
  const std::string name = matching::Wording(site.words()).code(item.tag);
  Html content = item.words.empty() ? Html() : quote({.words = item.words});
  content += level_form(site, call, item);
  content +=
      el("form", {attr("method", "post"), action(Url(path_of(item) + "/withdraw"))},
         site.form_fields(call) + button({.content = text(site.say("story.withdraw", {{"what", name}})),
                                          .classes = "govuk-button--secondary"}));
  return card({.title = name, .content = std::move(content)});
}

Html tag_choice(const Site& site, const Shown& shown) {
  Choices tags{.name = "tag",
               .values = {std::string(shown.form.value("tag"))},
               .fieldset = Fieldset{.legend = {.content = text(site.say("story.tag"))}},
               .error = error_for(site.words(), shown.problems, "tag")};
  for (const ListedTag& listed : listed_tags(site.words()))
    tags.items.push_back({.value = listed.code, .content = text(listed.words)});
  tags.items.push_back({.value = own_tag,
                        .content = text(site.say("story.other")),
                        .conditional = input({.name = "own_tag",
                                              .value = std::string(shown.form.value("own_tag")),
                                              .label = {.content = text(site.say("story.own_tag"))},
                                              .error = error_for(site.words(), shown.problems, "own_tag")})});
  return radios(tags);
}

// Only "private" is chosen beforehand.
Html level_choice(const Site& site, const Shown& shown) {
  const std::string_view chosen = shown.form.value("release");
  Choices levels{
      .name = "release",
      .values = {std::string(chosen.empty() ? record::code_of(Release::private_to_worker) : chosen)},
      .fieldset = Fieldset{.legend = {.content = text(site.say("story.seen_by"))}},
      .error = error_for(site.words(), shown.problems, "release")};
  for (const std::string_view level : codes_of(Release{}))
    levels.items.push_back({.value = std::string(level),
                            .content = text(who_sees(site, level)),
                            .hint = Hint{.content = text(site.say("story.use." + std::string(level)))}});
  return radios(levels);
}

Html add_form(const Site& site, const Call& call, const Shown& shown) {
  return el(
      "form", {attr("method", "post"), action(Url("/w/story")), flag("novalidate")},
      site.form_fields(call) + tag_choice(site, shown) +
          textarea({.name = "words",
                    .value = std::string(shown.form.value("words")),
                    .label = {.content = text(site.say("story.words"))},
                    .hint = Hint{.content = text(site.say("story.words_hint",
                                                          {{"count", std::to_string(story_words_most)}}))},
                    .error = error_for(site.words(), shown.problems, "words")}) +
          level_choice(site, shown) +
          button({.content = text(site.say("story.add_go")), .prevent_double_click = true}));
}

Result<http::Response> page(const Site& site, Call& call, const Shown& shown) {
  TRY_ASSIGN(const auto items, workforce::items_of(call.tx, call.scope, call.scope.actor().worker));
  Html content = error_summary_for(site.words(), shown.problems) +
                 el("h1", {cls("govuk-heading-l")}, text(site.say("story.title"))) +
                 line(site.say("story.about")) + line(site.say("story.withdraw_about"));
  for (const WorkerItem& item : items) content += item_card(site, call, item);
  if (items.empty()) content += line(site.say("story.nothing"));
  content += el("h2", {cls("govuk-heading-m")}, text(site.say("story.add"))) + add_form(site, call, shown);
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = site.say("story.title"),
                                                             .because = "because.worker",
                                                             .current = "/w/story",
                                                             .content = std::move(content)}));
  if (!shown.problems.empty()) response.status = 422;
  return response;
}

Result<http::Response> add(const Site& site, Call& call) {
  const Id<Worker> worker = call.scope.actor().worker;
  StoryItem read = read_story_item(site.words(), call.form);
  TRY_ASSIGN(const auto items, workforce::items_of(call.tx, call.scope, worker));
  if (items.size() >= workforce::items_most) read.problems.push_back({"tag", "too_many"});
  if (!read.problems.empty())
    return page(site, call, {call.form, worded(site.words(), "story", read.problems)});
  TRY(workforce::add_item(call.tx, call.scope,
                          {Id<WorkerItem>::make(call.scope.random()),
                           worker,
                           read.release,
                           call.scope.now(),
                           {},
                           read.tag,
                           read.words}));
  call.changed({"tag", "words", "release"});
  return http::redirect("/w/story");
}

Result<http::Response> change_level(const WorkerItem& item, Call& call) {
  const auto release = record::parse_code<Release>(call.form.value("release"));
  if (!release) return invalid("item.release");
  TRY(workforce::set_item_release(call.tx, call.scope, {item.id, *release}));
  call.changed({"release"});
  return http::redirect("/w/story");
}

Result<http::Response> withdraw(const WorkerItem& item, Call& call) {
  TRY(workforce::withdraw_item(call.tx, call.scope, item.id));
  call.changed({"withdrawn_at", "tag", "words"});
  return http::redirect("/w/story");
}

} // namespace

void add_story_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule own{{{auth::Role::peer_worker, auth::By::own_worker}}};
  table.add<auth::NoObject>({Method::get, "/w/story", permission::own_story, own, AuditClass::c4,
                             Idempotency::safe, "What a worker shares of their story, and with whom"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return page(site, call, {}); });
  table.add<auth::NoObject>({Method::post, "/w/story", permission::own_story_change, own, AuditClass::change,
                             Idempotency::keyed, "Add something to one's story"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return add(site, call); });
  table.add<WorkerItem>(
      {Method::post, "/w/story/{id}/release", permission::own_story_change, own, AuditClass::change,
       Idempotency::keyed, "Change who can see an item of one's story"},
      load_item(), [](const Authorised<WorkerItem>& item, Call& call) { return change_level(*item, call); });
  table.add<WorkerItem>({Method::post, "/w/story/{id}/withdraw", permission::own_story_change, own,
                         AuditClass::change, Idempotency::keyed, "Take an item of one's story back"},
                        load_item(),
                        [](const Authorised<WorkerItem>& item, Call& call) { return withdraw(*item, call); });
}

} // namespace kith::web
