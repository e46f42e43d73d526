// The addresses before the route table: health, metrics and the description of the interface. They show
// nothing of anybody, so anybody may ask; every other request goes on to the router. Any thread, after
// watch().
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "http/server.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct FrontDoorParts { // both outlive the door
  http::Dispatcher* router{};
  storage::Database* database{};
  std::string openapi{};
  bool https{}; // people come by https, here or at a proxy: browsers are told to stay with it
};

class FrontDoor final : public http::Dispatcher {
public:
  explicit FrontDoor(FrontDoorParts parts) : parts_(std::move(parts)) {}
  void watch(const http::Server& server) { server_ = &server; } // for its metrics; before it starts
  http::Response handle(const http::Request& request) override;

  static std::span<const std::string_view> addresses(); // all, each for GET

private:
  http::Response answer(const http::Request& request);
  FrontDoorParts parts_{};
  const http::Server* server_{};
};

} // namespace kith::app
