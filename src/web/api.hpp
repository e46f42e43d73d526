// Routes for other programs: JSON out, with an ETag, so that a program that has the bytes already is told so
// and sent nothing. They pass the same decision and audit as the pages. The fields of an answer and their
// description in /openapi.json come from one table. Immutable; any thread.
#pragma once
#include <string>

#include "auth/route.hpp"
#include "web/waiting_list.hpp"

namespace kith::web {

std::string waiting_json(const WaitingView& view);
std::string waiting_schema(); // JSON Schema of waiting_json's answers

// 200 with the bytes and their ETag, or 304 when the request names that ETag.
http::Response json_answer(const http::Request& request, std::string bytes);

void add_api_routes(auth::RouteTable& table);

} // namespace kith::web
