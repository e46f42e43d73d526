// The pages as kith serve composes them, spoken to without a socket.
#pragma once
#include <memory>
#include <string>

#include "app/service.hpp"
#include "auth/actor.hpp"
#include "http/message.hpp"

namespace kith::test {

struct PagesAt {
  std::string origin{"http://kith.example"}; // what the one who asks says it is
  std::string public_address{};              // what the service was told it is
};

struct Sender {
  std::string cookie{};
  std::string peer{};
  std::string session{}; // its stored id, which the forms of its pages are bound to
};
struct SignedIn {
  OrganisationId organisation{};
  Id<Account> account{};
};
Sender signed_in(app::Service& service, const SignedIn& who); // fully, by a session of its own

class Pages {
public:
  explicit Pages(app::Service& service, PagesAt at = {});
  ~Pages();
  http::Response get(const std::string& path, const std::string& cookie = {});
  http::Response post(const std::string& path, const std::string& fields, const Sender& sender = {});

private:
  struct Parts;
  std::unique_ptr<Parts> parts_{};
};

} // namespace kith::test
