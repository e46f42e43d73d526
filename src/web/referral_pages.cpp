// Asking for support: a referral by staff in eight fields, and the public page on which people ask for
// themselves. The public page tells nobody whether somebody is known here: whoever asks becomes a new record,
// and the coordinator, not the page, sees whether two are one. Who asked keeps a link that opens their page
// once; sending the same form again never shows it a second time.
#include <algorithm>

#include "auth/audit.hpp"
#include "auth/idempotency.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "connections/referral_actions.hpp"
#include "http/origin.hpp"
#include "storage/again.hpp"
#include "web/languages.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::By;
using auth::Call;
using auth::PublicCall;
using auth::Role;
using NoObject = auth::Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

constexpr int link_days = 30;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }
Html heading(const std::string& words) { return el("h1", {cls("govuk-heading-l")}, text(words)); }

// ---- what both forms share; the beginning of the keys says whose words they are ----

struct FormView {
  const Site& site;
  const http::Form& form;
  const Problems& problems; // worded
  std::string keys{};       // "refer." or "ask."

  std::string phrase(const char* name) const { return site.say(keys + name); }
  std::string kept(const char* name) const { return std::string(form.value(name)); }
  std::optional<ErrorMessage> error(const char* field) const {
    return error_for(site.words(), problems, field);
  }
  Label label_of(const char* name) const { return {.content = text(phrase(name))}; }
  std::optional<Hint> hint_of(const std::string& name) const {
    if (!site.words().has(keys + name + "_hint")) return std::nullopt;
    return Hint{.content = text(site.say(keys + name + "_hint"))};
  }
  Html one_line(const char* name) const {
    return input({.name = name,
                  .value = kept(name),
                  .label = label_of(name),
                  .hint = hint_of(name),
                  .error = error(name),
                  .classes = "govuk-input--width-30"});
  }
  Html several_lines(const char* name) const {
    return textarea({.name = name,
                     .value = kept(name),
                     .rows = 4,
                     .label = label_of(name),
                     .hint = hint_of(name),
                     .error = error(name)});
  }
  Html way() const {
    return radios({.name = "contact_way",
                   .values = {kept("contact_way")},
                   .items = {{.value = "email", .content = text(phrase("email"))},
                             {.value = "text", .content = text(phrase("text"))},
                             {.value = "phone", .content = text(phrase("phone"))}},
                   .fieldset = Fieldset{.legend = {.content = text(phrase("contact_way"))}},
                   .hint = hint_of("contact_way"),
                   .error = error("contact_way")});
  }
  Html shared_fields() const {
    return one_line("chosen_name") + way() + one_line("contact") + several_lines("own_words") +
           one_line("languages") + one_line("access_needs");
  }
};

bool ticked(const http::Form& form, std::string_view name, std::string_view value) {
  const auto values = form.values(name);
  return std::find(values.begin(), values.end(), value) != values.end();
}

connections::ReferralRequest read_request(const Site& site, const http::Form& form, Problems& problems) {
  connections::ReferralRequest request;
  request.chosen_name = form.value("chosen_name");
  request.contact_way = record::parse_code<ContactWay>(form.value("contact_way")).value_or(ContactWay::none);
  request.contact = form.value("contact");
  request.own_words = form.value("own_words");
  request.access_needs = form.value("access_needs");
  if (request.contact_way != ContactWay::email && request.contact_way != ContactWay::text &&
      request.contact_way != ContactWay::phone)
    problems.push_back({"contact_way", "required"});
  if (const auto languages = read_languages(site.words(), form.value("languages")))
    request.languages = *languages;
  else problems.push_back({"languages", "not_a_language"});
  return request;
}

