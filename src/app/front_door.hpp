// The addresses before the route table: health, metrics and the description of the interface. They show
// nothing of anybody; every other request goes on to the router. Before all but health and metrics, which
// machines ask by any name, the name that was asked for must be ours. Metrics are for this machine, or for
// who has the token. Any thread, after watch().
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "app/served_hosts.hpp"
#include "base/words.hpp"
#include "http/server.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct FrontDoorParts { // what it points to outlives the door
  http::Dispatcher* router{};
  storage::Database* database{};
  const Words* words{};
  std::string openapi{};
  bool https{}; // people come by https, here or at a proxy: browsers are told to stay with it
  ServedAt served_at{};
  std::string metrics_token{}; // "" gives metrics to this machine alone
};

class FrontDoor final : public http::Dispatcher {
public:
  explicit FrontDoor(const FrontDoorParts& parts) : parts_(parts) {}
  void watch(const http::Server& server) { server_ = &server; } // for its metrics; before it starts
  http::Response handle(const http::Request& request) override;

  static std::span<const std::string_view> addresses(); // all, each for GET

private:
  http::Response answer(const http::Request& request);
  http::Response metrics(const http::Request& request) const;
  http::Response misdirected() const;
  FrontDoorParts parts_{};
  ServedHosts hosts_{parts_.served_at};
  const http::Server* server_{};
};

} // namespace kith::app
