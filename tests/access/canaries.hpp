// Canary tokens: every text field the test stores holds a word that occurs nowhere else, so a byte that
// leaves can be traced to the field it came from. Tokens are found as they are, in any case, and inside
// base64.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "auth/account.hpp"
#include "people/person.hpp"
#include "workforce/worker.hpp"

namespace kith::access {

struct Owner { // whose the field is; the organisation always, one of the others where there is one
  OrganisationId organisation{};
  Id<Person> person{};
  Id<Worker> worker{};
  Id<Account> account{};
};

struct Canary {
  std::string field{}; // "person.chosen_name"
  Owner owner{};
};

class Canaries {
public:
  std::string plant(const std::string& field, const Owner& owner);
  const Canary& of(const std::string& token) const { return planted_.at(token); }
  const std::map<std::string, Canary>& all() const { return planted_; }
  void now_owned(const std::string& token, const Owner& owner) { planted_.at(token).owner = owner; }
  std::vector<std::string> found_in(std::string_view bytes) const; // each once

private:
  std::map<std::string, Canary> planted_{};
  std::uint64_t count_{};
};

} // namespace kith::access
