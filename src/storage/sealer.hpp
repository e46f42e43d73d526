// Sealing of C4 values, as storage needs it; auth/keys implements it. The context (organisation, table, row,
// field) is bound to the sealed text, so a value moved to another row or organisation does not open.
#pragma once
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"

namespace kith {
struct Organisation;
using OrganisationId = Id<Organisation>;
} // namespace kith

namespace kith::storage {

struct SealContext {
  OrganisationId organisation{};
  std::string_view table{};
  std::string_view row{};
  std::string_view field{};
};

struct Sealed {
  std::string key_id{};
  std::string text{}; // base64url
};

class Sealer {
public:
  virtual ~Sealer() = default;
  virtual Sealed seal(const SealContext& context, std::string_view plain) const = 0;
  // Failures: seal.unknown_key, seal.broken (unavailable).
  virtual Result<std::string> open(const SealContext& context, const Sealed& sealed) const = 0;
};

} // namespace kith::storage
