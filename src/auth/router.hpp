// One request's way through the house: match, session, permission, origin and form token, earlier answer,
// load, relationship, handler, audit, commit, and only then the bytes. An earlier answer comes before the
// relationship, because a first answer may have ended it (a worker's "no"): whoever sent the same bytes with
// the same key from the same account gets the status and the redirect they already got, and nothing else.
// Thread-safe; holds no state of its own.
#pragma once
#include "auth/audit.hpp"
#include "auth/form_token.hpp"
#include "auth/idempotency.hpp"
#include "auth/route.hpp"
#include "auth/sign_in.hpp"
#include "http/server.hpp"

namespace kith::auth {

// How a refusal looks; the web module has pages, the API has problem documents.
class RefusalView {
public:
  virtual ~RefusalView() = default;
  // status: 400, 401, 403, 404, 405, 409, 422, 428, 500 or 503. The bytes may depend on nothing else but the
  // actor.
  virtual http::Response refuse(int status, const Failure& failure, const Actor& actor,
                                const http::Request& request) const = 0;
};

int status_of(Fault fault);

struct RouterParts { // all outlive the router
  const RouteTable* routes{};
  storage::Database* database{};
  const SignIn* sign_in{};
  const FormTokens* form_tokens{};
  const RefusalView* refusals{};
  const Clock* clock{};
  Random* random{};
  bool secure_cookies{true};
};

inline constexpr std::string_view session_cookie = "session"; // with the prefix __Host- when secure
std::string session_cookie_of(const http::Request& request, bool secure);

class Router final : public http::Dispatcher {
public:
  explicit Router(const RouterParts& parts) : parts_(parts) {}
  http::Response handle(const http::Request& request) override;

private:
  http::Response answer(const http::Request& request);
  http::Response run_public(const Route& route, const http::Request& request,
                            const std::vector<PathParameter>& path);
  http::Response run_known(const Route& route, const http::Request& request,
                           const std::vector<PathParameter>& path);
  struct Passage { // a known actor's request on its route
    const Route& route;
    const http::Request& request;
    const Scope& scope;
    const std::vector<PathParameter>& path;
    AuditRow audit{};
  };
  Result<http::Response> attempt(Passage& passage, Call& call);
  Result<http::Response> attempt_safe(Passage& passage);
  Result<http::Response> attempt_change(Passage& passage);
  Result<http::Response> change_once(Passage& passage, const http::Form& form, const KeyedRequest& keyed);
  // The audit row is committed before the bytes go out.
  Result<http::Response> after_its_record(const Passage& passage, http::Response response);
  Done check_form(const http::Request& request, const http::Form& form, const Actor& actor) const;
  http::Response refuse(const Failure& failure, const Actor& actor, const http::Request& request) const;
  std::string token_for(const Scope& scope) const;
  void note_denial(const Passage& passage, const Failure& failure) const;

  RouterParts parts_{};
};

} // namespace kith::auth
