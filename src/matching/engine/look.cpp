#include "matching/engine/look.hpp"

#include <algorithm>
#include <array>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/check.hpp"

namespace kith::matching::engine {
namespace {

template <class Word> std::int64_t worth(Word pair, const std::int64_t* prices) {
  return fit_in(pair) - prices[worker_in(pair)];
}

void see(Look& so_far, std::uint32_t at, std::int64_t worth) {
  if (worth > so_far.best) {
    so_far.second = so_far.best;
    so_far.best = worth;
    so_far.at = at;
  } else {
    so_far.second = std::max(so_far.second, worth);
  }
}

template <class Word> Look best_plainly(std::span<const Word> row, const std::int64_t* prices) {
  Look out;
  for (std::uint32_t k = 0; k < row.size(); ++k) see(out, k, worth(row[k], prices));
  return out;
}

template <class Word>
std::uint64_t at_least_plainly(std::span<const Word> row, const std::int64_t* prices, std::int64_t limit) {
  std::uint64_t out = 0;
  for (std::uint32_t k = 0; k < row.size(); ++k) out |= std::uint64_t{worth(row[k], prices) >= limit} << k;
  return out;
}

#if defined(__x86_64__)

// ---- AVX2: four lanes, each with its own best and second; the last pairs plainly ----

__attribute__((target("avx2"))) inline __m256i four(const std::uint32_t* row) {
  return _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row)));
}
__attribute__((target("avx2"))) inline __m256i four(const std::uint64_t* row) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row));
}
template <class Word>
__attribute__((target("avx2"))) inline __m256i four_worths(const Word* row, const std::int64_t* prices) {
  const __m256i pairs = four(row);
  const __m256i workers = _mm256_and_si256(pairs, _mm256_set1_epi64x((std::int64_t{1} << half<Word>)-1));
  const __m256i price = _mm256_i64gather_epi64(reinterpret_cast<const long long*>(prices), workers, 8);
  return _mm256_sub_epi64(_mm256_srli_epi64(pairs, half<Word>), price);
}

template <class Word>
__attribute__((target("avx2"))) Look best_avx2(std::span<const Word> row, const std::int64_t* prices) {
  constexpr std::size_t lanes = 4;
  __m256i best = _mm256_set1_epi64x(Look::none), second = best, place = _mm256_setzero_si256();
  __m256i here = _mm256_set_epi64x(3, 2, 1, 0);
  std::size_t k = 0;
  for (; k + lanes <= row.size(); k += lanes) {
    const __m256i worths = four_worths(row.data() + k, prices);
    const __m256i better = _mm256_cmpgt_epi64(worths, best);
    const __m256i less = _mm256_blendv_epi8(worths, best, better);
    second = _mm256_blendv_epi8(second, less, _mm256_cmpgt_epi64(less, second));
    best = _mm256_blendv_epi8(best, worths, better);
    place = _mm256_blendv_epi8(place, here, better);
    here = _mm256_add_epi64(here, _mm256_set1_epi64x(lanes));
  }
  alignas(32) std::array<std::int64_t, lanes> bests, seconds, places;
  _mm256_store_si256(reinterpret_cast<__m256i*>(bests.data()), best);
  _mm256_store_si256(reinterpret_cast<__m256i*>(seconds.data()), second);
  _mm256_store_si256(reinterpret_cast<__m256i*>(places.data()), place);
  Look out;
  for (std::size_t lane = 0; k > 0 && lane < lanes; ++lane) {
    const auto at = static_cast<std::uint32_t>(places[lane]);
    const bool first = bests[lane] == out.best && at < out.at; // of equals
    see(out, at, bests[lane]);
    if (first) out.at = at;
    out.second = std::max(out.second, seconds[lane]);
  }
  for (; k < row.size(); ++k) see(out, static_cast<std::uint32_t>(k), worth(row[k], prices));
  return out;
}

template <class Word>
__attribute__((target("avx2"))) std::uint64_t at_least_avx2(std::span<const Word> row,
                                                            const std::int64_t* prices, std::int64_t limit) {
  constexpr std::size_t lanes = 4;
  const __m256i wanted = _mm256_set1_epi64x(limit);
  std::uint64_t out = 0;
  std::size_t k = 0;
  for (; k + lanes <= row.size(); k += lanes) {
    const __m256i less = _mm256_cmpgt_epi64(wanted, four_worths(row.data() + k, prices));
    const auto bits = static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(less)));
    out |= std::uint64_t{~bits & 0xf} << k;
  }
  for (; k < row.size(); ++k) out |= std::uint64_t{worth(row[k], prices) >= limit} << k;
  return out;
}

