#include "auth/route.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kith::auth {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
  auto parts = split(path, '/');
  parts.erase(parts.begin()); // before the first slash
  return parts;
}

bool is_parameter(const std::string& segment) { return segment.starts_with('{') && segment.ends_with('}'); }

std::string label(const Route& route) {
  return std::string(http::to_text(route.method)) + " " + route.pattern;
}

bool fits(const Route& route, const std::vector<std::string>& path) {
  if (route.segments.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i)
    if (!is_parameter(route.segments[i]) && route.segments[i] != path[i]) return false;
  return true;
}

bool unsafe(http::Method method) { return method != http::Method::get && method != http::Method::head; }

std::string_view find(const std::vector<PathParameter>& path, std::string_view name) {
  for (const PathParameter& parameter : path)
    if (parameter.name == name) return parameter.value;
  return {};
}

Relation relation_of(By by) {
  switch (by) {
  case By::referrer:
    return Relation::referrer;
  case By::offered:
    return Relation::offered;
  default:
    return Relation::matched_worker;
  }
}

} // namespace

Loader<NoObject> no_object() {
  return {
      "",
      [](storage::Transaction&, const Scope&, const std::string&) { return Result<NoObject>(NoObject{}); },
      [](const NoObject&) { return Facets{}; }};
}

std::string_view Call::parameter(std::string_view name) const { return find(path, name); }
void Call::changed(const std::vector<std::string_view>& fields) {
  for (const std::string_view field : fields) {
    if (!audit.fields.empty()) audit.fields += ' ';
    audit.fields += field;
  }
}
std::string_view PublicCall::parameter(std::string_view name) const { return find(path, name); }

void RouteTable::add_route(RouteSpec spec, std::string parameter, bool whole,
                           std::function<Result<http::Response>(Call&, Decider&)> run) {
  Route route;
  route.method = spec.method;
  route.pattern = spec.pattern;
  route.segments = segments_of(spec.pattern);
  route.permission = spec.permission;
  route.rule = std::move(spec.rule);
  route.audit = spec.audit;
  route.idempotency = spec.idempotency;
  route.object_parameter = std::move(parameter);
  route.summary = std::move(spec.summary);
  route.answer = std::move(spec.answer);
  route.run = std::move(run);
  const auto fault = [&](const char* what) { faults_.push_back(label(route) + ": " + what); };
  if (!whole) fault("no object loader or handler");
  if (route.permission->name.empty() || route.permission->roles.empty()) fault("no permission");
  if (route.rule.ways.empty()) fault("no relationship rule");
  for (const Way& way : route.rule.ways)
    if (std::find(route.permission->roles.begin(), route.permission->roles.end(), way.role) ==
        route.permission->roles.end())
      fault("a relationship of a role without the permission");
  for (const Role role : route.permission->roles)
    if (std::none_of(route.rule.ways.begin(), route.rule.ways.end(),
                     [&](const Way& way) { return way.role == role; }))
      fault("a role with the permission and no relationship: it would get 404 where 403 is meant");
  if (unsafe(route.method) != (route.idempotency == Idempotency::keyed))
    fault("idempotency does not fit the method");
  if (unsafe(route.method) != (route.audit == AuditClass::change))
    fault("audit class does not fit the method");
  if (route.audit == AuditClass::none) fault("no audit class");
  if (route.summary.empty()) fault("no summary");
  if (!route.object_parameter.empty() &&
      route.pattern.find("{" + route.object_parameter + "}") == std::string::npos)
    fault("the object's parameter is not in the path");
  routes_.push_back(std::move(route));
}

void RouteTable::add_public(PublicSpec spec, const PublicHandler& handler) {
  Route route;
  route.method = spec.method;
  route.pattern = spec.pattern;
  route.segments = segments_of(spec.pattern);
  route.public_reason = std::move(spec.reason);
  route.summary = std::move(spec.summary);
  route.idempotency = unsafe(route.method) ? Idempotency::keyed : Idempotency::safe;
  route.run_public = handler;
  if (route.public_reason.empty()) faults_.push_back(label(route) + ": public without a reason");
  routes_.push_back(std::move(route));
}

std::vector<std::string> RouteTable::faults() const {
  std::vector<std::string> all = faults_;
  std::vector<std::string> labels;
  for (const Route& route : routes_) {
    std::string shape(http::to_text(route.method));
    for (const std::string& segment : route.segments) shape += "/" + (is_parameter(segment) ? "{}" : segment);
    labels.push_back(shape);
  }
  std::sort(labels.begin(), labels.end());
  for (std::size_t i = 1; i < labels.size(); ++i)
    if (labels[i] == labels[i - 1]) all.push_back(labels[i] + ": registered twice");
  return all;
}

RouteTable::Match RouteTable::match(http::Method method, std::string_view path) const {
  const auto parts = segments_of(path);
  const http::Method wanted = method == http::Method::head ? http::Method::get : method;
  Match best;
  int most_literal = -1;
  for (const Route& route : routes_) {
    if (!fits(route, parts)) continue;
    if (route.method != wanted) {
      best.other_method = true;
      continue;
    }
    const int literal = static_cast<int>(std::count_if(route.segments.begin(), route.segments.end(),
                                                       [](const auto& s) { return !is_parameter(s); }));
    if (literal <= most_literal) continue;
    most_literal = literal;
    best.route = &route;
    best.path.clear();
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (is_parameter(route.segments[i]))
        best.path.push_back({route.segments[i].substr(1, route.segments[i].size() - 2), parts[i]});
  }
  return best;
}

bool counts(Role role, Strength strength) {
  switch (role) {
  case Role::person:
  case Role::supporter:
    return strength == Strength::link || strength == Strength::full;
  default:
    return strength == Strength::full;
  }
}

Done may_use(const Actor& actor, const Permission& permission) {
  for (const Role role : actor.roles)
    if (counts(role, actor.strength) &&
        std::find(permission.roles.begin(), permission.roles.end(), role) != permission.roles.end())
      return {};
  return forbidden();
}

Result<Decision> decide(const Actor& actor, const RelationshipRule& rule, const Facets& facets,
                        GrantLookUp& grants) {
  for (const Way& way : rule.ways) {
    if (!actor.has(way.role) || !counts(way.role, actor.strength)) continue;
    switch (way.by) {
    case By::organisation:
      return Decision{"organisation"};
    case By::self:
      if (facets.kind.empty() || (!actor.person.empty() && facets.person == actor.person))
        return Decision{"self"};
      break;
    case By::own_worker:
      if (facets.kind.empty() || (!actor.worker.empty() && facets.worker == actor.worker))
        return Decision{"self"};
      break;
    case By::referrer:
    case By::offered:
    case By::matched_worker: {
      // A matched worker's grant is on the person; the others are on the object itself.
      const bool on_person = way.by == By::matched_worker;
      TRY_ASSIGN(const std::string grant,
                 grants.grant({relation_of(way.by), on_person ? "person" : facets.kind,
                               on_person ? facets.person.text() : facets.id}));
      if (!grant.empty()) return Decision{"grant:" + grant};
      break;
    }
    }
  }
  return not_found();
}

} // namespace kith::auth
