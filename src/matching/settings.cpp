#include "matching/settings.hpp"

#include <algorithm>
#include <array>

namespace kith::matching {
namespace {

constexpr std::array<std::string_view, 5> dial_names{"soonest", "sooner", "balanced", "closer", "closest"};
constexpr std::array<std::string_view, 3> method_names{"stable", "optimum", "arrival"};

} // namespace

std::string_view name_of(Dial dial) { return dial_names.at(static_cast<std::size_t>(dial)); }
std::string_view name_of(Method method) { return method_names.at(static_cast<std::size_t>(method)); }

std::optional<Method> method_named(std::string_view name) {
  const auto at = std::find(method_names.begin(), method_names.end(), name);
  if (at == method_names.end()) return std::nullopt;
  return static_cast<Method>(at - method_names.begin());
}

} // namespace kith::matching
