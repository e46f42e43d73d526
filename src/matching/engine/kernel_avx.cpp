// The kernel for processors with AVX2 and with AVX-512. Each function names what it needs, so the file is
// compiled like any other and nothing here runs before the processor has been asked.
#include "matching/engine/kernel.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#include <bit>

namespace kith::matching::engine {
namespace {

// ---- 256 bits: a line is two halves, 16 amounts at a time ----

struct Halves {
  __m256i low, high;
};

[[gnu::target("avx2")]] inline void load(const Line& line, Halves& out) {
  out.low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(line.words));
  out.high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(line.words) + 1);
}

[[gnu::target("avx2")]] inline void store(const Halves& halves, Line& out) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out.words), halves.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out.words) + 1, halves.high);
}

// Who of `asked` has none of the clause's facts, or one where it wants none; stops when that is nobody.
[[gnu::target("avx2")]] inline void breaking_avx2(const FactLine* block, const Clause& clause,
                                                  const Fact* facts, const Halves& asked, Halves& out) {
  out = asked;
  for (std::uint32_t f = clause.facts.from; f < clause.facts.until; ++f) {
    Halves has;
    load(block[facts[f]], has);
    out.low = _mm256_andnot_si256(has.low, out.low);
    out.high = _mm256_andnot_si256(has.high, out.high);
    const __m256i both = _mm256_or_si256(out.low, out.high);
    if (f % 4 == 3 && _mm256_testz_si256(both, both)) break;
  }
  if (!clause.none) return;
  out.low = _mm256_andnot_si256(out.low, asked.low);
  out.high = _mm256_andnot_si256(out.high, asked.high);
}

[[gnu::target("avx2")]] void narrow_avx2(const FactLine* block, const FactLine* next, const Clauses& clauses,
                                         Line& live) {
  Halves left, breaking;
  load(live, left);
  if (next)
    for (const Fact fact : clauses.facts) __builtin_prefetch(&next[fact]);
  for (const Clause& clause : clauses.clauses) {
    if (clause.near) continue;
    breaking_avx2(block, clause, clauses.facts.data(), left, breaking);
    left.low = _mm256_andnot_si256(breaking.low, left.low);
    left.high = _mm256_andnot_si256(breaking.high, left.high);
    const __m256i both = _mm256_or_si256(left.low, left.high);
    if (_mm256_testz_si256(both, both)) break;
  }
  store(left, live);
}

[[gnu::target("avx2")]] void sift_avx2(const FactLine* block, const Clauses& clauses, const Line& asked,
                                       Line* fails, Broken& broken) {
  Halves left, once, twice, breaking;
  load(asked, left);
  load(broken.once, once);
  load(broken.twice, twice);
  for (std::size_t c = 0; c < clauses.clauses.size(); ++c) {
    if (clauses.clauses[c].near || clauses.clauses[c].secret) continue;
    left.low = _mm256_andnot_si256(twice.low, left.low);
    left.high = _mm256_andnot_si256(twice.high, left.high);
    breaking_avx2(block, clauses.clauses[c], clauses.facts.data(), left, breaking);
    store(breaking, fails[c]);
    twice.low = _mm256_or_si256(twice.low, _mm256_and_si256(once.low, breaking.low));
    twice.high = _mm256_or_si256(twice.high, _mm256_and_si256(once.high, breaking.high));
    once.low = _mm256_or_si256(once.low, breaking.low);
    once.high = _mm256_or_si256(once.high, breaking.high);
  }
  store(once, broken.once);
  store(twice, broken.twice);
}

[[gnu::target("avx2")]] void tally_avx2(const FactLine* block, std::span<const Fact> facts,
                                        const Score& score, Line* masks) {
  for (int half = 0; half < 2; ++half) {
    __m256i one = _mm256_setzero_si256(), two = one, four = one, eight = one;
    for (const Fact fact : facts) {
      const __m256i has = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block[fact].words) + half);
      const __m256i to_two = _mm256_and_si256(one, has), to_four = _mm256_and_si256(two, to_two);
      if (score.counting == Counting::bits) {
        eight = _mm256_or_si256(eight, _mm256_and_si256(four, to_four));
        one = _mm256_xor_si256(one, has);
        two = _mm256_xor_si256(two, to_two);
        four = _mm256_xor_si256(four, to_four);
      } else { // `four` is three or more
        four = _mm256_or_si256(four, _mm256_and_si256(two, has));
        two = _mm256_or_si256(two, to_two);
        one = _mm256_or_si256(one, has);
      }
    }
    const __m256i all[4] = {_mm256_andnot_si256(eight, one), _mm256_andnot_si256(eight, two),
                            _mm256_andnot_si256(eight, four), eight};
    for (std::uint32_t i = 0; i < score.count; ++i)
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(masks[i].words) + half, all[i]);
  }
}

