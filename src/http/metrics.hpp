// What the server counted since it started, as a plain snapshot, and its Prometheus text. Used by whoever
// serves /metrics. Numbers only: no path, no address. A value: no thread rule.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace kith::http {

struct Metrics {
  std::vector<std::uint64_t> responses_by_class{0, 0, 0, 0, 0, 0}; // index 2 = 2xx
  std::vector<std::uint64_t> duration_counts{};                    // one per bound, then one above all
  std::uint64_t duration_sum_ms{};
  std::uint64_t connections_accepted{};
  std::uint64_t connections_refused{}; // per-address or total cap
  std::uint64_t connections_timed_out{};
  std::uint64_t connections_open{};
  std::uint64_t requests_refused{};  // by the strict reader
  std::uint64_t requests_overflow{}; // 503 because every worker was busy
  std::uint64_t handler_failures{};
  std::uint64_t work_waiting{};
};

const std::vector<std::int64_t>& duration_bounds_ms();
std::string prometheus_text(const Metrics& metrics);

} // namespace kith::http
