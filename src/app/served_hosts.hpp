// Under which names this service answers. A page of another site whose name was made to lead here (DNS
// rebinding) sends its own name in Host, and so does a link that was made up with one; both are refused
// before anything else looks at the request. Used by the front door. A value: no thread rule.
#pragma once
#include <string>
#include <string_view>

namespace kith::app {

struct HostAndPort {
  std::string host{}; // lower case, without a last dot or the brackets of IPv6
  std::string port{}; // "" when not said
};
HostAndPort parse_host(std::string_view text);

struct ServedAt {
  std::string public_address{};     // "" when not set
  std::string address{"127.0.0.1"}; // where it listens
};

class ServedHosts {
public:
  explicit ServedHosts(const ServedAt& at);
  // With a public address, that host and port alone. Without one, on loopback, the names of this machine, at
  // any port: it may be forwarded. Listening elsewhere without one, nobody can say which names are ours: all.
  bool answers(std::string_view host_header) const;

private:
  HostAndPort only_{};
  std::string usual_port_{};
  std::string listens_{};
  bool here_only_{};
};

} // namespace kith::app
