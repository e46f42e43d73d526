#include "http/metrics.hpp"

#include <cstdio>

namespace kith::http {
namespace {

std::string seconds(std::uint64_t ms) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%llu.%03llu", static_cast<unsigned long long>(ms / 1000),
                static_cast<unsigned long long>(ms % 1000));
  return buffer;
}

struct Line {
  const char* name{};
  const char* type{};
  std::uint64_t value{};
};

} // namespace

const std::vector<std::int64_t>& duration_bounds_ms() {
  static const std::vector<std::int64_t> bounds{1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10'000};
  return bounds;
}

std::string prometheus_text(const Metrics& m) {
  std::string out = "# TYPE http_responses_total counter\n";
  for (std::size_t i = 1; i < m.responses_by_class.size(); ++i)
    out += "http_responses_total{class=\"" + std::to_string(i) + "xx\"} " +
           std::to_string(m.responses_by_class[i]) + "\n";
  out += "# TYPE http_request_duration_seconds histogram\n";
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < m.duration_counts.size(); ++i) {
    total += m.duration_counts[i];
    const bool last = i == duration_bounds_ms().size();
    out += "http_request_duration_seconds_bucket{le=\"" +
           (last ? "+Inf" : seconds(static_cast<std::uint64_t>(duration_bounds_ms()[i]))) + "\"} " +
           std::to_string(total) + "\n";
  }
  out += "http_request_duration_seconds_sum " + seconds(m.duration_sum_ms) + "\n";
  out += "http_request_duration_seconds_count " + std::to_string(total) + "\n";
  const Line lines[] = {{"http_connections_accepted_total", "counter", m.connections_accepted},
                        {"http_connections_refused_total", "counter", m.connections_refused},
                        {"http_connections_timed_out_total", "counter", m.connections_timed_out},
                        {"http_connections_open", "gauge", m.connections_open},
                        {"http_requests_refused_total", "counter", m.requests_refused},
                        {"http_requests_overflow_total", "counter", m.requests_overflow},
                        {"http_handler_failures_total", "counter", m.handler_failures},
                        {"http_work_waiting", "gauge", m.work_waiting}};
  for (const Line& line : lines)
    out += std::string("# TYPE ") + line.name + " " + line.type + "\n" + line.name + " " +
           std::to_string(line.value) + "\n";
  return out;
}

} // namespace kith::http
