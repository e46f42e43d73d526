// Where a request really came from. Behind a reverse proxy every socket belongs to the proxy, so the address
// scheme and name are taken from X-Forwarded-For, -Proto and -Host, but only when a listed proxy wrote them:
// anybody else could invent them. Pure functions: no thread rule.
#pragma once
#include <string>
#include <vector>

#include "http/message.hpp"

namespace kith::http {

struct Origin {
  std::string peer{};
  bool secure{};
  std::string host{}; // that was asked for
};

// Reads X-Forwarded-For from the right and stops at the first address that is not a trusted proxy.
Origin origin_of(const Request& request, const Origin& socket, const std::vector<std::string>& trusted);

// What counts as one visitor: an IPv6 user owns a whole /64, so its other half says nothing.
std::string visitor_of(const std::string& peer);

} // namespace kith::http
