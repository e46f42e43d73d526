#include "auth/password.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/unicode.hpp"

namespace kith::auth {
namespace {

constexpr std::size_t characters_min = 8;
constexpr std::size_t characters_max = 256;
constexpr std::size_t bytes_max = 2048; // refused before any work

// The words that guessing programs try first, folded; compared also without trailing digits and signs.
constexpr std::string_view common[] = {
    "password",    "passwort",   "passw0rd",      "p@ssw0rd",   "p@ssword",    "motdepasse", "contrasena",
    "12345678",    "123456789",  "1234567890",    "87654321",   "11111111",    "00000000",   "12341234",
    "11223344",    "123123123",  "qwertyui",      "qwertyuiop", "qwerty123",   "1q2w3e4r",   "1qaz2wsx",
    "asdfghjk",    "asdfghjkl",  "zxcvbnm1",      "abcdefgh",   "abcd1234",    "abc12345",   "iloveyou",
    "sunshine",    "princess",   "football",      "baseball",   "superman",    "starwars",   "whatever",
    "trustno1",    "computer",   "internet",      "corvette",   "mercedes",    "welcome",    "welcome1",
    "letmein",     "changeme",   "administrator", "admin123",   "peersupport", "recovery",   "supporter",
    "coordinator", "peerworker", "summer2026",    "winter2026", "spring2026",  "autumn2026"};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool one_character_only(std::string_view text) {
  return text.find_first_not_of(text[0]) == std::string_view::npos;
}

bool common_word(std::string_view folded_password) {
  const auto last = folded_password.find_last_not_of("0123456789!.?*#$-_ ");
  const std::string_view stem =
      last == std::string_view::npos ? folded_password : folded_password.substr(0, last + 1);
  return std::any_of(std::begin(common), std::end(common),
                     [&](std::string_view word) { return folded_password == word || stem == word; });
}

std::string peppered(const NamedSecret& pepper, std::string_view password) {
  const std::string text = nfkc(password);
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(out.data()),
                         reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         reinterpret_cast<const unsigned char*>(pepper.bytes.data()));
  return out;
}

// Verifying against this costs what any password costs, and making it costs nothing: a salt and a digest of
// zeros, in the text form of Argon2 (unpadded base64).
std::string nobodys_hash(std::string_view key_id, const PasswordCost& cost) {
  return fmt::format("{}:$argon2id$v=19$m={},t={},p=1${:A>22}${:A>43}", key_id, cost.memory_bytes / 1024,
                     cost.passes, "", "");
}

} // namespace

std::optional<std::string> password_problem(const PasswordChoice& choice) {
  if (choice.password.size() > bytes_max) return "password.too_long";
  if (!clean_text(choice.password, false)) return "password.not_text";
  const std::string text = nfkc(choice.password);
  if (characters(text) < characters_min) return "password.too_short";
  if (characters(text) > characters_max) return "password.too_long";
  const std::string plain = folded(text);
  if (plain == folded(choice.sign_in_name)) return "password.is_name";
  if (one_character_only(plain) || common_word(plain)) return "password.common";
  return {};
}

Passwords::Passwords(std::vector<NamedSecret> peppers, HashPool& pool, PasswordCost cost)
    : peppers_(std::move(peppers)), pool_(&pool), cost_(cost) {
  CHECK(sodium_init() >= 0);
  CHECK(!peppers_.empty());
  for (const NamedSecret& pepper : peppers_) CHECK(pepper.bytes.size() == crypto_auth_hmacsha256_KEYBYTES);
  nobody_ = nobodys_hash(peppers_.back().key_id, cost_);
  CHECK(!needs_rehash(nobody_));
}

std::string Passwords::hash_now(std::string_view password) const {
  const NamedSecret& pepper = peppers_.back();
  const std::string text = peppered(pepper, password);
  char out[crypto_pwhash_STRBYTES] = {};
  // Out of memory is the only failure.
  CHECK(crypto_pwhash_str_alg(out, text.data(), text.size(), cost_.passes, cost_.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) == 0);
  return pepper.key_id + ":" + out;
}

const NamedSecret* Passwords::pepper_of(std::string_view stored) const {
  const std::string_view key_id = stored.substr(0, stored.find(':'));
  for (const NamedSecret& pepper : peppers_)
    if (pepper.key_id == key_id) return &pepper;
  return nullptr;
}

bool Passwords::verify_now(const PasswordCheck& check) const {
  const bool known = !check.stored.empty() && pepper_of(check.stored) != nullptr;
  const std::string_view stored = known ? check.stored : std::string_view(nobody_);
  const std::string text = peppered(*pepper_of(stored), check.password);
  const std::string hash(stored.substr(stored.find(':') + 1));
  return crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0 && known;
}

Result<std::string> Passwords::hash(std::string_view password) const {
  std::string out;
  TRY(pool_->run([&] { out = hash_now(password); }));
  return out;
}

Result<bool> Passwords::verify(const PasswordCheck& check) const {
  const bool sensible = check.password.size() <= bytes_max && valid_utf8(check.password);
  bool same = false;
  TRY(pool_->run([&] {
    same = verify_now({.stored = sensible ? check.stored : "", .password = sensible ? check.password : ""});
  }));
  return same;
}

bool Passwords::needs_rehash(std::string_view stored) const {
  const auto colon = stored.find(':');
  if (colon == std::string_view::npos || stored.substr(0, colon) != peppers_.back().key_id) return true;
  const std::string hash(stored.substr(colon + 1));
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

} // namespace kith::auth
