#include "matching/scipy.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace kith::bench {
namespace {

using matching::engine::Packed;
using matching::engine::PackedPair;

constexpr const char* python = "/usr/bin/python3"; // Debian's: another one has not Debian's SciPy

std::vector<std::int64_t> numbers_of(const Packed& problem) {
  std::vector<std::int64_t> out{problem.people(), problem.workers(),
                                static_cast<std::int64_t>(problem.pairs.size())};
  const auto each = [&](const auto& body) {
    for (std::uint32_t i = 0; i < problem.people(); ++i)
      problem.each_pair(i, [&](const PackedPair& pair) { body(i, pair); });
  };
  out.insert(out.end(), problem.first.begin(), problem.first.end());
  each([&](std::uint32_t, const PackedPair& pair) { out.push_back(pair.worker); });
  each([&](std::uint32_t i, const PackedPair& pair) { out.push_back(problem.bonus[i] + pair.fit); });
  out.insert(out.end(), problem.places.begin(), problem.places.end());
  return out;
}

bool write_all(int file, const std::vector<std::int64_t>& numbers) {
  const char* at = reinterpret_cast<const char*>(numbers.data());
  for (std::size_t left = numbers.size() * sizeof(std::int64_t); left > 0;) {
    const ssize_t wrote = write(file, at, left);
    if (wrote <= 0) return false;
    at += wrote;
    left -= static_cast<std::size_t>(wrote);
  }
  return true;
}

} // namespace

bool have_scipy() {
  static const bool have =
      std::system((std::string(python) + " -c 'import scipy.sparse.csgraph' 2>/dev/null").c_str()) == 0;
  return have;
}

Run solve_with_scipy(const Packed& problem) {
  char name[] = "/tmp/kith-bench-XXXXXX";
  const int file = mkstemp(name);
  if (file < 0) return {};
  const bool written = write_all(file, numbers_of(problem));
  close(file);
  Run out;
  const std::string command = std::string(python) + " bench/matching/scipy_solver.py " + name;
  if (FILE* answer = written ? popen(command.c_str(), "r") : nullptr) {
    long long value = -1, kib = 0;
    double seconds = 0;
    if (std::fscanf(answer, "%lld %lf %lld", &value, &seconds, &kib) == 3) out = {value, seconds, kib};
    pclose(answer);
  }
  unlink(name);
  return out;
}

} // namespace kith::bench
