#include "app/front_door.hpp"

namespace kith::app {

std::span<const std::string_view> FrontDoor::addresses() {
  static constexpr std::string_view all[] = {"/livez", "/readyz", "/metrics", "/openapi.json"};
  return all;
}

http::Response FrontDoor::handle(const http::Request& request) {
  http::Response response = answer(request);
  if (response.status == 503) response.headers.push_back({"Retry-After", "5"});
  if (parts_.https) response.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
  return response;
}

http::Response FrontDoor::answer(const http::Request& request) {
  if (request.method != http::Method::get) return parts_.router->handle(request);
  if (request.path == "/livez") return http::text(200, "ok\n");
  if (request.path == "/readyz")
    return parts_.database->check().ok() ? http::text(200, "ready\n") : http::text(503, "not ready\n");
  if (request.path == "/metrics" && server_)
    return http::text(200, http::prometheus_text(server_->metrics()));
  if (request.path == "/openapi.json") return http::json(200, parts_.openapi);
  return parts_.router->handle(request);
}

} // namespace kith::app
