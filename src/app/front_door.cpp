#include "app/front_door.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kith::app {
namespace {

// From this machine itself, and not by a proxy on it, whose every request comes from here. A proxy need not
// write any of these: where one is announced by a public address, coming from here says nothing.
bool came_from_here(const http::Request& request) {
  static constexpr std::string_view written_by_proxies[] = {
      "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"};
  const bool here = request.peer.starts_with("127.") || request.peer == "::1";
  return here && std::none_of(std::begin(written_by_proxies), std::end(written_by_proxies),
                              [&](std::string_view name) { return request.has_header(name); });
}

} // namespace

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
  const bool get = request.method == http::Method::get;
  if (get && request.path == "/livez") return http::text(200, "ok\n");
  if (get && request.path == "/readyz")
    return parts_.database->check().ok() ? http::text(200, "ready\n") : http::text(503, "not ready\n");
  if (get && request.path == "/metrics" && server_) return metrics(request);
  if (!hosts_.answers(request.header("host"))) return misdirected();
  if (get && request.path == "/openapi.json") return http::json(200, parts_.openapi);
  return parts_.router->handle(request);
}

http::Response FrontDoor::metrics(const http::Request& request) const {
  if (!parts_.metrics_token.empty()) {
    const std::string expected = "Bearer " + parts_.metrics_token;
    if (!equal_in_constant_time(request.header("authorization"), expected))
      return http::text(401, (*parts_.words)("front_door.metrics_token") + "\n")
          .with("WWW-Authenticate", "Bearer");
  } else if (!parts_.served_at.public_address.empty() || !came_from_here(request)) {
    return http::text(403, (*parts_.words)("front_door.metrics_here") + "\n");
  }
  return http::text(200, http::prometheus_text(server_->metrics()));
}

http::Response FrontDoor::misdirected() const {
  const std::string& address = parts_.served_at.public_address;
  return http::text(421, (address.empty() ? (*parts_.words)("front_door.here_only")
                                          : (*parts_.words)("front_door.elsewhere", {{"address", address}})) +
                             "\n");
}

} // namespace kith::app