// All problems under the names the form has for its fields, in the order of the form.
Problems whole(const Site& site, const http::Form& form, Problems mine,
               const Result<connections::Referred>& made) {
  static constexpr std::string_view order[] = {"chosen_name", "contact_way",     "contact",
                                               "own_words",   "languages",       "access_needs",
                                               "must_know",   "asked_and_agreed"};
  const bool way_is_missing = !mine.empty() && mine.front().field == "contact_way";
  const bool contact_fine = way_is_missing && !trim(form.value("contact")).empty(); // but for its kind
  if (!made.ok())
    for (FieldProblem problem : made.failure().fields) {
      if (problem.field == "email" || problem.field == "phone") problem.field = "contact";
      if (problem.field != "contact" || !contact_fine) mine.push_back(std::move(problem));
    }
  Problems in_order;
  for (const std::string_view field : order)
    std::copy_if(mine.begin(), mine.end(), std::back_inserter(in_order),
                 [&](const FieldProblem& problem) { return problem.field == field; });
  return worded(site.words(), "refer", in_order);
}

bool only_invalid(const Result<connections::Referred>& made) {
  return made.ok() || (made.failure().fault == Fault::invalid && !made.failure().fields.empty());
}

// ---- by staff ----

Html refer_form(const Site& site, const Call& call, const Problems& problems) {
  const FormView view{site, call.form, problems, "refer."};
  Html fields = site.form_fields(call) + view.shared_fields() + view.several_lines("must_know");
  fields += checkboxes({.name = "agreed",
                        .id_prefix = "asked_and_agreed",
                        .values = call.form.values("agreed"),
                        .items = {{.value = "contact", .content = text(site.say("refer.agreed"))},
                                  {.value = "matching", .content = text(site.say("refer.agreed_matching"))}},
                        .fieldset = Fieldset{.legend = {.content = text(site.say("refer.agreed_title"))}},
                        .error = view.error("asked_and_agreed")});
  fields += button({.content = text(site.say("refer.send"))});
  return el("form", {attr("method", "post"), action(Url("/refer")), flag("novalidate")}, fields);
}

Result<http::Response> refer_page(const Site& site, Call& call, int status, const Problems& problems) {
  Html content = error_summary_for(site.words(), problems) + heading(site.say("refer.title")) +
                 line(site.say("refer.about")) + refer_form(site, call, problems);
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = site.say("refer.title"),
                                                             .because = "because.staff",
                                                             .current = "/refer",
                                                             .content = std::move(content)}));
  response.status = status;
  return response;
}

Result<http::Response> post_referral(const Site& site, Call& call) {
  Problems problems;
  connections::ReferralRequest request = read_request(site, call.form, problems);
  request.must_know = call.form.value("must_know");
  request.asked_and_agreed = ticked(call.form, "agreed", "contact");
  request.agrees_to_matching = ticked(call.form, "agreed", "matching");
  // Whoever coordinates enters what somebody told them; only a clinician refers.
  const bool coordinates = call.scope.actor().has(Role::coordinator);
  request.source = coordinates ? ReferralSource::coordinator : ReferralSource::clinician;
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  request.source_kind = organisation.kind;
  const auto made = connections::refer(call.tx, call.scope, request);
  if (!only_invalid(made)) return made.failure();
  problems = whole(site, call.form, std::move(problems), made);
  if (!problems.empty()) return refer_page(site, call, 422, problems);
  call.shows(made->person);
  return http::redirect("/today");
}

// ---- by oneself, without an account ----

// The service of an address; what the page shows of it is public.
Result<Organisation> service_of(const PublicCall& call) {
  const std::string_view slug = call.parameter("service");
  std::vector<teams::PublicOrganisation> all;
  {
    TRY_ASSIGN(auto tx, call.database.begin({}, storage::Access::read));
    TRY_ASSIGN(all, teams::organisations(tx));
  }
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.slug == slug; });
  if (found == all.end()) return not_found();
  TRY_ASSIGN(auto tx, call.database.begin(found->id, storage::Access::read));
  return teams::load_organisation(tx);
}

http::Response service_page(const Site& site, int status, const Organisation& organisation, Html content) {
  return site.public_page(status, {.title = site.say("ask.title"),
                                   .help_line = HelpLine{organisation.help_name, organisation.help_number},
                                   .sandbox = organisation.sandbox,
                                   .exit = "/exit?service=" + organisation.slug,
                                   .content = std::move(content)});
}

