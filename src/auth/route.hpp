// The route table: the only way in. A route says who may use it (permission), which object it is about
// (loader), how the actor must stand to that object (relationship rule), how its use is audited, and whether
// a repeat is harmless (idempotency). None of these has a default; a table that lacks one, or holds a route
// twice, refuses to start. The only other form is a public route, with a reason; it shows nothing above C0.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/actor.hpp"
#include "auth/audit.hpp"
#include "auth/grants.hpp"
#include "base/result.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "storage/database.hpp"

namespace kith::auth {

struct Permission {
  std::string_view name{};   // "referral.read"
  std::vector<Role> roles{}; // others get 403, whatever the object
};

// How an actor may stand to an object. organisation: the role covers every object here. self: the record is
// the actor's own. own_worker: it belongs to the actor's worker profile. The others ask for a live grant.
enum class By : std::uint8_t { organisation, self, own_worker, referrer, offered, matched_worker };

struct Way {
  Role role{};
  By by{};
};
struct RelationshipRule {
  std::vector<Way> ways{}; // any one is enough; none matching: 404, as if the object were absent
};

enum class AuditClass : std::uint8_t { none, c1, c3, c4, change };
enum class Idempotency : std::uint8_t { safe, keyed };

// What a decision needs to know of an object.
struct Facets {
  std::string_view kind{};
  std::string id{};
  Id<Person> person{};
  Id<Worker> worker{};
};

struct NoObject {}; // routes about the actor alone or the whole organisation: lists, own pages

template <class T> struct Loader {
  std::string_view parameter{}; // of the path, e.g. "id"; "" for NoObject
  Result<T> (*load)(storage::Transaction&, const Scope&, const std::string& id){};
  Facets (*facets)(const T&){};
};
Loader<NoObject> no_object();

struct PathParameter {
  std::string name{};
  std::string value{};
};

// What a handler may use. The transaction is read-only on safe routes. A handler names everybody its answer
// is about, and the fields it changed: that is the audit row, beside the object of the route.
struct Call {
  const http::Request& request;
  const http::Form& form;
  storage::Transaction& tx;
  const Scope& scope;
  const std::vector<PathParameter>& path;
  AuditRow& audit;
  std::string form_token{}; // for the forms of the answer
  void shows(Id<Person> person) { audit.subjects.push_back(person); }
  void changed(const std::vector<std::string_view>& fields);
  std::string_view parameter(std::string_view name) const;
};

template <class T> using Handler = std::function<Result<http::Response>(const Authorised<T>&, Call&)>;

// Public routes run before anybody is known. They open their own transactions.
struct PublicCall {
  const http::Request& request;
  const http::Form& form;
  storage::Database& database;
  Instant now{};
  Random& random;
  const std::vector<PathParameter>& path;
  std::string_view parameter(std::string_view name) const;
};
using PublicHandler = std::function<Result<http::Response>(PublicCall&)>;

// What a route for other programs answers, for its description; pages leave it empty.
struct Answer {
  std::string schema{}; // JSON Schema of the answer with status 200
  bool paged{};         // takes ?page=, from 1
  std::string filter{}; // a query parameter, "" for none, and its codes
  std::vector<std::string> filter_codes{};
};

struct RouteSpec {
  RouteSpec(http::Method m, std::string p, const Permission& who, RelationshipRule r, AuditClass a,
            Idempotency i, std::string s)
      : method(m), pattern(std::move(p)), permission(&who), rule(std::move(r)), audit(a), idempotency(i),
        summary(std::move(s)) {}
  http::Method method{};
  std::string pattern{};
  const Permission* permission{};
  RelationshipRule rule{};
  AuditClass audit{};
  Idempotency idempotency{};
  std::string summary{};
  Answer answer{};
};

struct PublicSpec {
  PublicSpec(http::Method m, std::string p, std::string why, std::string s)
      : method(m), pattern(std::move(p)), reason(std::move(why)), summary(std::move(s)) {}
  http::Method method{};
  std::string pattern{};
  std::string reason{}; // why anybody may
  std::string summary{};
};

class Gate; // decides, makes Authorised<T>, runs the handler

struct Route {
  http::Method method{};
  std::string pattern{};
  std::vector<std::string> segments{};
  const Permission* permission{}; // null: public
  RelationshipRule rule{};
  AuditClass audit{};
  Idempotency idempotency{};
  std::string object_parameter{};
  std::string public_reason{};
  std::string summary{};
  Answer answer{};
  std::function<Result<http::Response>(Call&, class Decider&)> run{};
  PublicHandler run_public{};
};

// The router's part in a run: given the object's facets, allow with a basis or refuse.
class Decider {
public:
  virtual ~Decider() = default;
  virtual Done decide(const Facets& facets) = 0;
};

class Gate {
public:
  template <class T>
  static Result<http::Response> pass(Call& call, Decider& decider, const Loader<T>& loader,
                                     const Handler<T>& handler) {
    const std::string id(loader.parameter.empty() ? std::string_view() : call.parameter(loader.parameter));
    TRY_ASSIGN(T object, loader.load(call.tx, call.scope, id));
    TRY(decider.decide(loader.facets(object)));
    return handler(Authorised<T>(std::move(object)), call);
  }
};

class RouteTable {
public:
  template <class T> void add(RouteSpec spec, Loader<T> loader, const Handler<T>& handler) {
    const bool whole = loader.load && loader.facets && static_cast<bool>(handler);
    add_route(std::move(spec), std::string(loader.parameter), whole,
              [loader, handler](Call& call, Decider& decider) {
                return Gate::pass<T>(call, decider, loader, handler);
              });
  }
  void add_public(PublicSpec spec, const PublicHandler& handler);

  // Every fault of the table, in words for whoever starts the server; empty when it may serve.
  std::vector<std::string> faults() const;
  const std::vector<Route>& routes() const { return routes_; }

  struct Match {
    const Route* route{};
    std::vector<PathParameter> path{};
    bool other_method{}; // the path exists with another method
  };
  Match match(http::Method method, std::string_view path) const;

private:
  void add_route(RouteSpec spec, std::string parameter, bool whole,
                 std::function<Result<http::Response>(Call&, Decider&)> run);
  std::vector<Route> routes_{};
  std::vector<std::string> faults_{};
};

// The decision itself, apart from loading: pure but for the grant look-up it is handed.
class GrantLookUp {
public:
  virtual ~GrantLookUp() = default;
  virtual Result<std::string> grant(const GrantOn& which) = 0; // id or ""
};
struct Decision {
  std::string basis{}; // "organisation", "self", "grant:<id>"
};
// Failures: not_found (no way leads from this actor to this object).
Result<Decision> decide(const Actor& actor, const RelationshipRule& rule, const Facets& facets,
                        GrantLookUp& grants);
// Failures: sign_in.needed is the caller's; forbidden (403) when no role of the actor, at its strength, may.
Done may_use(const Actor& actor, const Permission& permission);
bool counts(Role role, Strength strength); // staff roles need password and TOTP; people a link or more

} // namespace kith::auth
