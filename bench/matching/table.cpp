#include "matching/table.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace kith::bench {
namespace {

double mib(const Run& run) { return static_cast<double>(run.kib) / 1024; }

std::string beside(const Run& theirs, const Run& ours) { // seconds, MiB, ratio
  if (theirs.value < 0) return "- | - | -";
  return fmt::format("{:.4f} | {:.1f} | {:.1f}", theirs.cpu_seconds, mib(theirs),
                     theirs.cpu_seconds / ours.cpu_seconds);
}

std::string_view verdict(const Row& row) {
  if (row.ours.value < 0) return "NOT PROVED";
  for (const Run* theirs : {&row.simplex, &row.scaling, &row.scipy})
    if (theirs->value >= 0 && theirs->value != row.ours.value) return "DIFFERENT";
  return "proved";
}

} // namespace

Table::Table(const std::string& csv) {
  if (!csv.empty()) {
    csv_.open(csv);
    csv_ << "order,family,people,workers,pairs,seed,kith_s,kith_mib,simplex_s,simplex_mib,scaling_s,"
            "scaling_mib,scipy_s,scipy_mib,verdict\n";
    csv_.flush();
    good_ = static_cast<bool>(csv_);
  }
  fmt::print("| family | people x workers | pairs | seed | kith s | MiB | network simplex s | MiB | ratio "
             "| cost scaling s | MiB | ratio | SciPy s | MiB | ratio | |\n"
             "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
}

bool Table::add(const Row& row) {
  const auto& [family, size, strict, seed] = row.wanted;
  fmt::print("| {} | {} x {} | {} | {} | {:.4f} | {:.1f} | {} | {} | {} | {} |\n", family, size.people,
             size.workers, row.pairs, seed, row.ours.cpu_seconds, mib(row.ours),
             beside(row.simplex, row.ours), beside(row.scaling, row.ours), beside(row.scipy, row.ours),
             verdict(row));
  std::fflush(stdout);
  const auto figures = [](const Run& run) {
    return run.value < 0 ? "," : fmt::format("{:.6f},{:.2f}", run.cpu_seconds, mib(run));
  };
  if (csv_.is_open()) {
    csv_ << fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", strict ? "strict" : "weighted", family,
                        size.people, size.workers, row.pairs, seed, figures(row.ours), figures(row.simplex),
                        figures(row.scaling), figures(row.scipy), verdict(row));
    csv_.flush();
    good_ = good_ && csv_;
  }
  return verdict(row) == "proved";
}

} // namespace kith::bench
