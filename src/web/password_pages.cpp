// A member of staff changes their own password: the one that holds now, a code, and the new one twice. The
// form comes to a public route, for a password is hashed outside every transaction while the other routes
// open theirs first; the action itself asks who is signed in.
#include "http/origin.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using NoObject = Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

struct Asked {
  const char* name{};
  const char* type{"password"};
  const char* autocomplete{};
};
constexpr Asked fields[] = {{.name = "password", .autocomplete = "current-password"},
                            {.name = "code", .type = "text", .autocomplete = "one-time-code"},
                            {.name = "chosen", .autocomplete = "new-password"},
                            {.name = "again", .autocomplete = "new-password"}};

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

PageView view_of(const Site& site, const Html& hidden, const Problems& problems) {
  Html inputs;
  for (const Asked& field : fields) {
    const std::string name = field.name;
    Input part{.name = name,
               .type = field.type,
               .label = {.content = text(site.say("password." + name))},
               .error = error_for(site.words(), problems, name),
               .autocomplete = field.autocomplete};
    if (name == "code") {
      part.hint = Hint{.content = text(site.say("sign_in.code_hint"))};
      part.inputmode = "numeric";
    }
    if (name == "chosen") part.hint = Hint{.content = text(site.say("password.chosen_hint"))};
    inputs += input(part);
  }
  return {.title = site.say("password.title"),
          .because = "because.person",
          .current = "/account",
          .content =
              error_summary_for(site.words(), problems) +
              el("h1", {cls("govuk-heading-l")}, text(site.say("password.title"))) +
              line(site.say("password.about")) +
              el("form", {attr("method", "post"), action(Url("/account/password")), flag("novalidate")},
                 hidden + inputs +
                     button({.content = text(site.say("password.go")), .prevent_double_click = true}))};
}

// Nothing typed is shown again: it is a password.
Result<http::Response> refused(const Site& site, const auth::PublicCall& call, const auth::Actor& actor,
                               const FieldProblem& problem) {
  TRY_ASSIGN(auto tx, call.database.begin(actor.organisation, storage::Access::read));
  const StaffReader reader{actor, {"csrf", site.parts().form_tokens->make(actor.session, call.now)}};
  TRY_ASSIGN(http::Response response, site.staff_page(tx, reader,
                                                      view_of(site, hidden_field(reader.token),
                                                              worded(site.words(), "password", {problem}))));
  response.status = 422;
  return response;
}

Result<http::Response> post(const Site& site, auth::PublicCall& call) {
  const std::string cookie = auth::session_cookie_of(call.request, site.parts().secure_cookies);
  TRY_ASSIGN(const auto live, site.parts().sign_in->holder_of(cookie));
  if (!live || live->actor.roles.empty()) return forbidden("sign_in.needed");
  const auth::Actor& actor = live->actor;
  if (live->holder != Holder::staff) return forbidden("account.no_password");
  if (call.form.value("chosen") != call.form.value("again"))
    return refused(site, call, actor, {"again", "not_same"});
  const std::string visitor = http::visitor_of(call.request.peer);
  const Done changed = site.parts().sign_in->change_password({.cookie = cookie,
                                                              .password = call.form.value("password"),
                                                              .code = call.form.value("code"),
                                                              .chosen = call.form.value("chosen"),
                                                              .visitor = visitor,
                                                              .request_id = call.request.id});
  if (changed.ok()) return http::redirect("/account?changed=password");
  const Failure& failure = changed.failure();
  if (failure.code == "sign_in.refused") return refused(site, call, actor, {"password", "refused"});
  if (failure.code.starts_with("password."))
    return refused(site, call, actor, {"chosen", failure.code.substr(std::string("password.").size())});
  return failure;
}

} // namespace

void add_password_routes(auth::RouteTable& table, const Site& site) {
  using http::Method;
  auth::RelationshipRule own;
  for (const auth::Role role : permission::own_password.roles) own.ways.push_back({role, auth::By::self});
  table.add<auth::NoObject>({Method::get, "/account/password", permission::own_password, own,
                             auth::AuditClass::c3, auth::Idempotency::safe,
                             "The form to change one's own password"},
                            auth::no_object(), [&site](const NoObject&, Call& call) {
                              return site.staff_page(call, view_of(site, site.form_fields(call), {}));
                            });
  table.add_public({Method::post, "/account/password",
                    "the action asks who is signed in, and hashes outside every transaction",
                    "Change one's own password"},
                   [&site](auth::PublicCall& call) { return post(site, call); });
}

} // namespace kith::web
