// What a service decides about matching, as one plain value. Every number here is versioned service data: a
// plan and every explanation carry `weights_version`, so old offers explain themselves unchanged (B9).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matching/engine/method.hpp"
#include "matching/profile.hpp"

namespace kith::matching {

using engine::Method; // stable, optimum, arrival

// The wait-versus-fit dial: a band of days and a floor behind five named positions.
enum class Dial : std::uint8_t { soonest, sooner, balanced, closer, closest };

// Smallest person part (0..10,000) for each word; below the last it is "little in common".
struct ClosenessRule {
  std::int32_t very_close{7'500};
  std::int32_t close{5'000};
  std::int32_t some_in_common{2'500};
};

struct Weights {
  std::int32_t matters{4};
  std::int32_t a_little{1};
  std::int32_t continuity_points{100}; // x 10: the greatest service part, 1,000
};

// Two organisations that do not work together (a wall). Secret unless configured open: here always secret.
struct Wall {
  std::string a{};
  std::string b{};
};

struct Settings {
  Method method{Method::stable};
  Dial dial{Dial::sooner};
  int choices{2};          // 1..7
  int offers_per_place{1}; // further choices only
  std::uint64_t seed{};
  Date as_of{};
  std::string weights_version{"1"};
  Weights weights{};
  ClosenessRule closeness{};
  std::int32_t promise_days{28};
  std::int32_t min_shared_minutes{60};
  std::int32_t willing_days{90}; // after so many days "open to new connections" is stale
  bool allows_matcher_only{true};
  std::int32_t unnamed_least_workers{3}; // a matcher-only trait enters only with so many active holders
  std::vector<std::string> triage_reasons{"discharge_within_7_days"}; // most urgent first
  std::vector<Wall> walls{};
};

std::string_view name_of(Dial dial);
std::string_view name_of(Method method);
std::optional<Method> method_named(std::string_view name);

inline constexpr std::string_view engine_version = "kith-engine/1";
inline constexpr std::string_view criteria_version = "kith-criteria/1";

} // namespace kith::matching
