// The key file and everything derived from it. It seals C4 values for storage (one derived key per
// organisation, XChaCha20-Poly1305, bound to organisation, table, row and field) and yields the secrets of
// this module: password pepper, form tokens, hashes of sessions and links. app makes one at start and lends
// it to storage and auth.
//
// The file: one key a line, `key-id 64-hexadecimal-digits`, newest last. New values use the last key; all
// open. Mode 0400 or 0600. Keep it apart from the data backup (trust.md P18): who holds both opens
// everything. A key that is taken out of the file closes what it sealed; the first one also ends every
// session and link. Immutable after loading, so safe from any thread. Keys are wiped from memory at
// destruction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "storage/sealer.hpp"

namespace kith::auth {

struct NamedSecret {
  std::string key_id{};
  std::string bytes{}; // 32
};

class OrganisationKeys final : public storage::Sealer {
public:
  // Codes: keys.unreadable, keys.mode, keys.malformed (argument: line), keys.empty. `random` must outlive the
  // keys.
  static Result<OrganisationKeys> load(const std::string& path, Random& random);

  OrganisationKeys(OrganisationKeys&&) noexcept = default;
  OrganisationKeys& operator=(OrganisationKeys&&) noexcept = default;
  OrganisationKeys(const OrganisationKeys&) = delete;
  OrganisationKeys& operator=(const OrganisationKeys&) = delete;
  ~OrganisationKeys() override;

  storage::Sealed seal(const storage::SealContext& context, std::string_view plain) const override;
  Result<std::string> open(const storage::SealContext& context, const storage::Sealed& sealed) const override;

  std::string secret(std::string_view purpose) const;               // of the first key: survives a rotation
  std::vector<NamedSecret> secrets(std::string_view purpose) const; // of every key, newest last
  const std::string& current_key_id() const { return keys_.back().key_id; }

private:
  explicit OrganisationKeys(Random& random) : random_(&random) {}
  const NamedSecret* find(std::string_view key_id) const;

  std::vector<NamedSecret> keys_{};
  Random* random_{};
};

// Writes a new file with one key, mode 0400, and forces it to disk. Codes: keys.exists, keys.not_written.
Done create_key_file(const std::string& path, Random& random);

// Keyed BLAKE2b of 32 bytes; the building block of every stored hash here.
std::string keyed_hash(std::string_view key, std::string_view text);

} // namespace kith::auth
