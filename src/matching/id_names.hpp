// What to write for an opaque id or a code at an edge: an external id in JSON, a chosen name in a table. An
// id without a name is written as its 32 digits. Immutable after construction.
#pragma once
#include <string>
#include <vector>

#include "base/id.hpp"

namespace kith::matching {

struct IdName {
  RawId id{};
  std::string name{};
};

// What the service calls a code of its own lists ("voices" -> "hearing voices").
struct CodeName {
  std::string code{};
  std::string name{};
};

class IdNames {
public:
  IdNames() = default;
  explicit IdNames(std::vector<IdName> names);
  std::string text(RawId id) const;

private:
  std::vector<IdName> names_{}; // sorted by id
};

} // namespace kith::matching
