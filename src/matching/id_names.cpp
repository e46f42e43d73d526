#include "matching/id_names.hpp"

#include <algorithm>

namespace kith::matching {

IdNames::IdNames(std::vector<IdName> names) : names_(std::move(names)) {
  std::sort(names_.begin(), names_.end(), [](const IdName& a, const IdName& b) { return a.id < b.id; });
}

std::string IdNames::text(RawId id) const {
  const auto at = std::lower_bound(names_.begin(), names_.end(), id,
                                   [](const IdName& name, RawId wanted) { return name.id < wanted; });
  return at != names_.end() && at->id == id ? at->name : to_text(id);
}

} // namespace kith::matching
