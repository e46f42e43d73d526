// /openapi.json, made from the route table itself: what is served is what is described, with permission,
// audit class and idempotency of every route.
#pragma once
#include <string>

#include "auth/route.hpp"

namespace kith::web {

std::string openapi_json(const auth::RouteTable& table, std::string_view version);

} // namespace kith::web
