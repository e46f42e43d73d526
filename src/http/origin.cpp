#include "http/origin.hpp"

#include <arpa/inet.h>

#include "base/text.hpp"

namespace kith::http {
namespace {

bool trusts(const std::vector<std::string>& trusted, std::string_view address) {
  for (const std::string& one : trusted)
    if (one == address) return true;
  return false;
}

bool address_like(std::string_view text) {
  return !text.empty() && text.size() <= 45 &&
         text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

bool host_like(std::string_view text) {
  return !text.empty() && text.size() <= 255 &&
         text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_:[]") ==
             std::string_view::npos;
}

// What the nearest proxy wrote: the end of the last field.
std::string last_of(const Request& request, std::string_view name) {
  std::string last;
  for (const Header& h : request.headers)
    if (h.name == name) last = trim(split(h.value, ',').back());
  return last;
}

} // namespace

Origin origin_of(const Request& request, const Origin& socket, const std::vector<std::string>& trusted) {
  Origin origin = socket;
  origin.host = request.header("host");
  if (!trusts(trusted, socket.peer)) return origin;
  if (ascii_lower(request.header("x-forwarded-proto")) == "https") origin.secure = true;
  if (const auto named = last_of(request, "x-forwarded-host"); host_like(named)) origin.host = named;
  std::string chain; // several fields of one name are one list
  for (const Header& h : request.headers)
    if (h.name == "x-forwarded-for") chain += (chain.empty() ? "" : ",") + h.value;
  if (chain.empty()) return origin;
  const std::vector<std::string> hops = split(chain, ',');
  for (std::size_t i = hops.size(); i-- > 0;) {
    const std::string_view hop = trim(hops[i]);
    if (!address_like(hop)) break;
    origin.peer = hop;
    if (!trusts(trusted, hop)) break;
  }
  return origin;
}

std::string visitor_of(const std::string& peer) {
  in6_addr bytes{};
  if (inet_pton(AF_INET6, peer.c_str(), &bytes) != 1) return peer;
  const std::string_view all(reinterpret_cast<const char*>(bytes.s6_addr), sizeof bytes.s6_addr);
  return hex(all.substr(0, 8));
}

} // namespace kith::http
