#include "auth/router.hpp"

#include "auth/idempotency.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "storage/again.hpp"

namespace kith::auth {

Scope make_scope(Actor actor, Instant now, Random& random, std::string request_id); // in actor.cpp

namespace {

std::string_view name_of(AuditClass audit) {
  switch (audit) {
  case AuditClass::none:
    return "C0";
  case AuditClass::c1:
    return "C1";
  case AuditClass::c3:
    return "C3";
  case AuditClass::c4:
    return "C4";
  case AuditClass::change:
    return "change";
  }
  return "C4";
}

std::string header_value(const http::Response& response, std::string_view name) {
  for (const http::Header& header : response.headers)
    if (ascii_lower(header.name) == name) return header.value;
  return {};
}

class GrantsOf final : public GrantLookUp {
public:
  explicit GrantsOf(Call& call) : call_(call) {}
  Result<std::string> grant(const GrantOn& which) override {
    return live_grant(call_.tx, call_.scope.actor(), which, call_.scope.now());
  }

private:
  Call& call_;
};

class RouteDecider final : public Decider {
public:
  RouteDecider(const Route& route, Call& call) : route_(route), call_(call) {}
  Done decide(const Facets& facets) override {
    GrantsOf grants(call_);
    call_.audit.object_kind = facets.kind;
    call_.audit.object = facets.id;
    const Id<Person> own = call_.scope.actor().person; // a list or a page of one's own names no object
    if (const Id<Person> person = facets.person.empty() ? own : facets.person; !person.empty())
      call_.shows(person);
    TRY_ASSIGN(const Decision decision, auth::decide(call_.scope.actor(), route_.rule, facets, grants));
    call_.audit.basis = decision.basis;
    return {};
  }

private:
  const Route& route_;
  Call& call_;
};

std::string route_name(const Route& route) {
  return std::string(http::to_text(route.method)) + " " + route.pattern;
}

// Where the same request lands when repeated: its earlier redirect, drawn again for the caller's present
// rights.
http::Response replay(const StoredAnswer& earlier) {
  if (!earlier.location.empty()) return http::redirect(earlier.location);
  return http::text(earlier.status, "");
}

} // namespace

int status_of(Fault fault) {
  switch (fault) {
  case Fault::invalid:
    return 422;
  case Fault::not_found:
    return 404;
  case Fault::forbidden:
    return 403;
  case Fault::conflict:
    return 409;
  case Fault::too_much:
    return 429;
  case Fault::unavailable:
    return 503;
  }
  return 500;
}

std::string session_cookie_of(const http::Request& request, bool secure) {
  http::Cookie cookie;
  cookie.name = session_cookie;
  cookie.secure = secure;
  return std::string(request.cookie(http::cookie_name(cookie)));
}

http::Response Router::handle(const http::Request& request) {
  const std::int64_t began = parts_.clock->monotonic_ms();
  http::Response response;
  try {
    response = answer(request);
  } catch (const Defect& defect) {
    log(LogLevel::error, "defect", {{"request", request.id}, {"where", defect.what()}});
    response = parts_.refusals->refuse(500, unavailable("defect"), Actor{}, request);
  }
  log(LogLevel::info, "request",
      {{"request", request.id},
       {"method", http::to_text(request.method)},
       {"status", response.status},
       {"ms", static_cast<long long>(parts_.clock->monotonic_ms() - began)}});
  return response;
}

http::Response Router::answer(const http::Request& request) {
  const auto match = parts_.routes->match(request.method, request.path);
  if (!match.route) {
    if (match.other_method) return parts_.refusals->refuse(405, invalid("method.other"), Actor{}, request);
    return parts_.refusals->refuse(404, not_found(), Actor{}, request);
  }
  if (match.route->run_public) return run_public(*match.route, request, match.path);
  return run_known(*match.route, request, match.path);
}

http::Response Router::refuse(const Failure& failure, const Actor& actor,
                              const http::Request& request) const {
  int status = status_of(failure.fault);
  if (failure.code == "sign_in.needed") status = 401;
  if (failure.code == "idempotency.missing" || failure.code.starts_with("form.")) status = 400;
  return parts_.refusals->refuse(status, failure, actor, request);
}

http::Response Router::run_public(const Route& route, const http::Request& request,
                                  const std::vector<PathParameter>& path) {
  auto form = http::parse_form(route.method == http::Method::post ? request.body : std::string());
  if (!form.ok()) return refuse(form.failure(), Actor{}, request);
  if (route.method == http::Method::post) {
    Actor holder; // a form of a signed-in page may post here too: signing out
    const auto reference = parse_reference(session_cookie_of(request, parts_.secure_cookies));
    if (reference) holder.session = parts_.sign_in->sessions().id_of(*reference);
    Done checked = check_form(request, *form, Actor{});
    if (!checked.ok() && reference) checked = check_form(request, *form, holder);
    if (!checked.ok()) return refuse(checked.failure(), Actor{}, request);
  }
  PublicCall call{request, *form, *parts_.database, parts_.clock->now(), *parts_.random, path};
  auto response = route.run_public(call);
  if (!response.ok()) return refuse(response.failure(), Actor{}, request);
  return std::move(response).value();
}

// Another site may not make a browser act here: the origin is checked, and every form carries a token bound
// to the session (or, before signing in, to the day).
Done Router::check_form(const http::Request& request, const http::Form& form, const Actor& actor) const {
  const bool allowed = origin_allowed({request.header("origin"), request.header("sec-fetch-site"),
                                       request.header("host"), request.secure ? "https" : "http"});
  if (!allowed) return forbidden("form.origin");
  if (!parts_.form_tokens->valid({form.value("csrf"), actor.session, parts_.clock->now()}))
    return forbidden("form.token");
  return {};
}

http::Response Router::run_known(const Route& route, const http::Request& request,
                                 const std::vector<PathParameter>& path) {
  auto live = parts_.sign_in->holder_of(session_cookie_of(request, parts_.secure_cookies));
  if (!live.ok()) return refuse(live.failure(), Actor{}, request);
  if (!live.value()) return refuse(forbidden("sign_in.needed"), Actor{}, request);
  const Scope scope = make_scope(live.value()->actor, parts_.clock->now(), *parts_.random, request.id);
  Passage passage{route, request, scope, path};
  const Done allowed = may_use(scope.actor(), *route.permission);
  if (!allowed.ok()) {
    if (scope.actor().strength == Strength::password)
      return refuse(forbidden("sign_in.needed"), Actor{}, request);
    note_denial(passage, allowed.failure());
    return refuse(allowed.failure(), scope.actor(), request);
  }
  auto response = storage::until_alone([&] {
    passage.audit = {};
    return route.audit == AuditClass::change ? attempt_change(passage) : attempt_safe(passage);
  });
  if (response.ok()) return std::move(response).value();
  if (response.failure().fault == Fault::not_found || response.failure().fault == Fault::forbidden)
    note_denial(passage, response.failure());
  return refuse(response.failure(), scope.actor(), request);
}

Result<http::Response> Router::attempt(Passage& passage, Call& call) {
  passage.audit.operation = passage.route.permission->name;
  passage.audit.care = name_of(passage.route.audit);
  RouteDecider decider(passage.route, call);
  return passage.route.run(call, decider);
}

// The page is made in a read transaction; for C3 and above its audit row is committed before the bytes go
// out.
Result<http::Response> Router::attempt_safe(Passage& passage) {
  const Scope& scope = passage.scope;
  const http::Form no_form;
  Result<http::Response> response = not_found();
  {
    TRY_ASSIGN(auto tx, parts_.database->begin(scope.organisation(), storage::Access::read));
    Call call{passage.request, no_form, tx, scope, passage.path, passage.audit, token_for(scope)};
    response = attempt(passage, call);
  }
  if (!response.ok() || passage.route.audit == AuditClass::c1) return response;
  return after_its_record(passage, std::move(response).value());
}

Result<http::Response> Router::after_its_record(const Passage& passage, http::Response response) {
  TRY_ASSIGN(auto tx, parts_.database->begin(passage.scope.organisation(), storage::Access::write));
  TRY(write_audit(tx, passage.scope, passage.audit));
  TRY(tx.commit());
  return response;
}

Result<http::Response> Router::attempt_change(Passage& passage) {
  const http::Request& request = passage.request;
  const Scope& scope = passage.scope;
  TRY_ASSIGN(const http::Form form, http::parse_form(request.body));
  TRY(check_form(request, form, scope.actor()));
  const std::string_view header_key = request.header("idempotency-key");
  const std::string key(header_key.empty() ? form.value("idempotency_key") : header_key);
  if (!good_key(key)) return invalid("idempotency.missing");
  const KeyedRequest keyed{scope.actor().account.text(), route_name(passage.route), key,
                           body_hash(request.path + "\n" + request.body)};
  TRY_ASSIGN(http::Response response, change_once(passage, form, keyed));
  if (response.status < 400) return response;
  passage.audit.care = name_of(AuditClass::c4); // nothing was done, and the answer shows the form again
  passage.audit.fields.clear();
  return after_its_record(passage, std::move(response));
}

// Rolls back when the answer is a refusal.
Result<http::Response> Router::change_once(Passage& passage, const http::Form& form,
                                           const KeyedRequest& keyed) {
  const http::Request& request = passage.request;
  const Scope& scope = passage.scope;
  TRY_ASSIGN(auto tx, parts_.database->begin(scope.organisation(), storage::Access::write));
  Call call{request, form, tx, scope, passage.path, passage.audit, token_for(scope)};
  // An earlier answer to the same request is given again, for the caller's present rights: the redirect is
  // followed and decided anew.
  TRY_ASSIGN(const auto earlier, earlier_answer(tx, keyed));
  if (earlier) return replay(*earlier);
  TRY_ASSIGN(http::Response response, attempt(passage, call));
  if (response.status >= 400) return response;
  TRY(write_audit(tx, scope, passage.audit));
  TRY(remember(tx, keyed, {response.status, header_value(response, "location")}, scope.now()));
  TRY(tx.commit());
  return response;
}

std::string Router::token_for(const Scope& scope) const {
  return parts_.form_tokens->make(scope.actor().session, scope.now());
}

// The object is named when it was loaded before the refusal.
void Router::note_denial(const Passage& passage, const Failure& failure) const {
  auto tx = parts_.database->begin(passage.scope.organisation(), storage::Access::write);
  if (!tx.ok()) return;
  AuditRow row = passage.audit;
  row.operation = passage.route.permission->name;
  row.care = name_of(passage.route.audit);
  row.basis = failure.code;
  row.decision = "deny";
  if (!write_audit(*tx, passage.scope, row).ok() || !tx->commit().ok())
    log(LogLevel::error, "audit.denial_not_written", {{"request", passage.scope.request_id()}});
}

} // namespace kith::auth
