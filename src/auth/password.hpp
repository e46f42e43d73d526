// Passwords of staff: what may be chosen (NIST 800-63B-4: length and a blocklist, no composition rules) and
// how it is kept: NFKC, an HMAC pepper from the key file, then Argon2id (m = 19 MiB, t = 2, p = 1). The
// stored text names the pepper's key, so the key file can rotate. Used by sign_in and by the command that
// creates accounts. Hashing blocks its caller in the HashPool: never call it inside a write transaction.
// Thread-safe.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/hash_pool.hpp"
#include "auth/keys.hpp"

namespace kith::auth {

struct PasswordCost {
  std::uint64_t passes{2};
  std::size_t memory_bytes{19UL * 1024 * 1024};
};
constexpr PasswordCost cheap_password_cost{.passes = 1, .memory_bytes = 8192}; // for tests only

struct PasswordChoice {
  std::string_view password{};
  std::string_view sign_in_name{}; // may be ""
};
// Minimum 8 characters, because every staff sign-in has a second factor. Codes: password.too_short,
// password.too_long, password.not_text, password.common, password.is_name.
std::optional<std::string> password_problem(const PasswordChoice& choice);

struct PasswordCheck {
  std::string_view stored{}; // "" for an account that is unknown or has none: the same work, never a match
  std::string_view password{};
};

class Passwords {
public:
  // `peppers` newest last, at least one. `pool` must outlive this.
  Passwords(std::vector<NamedSecret> peppers, HashPool& pool, PasswordCost cost = {});

  Result<std::string> hash(std::string_view password) const; // failure: sign_in.busy
  Result<bool> verify(const PasswordCheck& check) const;     // failure: sign_in.busy
  bool needs_rehash(std::string_view stored) const;          // older cost or older pepper

private:
  std::string hash_now(std::string_view password) const;
  bool verify_now(const PasswordCheck& check) const;
  const NamedSecret* pepper_of(std::string_view stored) const;

  std::vector<NamedSecret> peppers_{};
  HashPool* pool_{};
  PasswordCost cost_{};
  std::string nobody_{}; // stands in for the hash of an unknown account
};

} // namespace kith::auth