Html what_happens_next(const Site& site, const Organisation& organisation) {
  return el("h2", {cls("govuk-heading-m")}, text(site.say("ask.next"))) + line(site.say("ask.next_read")) +
         line(site.say("ask.next_offer", {{"days", std::to_string(organisation.promise_days)}}));
}

http::Response ask_page(const Site& site, const PublicCall& call, const Organisation& organisation,
                        const Problems& problems, int status) {
  const FormView view{site, call.form, problems, "ask."};
  Html fields = site.public_form_fields() + view.shared_fields();
  fields += checkboxes({.name = "agreed",
                        .values = call.form.values("agreed"),
                        .items = {{.value = "matching",
                                   .content = text(site.say("ask.agreed_matching")),
                                   .hint = Hint{.content = text(site.say("ask.agreed_hint"))}}},
                        .fieldset = Fieldset{.legend = {.content = text(site.say("ask.agreed_title"))}}});
  fields += line(site.say("ask.send_about"));
  fields += button({.content = text(site.say("ask.send")), .prevent_double_click = true});
  Html content = error_summary_for(site.words(), problems) + heading(site.say("ask.title")) +
                 el("p", {cls("govuk-body-l")}, text(organisation.name)) + line(site.say("ask.about"));
  content += el(
      "form", {attr("method", "post"), action(Url("/ask/" + organisation.slug)), flag("novalidate")}, fields);
  return service_page(site, status, organisation, content + what_happens_next(site, organisation));
}

struct Asked {
  Result<connections::Referred> made{not_found()};
  std::string link{}; // "" when this very form came before
};

// One transaction: the referral, its audit row, the link, and the memory of the form's key.
Result<Asked> ask_once(const Site& site, PublicCall& call, const connections::ReferralRequest& request,
                       OrganisationId organisation, bool commit) {
  const auth::KeyedRequest keyed{"public", "POST /ask/{service}",
                                 std::string(call.form.value("idempotency_key")),
                                 auth::body_hash(call.request.path + "\n" + call.request.body)};
  if (!auth::good_key(keyed.key)) return invalid("idempotency.missing");
  const auth::Scope scope = auth::service_scope({"self_referral", organisation}, call.now, call.random);
  TRY_ASSIGN(auto tx, call.database.begin(organisation, storage::Access::write));
  TRY_ASSIGN(const auto earlier, auth::earlier_answer(tx, keyed));
  if (earlier) return Asked{connections::Referred{}, {}};
  Asked asked{connections::refer(tx, scope, request), {}};
  if (!asked.made.ok() || !commit) return asked;
  TRY_ASSIGN(
      const auto link,
      site.parts().sign_in->links().make(
          tx, scope,
          {.account = asked.made->account, .target = "/me", .expires_at = call.now + days_ms(link_days)}));
  asked.link = link.text;
  TRY(auth::write_audit(tx, scope,
                        {.operation = "referral.ask",
                         .object_kind = "referral",
                         .object = asked.made->referral.text(),
                         .subjects = {asked.made->person},
                         .care = "change",
                         .basis = "public"}));
  TRY(auth::remember(tx, keyed, {200, {}}, call.now));
  TRY(tx.commit());
  return asked;
}

Result<Asked> ask(const Site& site, PublicCall& call, const connections::ReferralRequest& request,
                  OrganisationId organisation, bool commit) {
  return storage::until_alone([&] { return ask_once(site, call, request, organisation, commit); });
}