// ---- AVX-512: eight lanes, the last ones masked ----

// GCC's own header of these intrinsics sets unused lanes from themselves (its bug 105593).
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

#define KITH_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))

KITH_AVX512 inline __m512i eight(const std::uint32_t* row, __mmask8 live) {
  return _mm512_cvtepu32_epi64(_mm256_maskz_loadu_epi32(live, row));
}
KITH_AVX512 inline __m512i eight(const std::uint64_t* row, __mmask8 live) {
  return _mm512_maskz_loadu_epi64(live, row);
}
KITH_AVX512 inline __mmask8 first_lanes(std::size_t count) {
  return static_cast<__mmask8>(count >= 8 ? 0xffU : (1U << count) - 1U);
}
template <class Word>
KITH_AVX512 inline __m512i eight_worths(const Word* row, const std::int64_t* prices, __mmask8 live) {
  const __m512i pairs = eight(row, live);
  const __m512i workers = _mm512_and_si512(pairs, _mm512_set1_epi64((std::int64_t{1} << half<Word>)-1));
  const __m512i price = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), live, workers, prices, 8);
  return _mm512_mask_sub_epi64(_mm512_set1_epi64(Look::none), live, _mm512_srli_epi64(pairs, half<Word>),
                               price);
}

template <class Word> KITH_AVX512 Look best_avx512(std::span<const Word> row, const std::int64_t* prices) {
  Look out;
  if (row.empty()) return out;
  __m512i best = _mm512_set1_epi64(Look::none), second = best, place = _mm512_setzero_si512();
  __m512i here = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
  for (std::size_t k = 0; k < row.size(); k += 8) {
    const __m512i worths = eight_worths(row.data() + k, prices, first_lanes(row.size() - k));
    place = _mm512_mask_mov_epi64(place, _mm512_cmpgt_epi64_mask(worths, best), here);
    second = _mm512_max_epi64(second, _mm512_min_epi64(worths, best));
    best = _mm512_max_epi64(best, worths);
    here = _mm512_add_epi64(here, _mm512_set1_epi64(8));
  }
  out.best = _mm512_reduce_max_epi64(best);
  __mmask8 winner = _mm512_cmpeq_epi64_mask(best, _mm512_set1_epi64(out.best));
  if ((winner & (winner - 1)) != 0) { // of equals the first
    const std::uint64_t first = _mm512_mask_reduce_min_epu64(winner, place);
    winner &= _mm512_cmpeq_epi64_mask(place, _mm512_set1_epi64(static_cast<long long>(first)));
  }
  out.at = static_cast<std::uint32_t>(
      _mm_cvtsi128_si64(_mm512_castsi512_si128(_mm512_maskz_compress_epi64(winner, place))));
  out.second = _mm512_reduce_max_epi64(_mm512_mask_mov_epi64(best, winner, second));
  return out;
}

template <class Word>
KITH_AVX512 std::uint64_t at_least_avx512(std::span<const Word> row, const std::int64_t* prices,
                                          std::int64_t limit) {
  const __m512i wanted = _mm512_set1_epi64(limit);
  std::uint64_t out = 0;
  for (std::size_t k = 0; k < row.size(); k += 8) {
    const __mmask8 live = first_lanes(row.size() - k);
    const __m512i worths = eight_worths(row.data() + k, prices, live);
    out |= std::uint64_t{_mm512_mask_cmpge_epi64_mask(live, worths, wanted)} << k;
  }
  return out;
}

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif
#endif

} // namespace

bool has(InstructionSet set) {
#if defined(__x86_64__)
  if (set == InstructionSet::avx2) return __builtin_cpu_supports("avx2") != 0;
  if (set == InstructionSet::avx512)
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
           __builtin_cpu_supports("avx512vl") != 0;
#endif
  return set == InstructionSet::plain;
}

InstructionSet quickest_set() {
  for (const InstructionSet set : {InstructionSet::avx512, InstructionSet::avx2})
    if (has(set)) return set;
  return InstructionSet::plain;
}

template <class Word> Looks<Word> looks(InstructionSet set) {
  CHECK(has(set));
#if defined(__x86_64__)
  if (set == InstructionSet::avx2) return {best_avx2<Word>, at_least_avx2<Word>};
  if (set == InstructionSet::avx512) return {best_avx512<Word>, at_least_avx512<Word>};
#endif
  return {best_plainly<Word>, at_least_plainly<Word>};
}
template Looks<std::uint32_t> looks(InstructionSet);
template Looks<std::uint64_t> looks(InstructionSet);

} // namespace kith::matching::engine
