#include "web/spent_link.hpp"

#include "auth/account_store.hpp"
#include "auth/audit.hpp"
#include "connections/way_back.hpp"
#include "web/loaders.hpp"
#include "web/ui/content.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using auth::PublicCall;

constexpr int tries_max = 5;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }
Html heading(const std::string& words) { return el("h1", {cls("govuk-heading-l")}, text(words)); }

// Read on its own: a token that was made up never waits for the one who writes.
Result<std::optional<Id<Account>>> account_of_link(const Site& site, const PublicCall& call,
                                                   const auth::Reference& reference) {
  TRY_ASSIGN(auto tx, call.database.begin(reference.organisation, storage::Access::read));
  return site.parts().sign_in->links().account_of(tx, reference);
}

// One transaction: the message, and the audit row about whom it is.
Done send_once(const Site& site, PublicCall& call, const auth::Reference& reference) {
  TRY_ASSIGN(const auto account, account_of_link(site, call, reference));
  if (!account) return {};
  TRY_ASSIGN(auto tx, call.database.begin(reference.organisation, storage::Access::write));
  const auth::Scope scope =
      auth::service_scope({"spent_link", reference.organisation}, call.now, call.random);
  TRY_ASSIGN(const bool sent, connections::ask_for_new_link(tx, scope, *account));
  if (!sent) return {};
  TRY_ASSIGN(const Account holder, auth::account_of_id(tx, *account));
  TRY(auth::write_audit(tx, scope,
                        {.operation = "link.ask_again",
                         .object_kind = "account",
                         .object = account->text(),
                         .subjects = {holder.person_id},
                         .care = "change",
                         .basis = "public"}));
  return tx.commit();
}

// The same answer whether anything was sent or not.
Result<http::Response> post_again(const Site& site, PublicCall& call) {
  const auto reference = auth::parse_reference(call.parameter("token"));
  if (!reference) return not_found();
  Done done = unavailable("storage.retry");
  for (int i = 0; i < tries_max && !done.ok(); ++i) {
    done = send_once(site, call, *reference);
    if (!done.ok() && done.failure().code != "storage.retry") break;
  }
  if (!done.ok()) return done.failure();
  return site.public_page(200,
                          {.title = site.say("spent.thanks"),
                           .content = heading(site.say("spent.thanks")) + line(site.say("spent.on_its_way")) +
                                      line(site.say("spent.nothing_comes"))});
}

} // namespace

Result<bool> link_works(const Site& site, const PublicCall& call, const auth::Reference& reference) {
  TRY_ASSIGN(auto tx, call.database.begin(reference.organisation, storage::Access::read));
  return site.parts().sign_in->links().works(tx, reference, call.now);
}

http::Response spent_link_page(const Site& site, const auth::Reference& reference) {
  const Html form = el("form", {attr("method", "post"), action(Url("/in/" + reference.text() + "/again"))},
                       site.public_form_fields() +
                           button({.content = text(site.say("spent.send")), .prevent_double_click = true}));
  return site.public_page(410, {.title = site.say("spent.title"),
                                .content = heading(site.say("spent.title")) + line(site.say("spent.about")) +
                                           form +
                                           el("p", {cls("govuk-hint")}, text(site.say("spent.send_about")))});
}

Result<http::Response> refused_link(const Site& site, const PublicCall& call, const Failure& failure) {
  const auto reference = auth::parse_reference(call.parameter("token"));
  if (!reference || failure.code != "sign_in.refused") return failure;
  return spent_link_page(site, *reference);
}

Html new_link_part(const Site& site, const Call& call, const Person& person) {
  Html content = el("h2", {cls("govuk-heading-m")}, text(site.say("new_link.title")));
  if (person.contact_way != ContactWay::email && person.contact_way != ContactWay::text)
    return content + line(site.say("new_link.by_voice"));
  if (call.request.query_value("sent") == "1")
    content += inset_text({.content = text(site.say("new_link.sent"))});
  content += line(site.say("new_link.about"));
  return content + el("form", {attr("method", "post"), action(Url("/people/" + person.id.text() + "/link"))},
                      site.form_fields(call) + button({.content = text(site.say("new_link.send")),
                                                       .classes = "govuk-button--secondary",
                                                       .prevent_double_click = true}));
}

void add_new_link_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add_public({Method::post, "/in/{token}/again", "whoever has a spent link is nobody yet",
                    "Ask for a new sign-in link"},
                   [&site](PublicCall& call) { return post_again(site, call); });
  table.add<Person>({Method::post, "/people/{id}/link", permission::link_send, coordinators,
                     AuditClass::change, Idempotency::keyed, "Send a person a new sign-in link"},
                    load_person(),
                    [](const Authorised<Person>& person, Call& call) -> Result<http::Response> {
                      TRY(connections::send_new_link(call.tx, call.scope, *person));
                      return http::redirect("/people/" + person->id.text() + "/profile?sent=1");
                    });
}

} // namespace kith::web