[[gnu::target("avx2")]] void add_avx2(std::span<const std::uint16_t> amounts, const Line* masks,
                                      const Line& live, PersonParts& out) {
  const __m256i bit_of_lane = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192,
                                                16384, static_cast<short>(0x8000));
  for (std::uint32_t group = 0; group < block_workers / 16; ++group) {
    const auto bits_of = [group](const Line& line) {
      return static_cast<std::uint16_t>(line.words[group / 4] >> (group % 4 * 16));
    };
    if (bits_of(live) == 0) continue;
    __m256i part = _mm256_setzero_si256();
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      const __m256i bits = _mm256_set1_epi16(static_cast<short>(bits_of(masks[i])));
      const __m256i lanes = _mm256_cmpeq_epi16(_mm256_and_si256(bits, bit_of_lane), bit_of_lane);
      const __m256i amount = _mm256_set1_epi16(static_cast<short>(amounts[i]));
      part = _mm256_add_epi16(part, _mm256_and_si256(lanes, amount));
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out.of + group * 16), part);
  }
}

[[gnu::target("avx2,bmi2")]] Line reaching_avx2(const PersonParts& parts, const Line& live,
                                                std::uint16_t least) {
  const __m256i floor = _mm256_set1_epi16(static_cast<short>(least));
  Line out;
  for (std::uint32_t group = 0; group < block_workers / 16; ++group) {
    const std::uint32_t shift = group % 4 * 16;
    const auto asked = static_cast<std::uint32_t>(live.words[group / 4] >> shift & 0xffff);
    if (asked == 0) continue;
    const __m256i part = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(parts.of + group * 16));
    const __m256i reaches = _mm256_cmpeq_epi16(_mm256_max_epu16(part, floor), part);
    const auto twice = static_cast<std::uint32_t>(_mm256_movemask_epi8(reaches)); // two bits a lane
    out.words[group / 4] |= std::uint64_t{_pext_u32(twice, 0x5555'5555) & asked} << shift;
  }
  return out;
}

[[gnu::target("popcnt")]] std::uint32_t population_counted(const Line& line) {
  long long count = 0;
  for (const std::uint64_t word : line.words) count += _mm_popcnt_u64(word);
  return static_cast<std::uint32_t>(count);
}

constexpr Kernel with_avx2{"avx2",   narrow_avx2,   sift_avx2,         tally_avx2,
                           add_avx2, reaching_avx2, population_counted};

// ---- 512 bits: a line at once, 32 amounts at a time, a mask of bits is a mask of lanes ----

// As breaking_avx2, of a whole line.
[[gnu::target("avx512f")]] inline void breaking_avx512(const FactLine* block, const Clause& clause,
                                                       const Fact* facts, const __m512i& asked,
                                                       __m512i& out) {
  out = asked;
  for (std::uint32_t f = clause.facts.from; f < clause.facts.until; ++f) {
    const __m512i has = _mm512_loadu_si512(block[facts[f]].words);
    out = _mm512_xor_si512(out, _mm512_and_si512(out, has));
    if (f % 4 == 3 && _mm512_test_epi64_mask(out, out) == 0) break;
  }
  if (clause.none) out = _mm512_xor_si512(out, asked);
}

[[gnu::target("avx512f")]] void narrow_avx512(const FactLine* block, const FactLine* next,
                                              const Clauses& clauses, Line& live) {
  __m512i left = _mm512_loadu_si512(live.words), breaking = left;
  if (next)
    for (const Fact fact : clauses.facts) __builtin_prefetch(&next[fact]);
  for (const Clause& clause : clauses.clauses) {
    if (clause.near) continue;
    breaking_avx512(block, clause, clauses.facts.data(), left, breaking);
    left = _mm512_xor_si512(left, breaking);
    if (_mm512_test_epi64_mask(left, left) == 0) break;
  }
  _mm512_storeu_si512(live.words, left);
}

[[gnu::target("avx512f")]] void sift_avx512(const FactLine* block, const Clauses& clauses, const Line& asked,
                                            Line* fails, Broken& broken) {
  const __m512i all = _mm512_loadu_si512(asked.words);
  __m512i once = _mm512_loadu_si512(broken.once.words), twice = _mm512_loadu_si512(broken.twice.words);
  __m512i breaking = all;
  for (std::size_t c = 0; c < clauses.clauses.size(); ++c) {
    if (clauses.clauses[c].near || clauses.clauses[c].secret) continue;
    const __m512i left = _mm512_xor_si512(all, _mm512_and_si512(all, twice));
    breaking_avx512(block, clauses.clauses[c], clauses.facts.data(), left, breaking);
    _mm512_storeu_si512(fails[c].words, breaking);
    twice = _mm512_or_si512(twice, _mm512_and_si512(once, breaking));
    once = _mm512_or_si512(once, breaking);
  }
  _mm512_storeu_si512(broken.once.words, once);
  _mm512_storeu_si512(broken.twice.words, twice);
}

[[gnu::target("avx512f")]] void tally_avx512(const FactLine* block, std::span<const Fact> facts,
                                             const Score& score, Line* masks) {
  __m512i one = _mm512_setzero_si512(), two = one, four = one, eight = one;
  for (const Fact fact : facts) {
    const __m512i has = _mm512_loadu_si512(block[fact].words);
    const __m512i to_two = _mm512_and_si512(one, has), to_four = _mm512_and_si512(two, to_two);
    if (score.counting == Counting::bits) {
      eight = _mm512_or_si512(eight, _mm512_and_si512(four, to_four));
      one = _mm512_xor_si512(one, has);
      two = _mm512_xor_si512(two, to_two);
      four = _mm512_xor_si512(four, to_four);
    } else { // `four` is three or more
      four = _mm512_or_si512(four, _mm512_and_si512(two, has));
      two = _mm512_or_si512(two, to_two);
      one = _mm512_or_si512(one, has);
    }
  }
  const __m512i all[4] = {_mm512_xor_si512(one, _mm512_and_si512(one, eight)),
                          _mm512_xor_si512(two, _mm512_and_si512(two, eight)),
                          _mm512_xor_si512(four, _mm512_and_si512(four, eight)),
                          eight}; // the others only where `eight` is not
  for (std::uint32_t i = 0; i < score.count; ++i) _mm512_storeu_si512(masks[i].words, all[i]);
}

[[gnu::target("avx512f,avx512bw")]] void add_avx512(std::span<const std::uint16_t> amounts, const Line* masks,
                                                    const Line& live, PersonParts& out) {
  for (std::uint32_t group = 0; group < block_workers / 32; ++group) {
    const auto bits_of = [group](const Line& line) {
      return static_cast<std::uint32_t>(line.words[group / 2] >> (group % 2 * 32));
    };
    if (bits_of(live) == 0) continue;
    __m512i part = _mm512_setzero_si512();
    for (std::size_t i = 0; i < amounts.size(); ++i)
      part = _mm512_mask_add_epi16(part, bits_of(masks[i]), part,
                                   _mm512_set1_epi16(static_cast<short>(amounts[i])));
    _mm512_storeu_si512(out.of + group * 32, part);
  }
}

[[gnu::target("avx512f,avx512bw")]] Line reaching_avx512(const PersonParts& parts, const Line& live,
                                                         std::uint16_t least) {
  const __m512i floor = _mm512_set1_epi16(static_cast<short>(least));
  Line out;
  for (std::uint32_t group = 0; group < block_workers / 32; ++group) {
    const std::uint32_t shift = group % 2 * 32;
    const auto asked = static_cast<std::uint32_t>(live.words[group / 2] >> shift);
    if (asked == 0) continue;
    const __m512i part = _mm512_loadu_si512(parts.of + group * 32);
    out.words[group / 2] |= std::uint64_t{_mm512_mask_cmpge_epu16_mask(asked, part, floor)} << shift;
  }
  return out;
}

constexpr Kernel with_avx512{"avx512",   narrow_avx512,   sift_avx512,       tally_avx512,
                             add_avx512, reaching_avx512, population_counted};

} // namespace

const Kernel* avx2_kernel() {
  static const bool has =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  return has ? &with_avx2 : nullptr;
}

const Kernel* avx512_kernel() {
  static const bool has =
      avx2_kernel() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
  return has ? &with_avx512 : nullptr;
}

} // namespace kith::matching::engine

#else

namespace kith::matching::engine {

const Kernel* avx2_kernel() { return nullptr; }
const Kernel* avx512_kernel() { return nullptr; }

} // namespace kith::matching::engine

#endif
