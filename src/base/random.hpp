// Randomness as a dependency. SystemRandom reads the kernel's entropy source and is the only code that does;
// SeededRandom (splitmix64) is for tests, the demo and simulations, never for secrets. Both are thread-safe.
#pragma once
#include <atomic>
#include <cstdint>
#include <span>
#include <string>

namespace kith {

class Random {
public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound); // uniform in [0, bound); bound > 0
};

class SystemRandom final : public Random {
public:
  void fill(std::span<std::uint8_t> bytes) override;
};

class SeededRandom final : public Random {
public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

private:
  std::atomic<std::uint64_t> state_{};
};

// splitmix64 finaliser; a bijection for a fixed seed.
constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
  std::uint64_t z = value + seed * 0x9e3779b97f4a7c15ULL + 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

} // namespace kith
