#include "app/served_hosts.hpp"

#include "base/text.hpp"

namespace kith::app {

HostAndPort parse_host(std::string_view text) {
  std::string host = ascii_lower(text), port;
  const auto colon = host.rfind(':');
  const bool ipv6 = host.starts_with('[');
  if (colon != std::string::npos && (!ipv6 || host[colon - 1] == ']')) {
    port = host.substr(colon + 1);
    host.resize(colon);
  }
  if (ipv6 && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  else if (host.ends_with('.')) host.pop_back();
  return {host, port};
}

ServedHosts::ServedHosts(const ServedAt& at) : listens_(at.address) {
  const std::string_view all = at.public_address;
  const auto scheme = all.find("://");
  if (scheme != std::string_view::npos) {
    usual_port_ = all.starts_with("https:") ? "443" : "80";
    only_ = parse_host(all.substr(scheme + 3));
    if (only_.port.empty()) only_.port = usual_port_;
  }
  here_only_ = listens_.starts_with("127.") || listens_ == "::1";
}

bool ServedHosts::answers(std::string_view host_header) const {
  const HostAndPort asked = parse_host(host_header);
  if (!only_.host.empty())
    return asked.host == only_.host && (asked.port.empty() ? usual_port_ : asked.port) == only_.port;
  if (!here_only_) return true;
  return asked.host == "localhost" || asked.host == "127.0.0.1" || asked.host == "::1" ||
         asked.host == listens_;
}

} // namespace kith::app
