#include "web/site.hpp"

#include "base/id.hpp"
#include "base/log.hpp"
#include "web/api.hpp"

namespace kith::web {
namespace {

constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; worker-src 'self'";

std::vector<NavItem> staff_nav(const Words& words, const auth::Actor& actor, const std::string& current) {
  std::vector<NavItem> nav;
  const auto add = [&](const char* key, const char* path) {
    nav.push_back({.words = words(key), .href = Url(path), .current = current == path});
  };
  add("nav.today", "/today");
  if (actor.has(auth::Role::coordinator)) add("nav.waiting", "/people/waiting");
  if (actor.has(auth::Role::coordinator)) add("nav.team", "/team");
  if (actor.has(auth::Role::administrator)) add("nav.organisation", "/admin");
  if (actor.has(auth::Role::clinician) || actor.has(auth::Role::coordinator)) add("nav.refer", "/refer");
  return nav;
}

NavItem account_item(const Words& words, const std::string& current) {
  return {.words = words("account.title"), .href = Url("/account"), .current = current == "/account"};
}

std::string refusal_key(int status, const Failure& failure) {
  if (failure.code == "form.token") return "refusal.form_old";
  switch (status) {
  case 401:
    return "refusal.sign_in";
  case 403:
    return "refusal.forbidden";
  case 404:
    return "refusal.not_found";
  case 409:
    return "refusal.conflict";
  case 429:
    return "refusal.too_much";
  case 503:
    return "refusal.unavailable";
  case 500:
    return "refusal.defect";
  default:
    return "refusal.invalid";
  }
}

} // namespace

http::Response page_response(int status, const Html& document) {
  http::Response response = http::html(status, document.bytes());
  response.headers.push_back({"Content-Security-Policy", policy});
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
  return response;
}

std::vector<FieldProblem> worded(const Words& words, std::string_view form,
                                 const std::vector<FieldProblem>& problems) {
  std::vector<FieldProblem> out;
  out.reserve(problems.size());
  for (const FieldProblem& problem : problems) {
    std::string key = "problem." + std::string(form) + "." + problem.field + "." + problem.code;
    if (!words.has(key)) key = "problem." + problem.code;
    out.push_back({problem.field, words.has(key) ? key : "problem.other"});
  }
  return out;
}

Html Site::form_fields(const auth::Call& call) const {
  return hidden_field(token_of(call)) +
         hidden_field("idempotency_key", to_text(random_id(call.scope.random())));
}

std::string Site::address(const http::Request& request) const {
  if (!parts_.public_address.empty()) return parts_.public_address;
  const bool secure = request.secure || parts_.secure_cookies;
  return (secure ? "https://" : "http://") + std::string(request.header("host"));
}

FormToken Site::public_token() const { return {"csrf", parts_.form_tokens->make("", parts_.clock->now())}; }

Html Site::public_form_fields() const {
  return hidden_field(public_token()) + hidden_field("idempotency_key", to_text(random_id(*parts_.random)));
}

Result<http::Response> Site::staff_page(auth::Call& call, PageView view) const {
  return staff_page(call.tx, {call.scope.actor(), token_of(call)}, std::move(view));
}

Result<http::Response> Site::staff_page(storage::Transaction& tx, const StaffReader& reader,
                                        PageView view) const {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const auth::Actor& actor = reader.actor;
  Frame frame;
  frame.title = view.title;
  frame.sandbox = organisation.sandbox;
  frame.signed_in = actor.name;
  frame.organisation = organisation.name;
  frame.sign_out = Url("/sign-out");
  frame.account = account_item(words(), view.current);
  frame.home = Url("/today");
  frame.nav = staff_nav(words(), actor, view.current);
  frame.notice = std::move(view.notice);
  frame.because = say(view.because);
  frame.token = reader.token;
  frame.content = std::move(view.content);
  return page_response(200, staff_frame(frame, words(), *parts_.assets));
}

Result<http::Response> Site::person_page(auth::Call& call, PageView view) const {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  Frame frame;
  frame.title = view.title;
  frame.sandbox = organisation.sandbox;
  frame.help_line = HelpLine{organisation.help_name, organisation.help_number};
  frame.home = Url("/me");
  frame.account = account_item(words(), view.current);
  frame.because = say(view.because);
  frame.notice = std::move(view.notice);
  frame.token = token_of(call);
  frame.content = std::move(view.content);
  return page_response(200, person_frame(frame, words(), *parts_.assets));
}

Result<http::Response> Site::holders_page(auth::Call& call, PageView view) const {
  const auth::Actor& actor = call.scope.actor();
  if (actor.has(auth::Role::person)) return person_page(call, std::move(view));
  if (!actor.has(auth::Role::supporter)) return staff_page(call, std::move(view));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  Frame frame;
  frame.title = view.title;
  frame.sandbox = organisation.sandbox;
  frame.help_line = HelpLine{organisation.help_name, organisation.help_number};
  frame.because = say(view.because);
  frame.sign_out = Url("/sign-out");
  frame.token = token_of(call);
  frame.content = std::move(view.content);
  return page_response(200, public_frame(frame, words(), *parts_.assets));
}

http::Response Site::public_page(int status, const PageView& view) const {
  Frame frame;
  frame.title = view.title;
  frame.token = public_token();
  frame.help_line = view.help_line;
  frame.sandbox = view.sandbox;
  frame.exit = Url(view.exit);
  frame.notice = view.notice;
  frame.content = view.content;
  return page_response(status, public_frame(frame, words(), *parts_.assets));
}

http::Response Site::refuse(int status, const Failure& failure, const auth::Actor&,
                            const http::Request& request) const {
  if (request.path.starts_with("/api/"))
    return http::problem({status, failure.code, status >= 500 ? request.id : std::string()});
  if (status == 401 && request.method == http::Method::get) return http::redirect("/sign-in");
  const std::string key = refusal_key(status, failure);
  Html content = el("h1", {cls("govuk-heading-l")}, text(say(key + ".title"))) +
                 el("p", {cls("govuk-body")}, text(say(key + ".body")));
  if (status == 500)
    content +=
        el("p", {cls("govuk-body")}, text(say("refusal.reference", {{"reference", "ref " + request.id}})));
  return public_page(status, {.title = say(key + ".title"), .content = std::move(content)});
}

void add_asset_routes(auth::RouteTable& table, const Site& site) {
  table.add_public(
      {http::Method::get, "/assets/{name}", "style sheets and scripts hold no data", "A built asset"},
      [&site](auth::PublicCall& call) -> Result<http::Response> {
        const Asset* asset = site.parts().assets->find(std::string(call.parameter("name")));
        if (!asset) return not_found();
        http::Response response;
        const std::string_view accepts = call.request.header("accept-encoding");
        const bool brotli = accepts.find("br") != std::string_view::npos && !asset->brotli.empty();
        response.static_body = brotli ? asset->brotli : asset->bytes;
        response.headers = {{"Content-Type", std::string(asset->content_type)},
                            {"Cache-Control", "public, max-age=31536000, immutable"},
                            {"Vary", "Accept-Encoding"},
                            {"X-Content-Type-Options", "nosniff"}};
        if (brotli) response.headers.push_back({"Content-Encoding", "br"});
        return response;
      });
}

auth::RouteTable all_routes(const Site& site) {
  auth::RouteTable table;
  add_asset_routes(table, site);
  add_sign_in_routes(table, site);
  add_today_routes(table, site);
  add_coordinator_routes(table, site);
  add_new_link_routes(table, site);
  add_referral_routes(table, site);
  add_profile_routes(table, site);
  add_find_routes(table, site);
  add_apart_routes(table, site);
  add_offer_routes(table, site);
  add_plan_routes(table, site);
  add_run_routes(table, site);
  add_what_if_routes(table, site);
  add_meeting_routes(table, site);
  add_meeting_cancel_routes(table, site);
  add_administrator_routes(table, site);
  add_worker_routes(table, site);
  add_matching_consent_routes(table, site);
  add_worker_profile_routes(table, site);
  add_story_routes(table, site);
  add_account_routes(table, site);
  add_password_routes(table, site);
  add_person_routes(table, site);
  add_api_routes(table);
  return table;
}

} // namespace kith::web
