// The service as `kith serve` puts it together (app/serve.cpp), on a loopback port of its own: real pages,
// real router, real server. Requests leave and answers arrive as bytes. Tests only.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "auth/router.hpp"
#include "support/raw_client.hpp"

namespace kith::access {

struct HouseParts { // all outlive the house
  storage::Database* database{};
  const auth::OrganisationKeys* keys{};
  const Clock* clock{};
  Random* random{};
};

// How a form arrives: as our own page sends it, without its token, or from a page of another site.
enum class Form : std::uint8_t { whole, without_token, from_elsewhere };

struct Question {
  http::Method method{};
  std::string path{};    // encoded
  std::string sends{};   // of a form, or of the query of a read
  std::string cookie{};  // "" for nobody
  std::string session{}; // the session's id, for the form token
  Form form{Form::whole};
};

class House {
public:
  explicit House(const HouseParts& parts);
  ~House();
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  std::vector<auth::Route> routes() const; // those of the table, and the addresses before it
  const auth::SignIn& sign_in() const;
  std::string password_hash(const std::string& password) const;
  // A form goes with its token and a fresh idempotency key, as a browser on our own page would send it.
  test::RawResponse ask(const Question& question) const;
  std::string last_request() const; // its id

private:
  struct Rooms;
  std::unique_ptr<Rooms> rooms_{};
};

} // namespace kith::access