http::Response thanks_page(const Site& site, const PublicCall& call, const Organisation& organisation,
                           const std::string& link) {
  Html content = heading(site.say("ask.thanks"));
  if (link.empty()) content += line(site.say("ask.again"));
  else {
    const Date until = local_date(call.now + days_ms(link_days), organisation.zone);
    content += card({.title = site.say("ask.link"),
                     .content = el("p", {cls("govuk-body kith-address")},
                                   text(site.address(call.request) + "/in/" + link)) +
                                line(site.say("ask.link_about", {{"date", long_date(site.words(), until)}})) +
                                button({.content = text(site.say("ask.open")),
                                        .href = Url("/in/" + link),
                                        .classes = "govuk-button--secondary"}),
                     .classes = "kith-card--tint"});
  }
  return service_page(site, 200, organisation, content + what_happens_next(site, organisation));
}

Result<http::Response> post_ask(const Site& site, PublicCall& call) {
  TRY_ASSIGN(const Organisation organisation, service_of(call));
  Problems problems;
  connections::ReferralRequest request = read_request(site, call.form, problems);
  request.asked_and_agreed = true; // the page says so above its button
  request.agrees_to_matching = ticked(call.form, "agreed", "matching");
  request.source = ReferralSource::self;
  request.captured = Captured::self;
  const auto attempt = site.parts().sign_in->attempts().begin(
      {.organisation = organisation.id,
       .limits = {{"ask|" + http::visitor_of(call.request.peer), auth::Attempts::failures_max}},
       .now = call.now});
  if (!attempt.ok() && attempt.failure().fault == Fault::too_much)
    return ask_page(site, call, organisation, worded(site.words(), "ask", {{"", "wait"}}), 429);
  if (!attempt.ok()) return attempt.failure();
  TRY_ASSIGN(const Asked asked, ask(site, call, request, organisation.id, problems.empty()));
  if (!only_invalid(asked.made)) return asked.made.failure();
  problems = whole(site, call.form, std::move(problems), asked.made);
  if (problems.empty()) return thanks_page(site, call, organisation, asked.link);
  // What was only mistyped does not count towards the limit.
  TRY_ASSIGN(auto tx, call.database.begin(organisation.id, storage::Access::write));
  TRY(auth::judge_attempt(tx, *attempt, auth::Outcome::not_a_try));
  TRY(tx.commit());
  return ask_page(site, call, organisation, problems, 422);
}

Result<http::Response> services_page(const Site& site, PublicCall& call) {
  std::vector<ChoiceLink> links;
  TRY_ASSIGN(auto tx, call.database.begin({}, storage::Access::read));
  TRY_ASSIGN(const auto all, teams::organisations(tx));
  if (all.size() == 1) return http::redirect("/ask/" + all.front().slug);
  links.reserve(all.size());
  for (const auto& organisation : all)
    links.push_back({.words = organisation.name, .href = Url("/ask/" + organisation.slug)});
  return site.public_page(
      200, {.title = site.say("ask.title"),
            .content = heading(site.say("ask.title")) + line(site.say("ask.which")) + choice_links(links)});
}

} // namespace

void add_referral_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule referrers{
      {{Role::coordinator, By::organisation}, {Role::clinician, By::organisation}}};
  table.add<auth::NoObject>({Method::get, "/refer", permission::referral_make, referrers, AuditClass::c1,
                             Idempotency::safe, "The referral form"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return refer_page(site, call, 200, {}); });
  table.add<auth::NoObject>({Method::post, "/refer", permission::referral_make, referrers, AuditClass::change,
                             Idempotency::keyed, "Make a referral"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return post_referral(site, call); });
  const char* why = "anybody may ask for support";
  table.add_public({Method::get, "/ask", why, "Which service to ask for support"},
                   [&site](PublicCall& call) { return services_page(site, call); });
  table.add_public({Method::get, "/ask/{service}", why, "Ask a service for support"},
                   [&site](PublicCall& call) -> Result<http::Response> {
                     TRY_ASSIGN(const Organisation organisation, service_of(call));
                     return ask_page(site, call, organisation, {}, 200);
                   });
  table.add_public({Method::post, "/ask/{service}", why, "Send what one asks for"},
                   [&site](PublicCall& call) { return post_ask(site, call); });
}

} // namespace kith::web
