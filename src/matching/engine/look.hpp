// Two questions about a row of pairs at the present prices: which is worth most, and what the second best is
// worth; and which are worth at least so much. Worth is fit less price. They are the innermost loops of the
// auction and of repair, so there is a plain way to ask and two quicker ones, chosen by what the processor
// has, with the same answers to the last bit: of equals the first pair counts.
//
// A pair is one word: the worker in the lower half, the fit in the upper. Cost: O(pairs); with AVX-512 eight
// pairs a step, with AVX2 four.
#pragma once
#include <cstdint>
#include <span>

namespace kith::matching::engine {

struct Look {
  static constexpr std::int64_t none = INT64_MIN;
  std::uint32_t at{0xffff'ffff}; // the best pair's place in the row; all ones: no pairs
  std::int64_t best{none};
  std::int64_t second{none};
};

enum class InstructionSet : std::uint8_t { plain, avx2, avx512 };
bool has(InstructionSet set);
InstructionSet quickest_set(); // of those that this processor has

template <class Word> struct Looks { // Word: std::uint32_t or std::uint64_t
  Look (*best)(std::span<const Word> row, const std::int64_t* prices){};
  // Bit k: pair k is worth at least `limit`. REQUIRES at most 64 pairs.
  std::uint64_t (*at_least)(std::span<const Word> row, const std::int64_t* prices, std::int64_t limit){};
};
template <class Word> Looks<Word> looks(InstructionSet set); // REQUIRES has(set)

template <class Word> constexpr unsigned half = sizeof(Word) * 4; // bits
template <class Word> constexpr std::uint32_t worker_in(Word pair) {
  return static_cast<std::uint32_t>(pair & ((Word{1} << half<Word>)-1));
}
template <class Word> constexpr std::int32_t fit_in(Word pair) {
  return static_cast<std::int32_t>(pair >> half<Word>);
}

} // namespace kith::matching::engine
