#include "matching/engine/kernel.hpp"

#include <bit>

namespace kith::matching::engine {
namespace {

std::uint64_t holding(const FactLine* block, const Clause& clause, const Fact* facts, std::uint32_t w) {
  std::uint64_t any = 0;
  for (std::uint32_t f = clause.facts.from; f < clause.facts.until; ++f) any |= block[facts[f]].words[w];
  return clause.none ? ~any : any;
}

void narrow(const FactLine* block, const FactLine* next, const Clauses& clauses, Line& live) {
  (void)next;
  for (std::uint32_t w = 0; w < line_words; ++w)
    for (const Clause& clause : clauses.clauses) {
      if (clause.near) continue;
      if (live.words[w] == 0) break;
      live.words[w] &= holding(block, clause, clauses.facts.data(), w);
    }
}

void sift(const FactLine* block, const Clauses& clauses, const Line& asked, Line* fails, Broken& broken) {
  for (std::size_t c = 0; c < clauses.clauses.size(); ++c) {
    const Clause& clause = clauses.clauses[c];
    if (clause.near || clause.secret) continue;
    for (std::uint32_t w = 0; w < line_words; ++w) {
      const std::uint64_t left = asked.words[w] & ~broken.twice.words[w];
      fails[c].words[w] = left == 0 ? 0 : left & ~holding(block, clause, clauses.facts.data(), w);
      broken.twice.words[w] |= broken.once.words[w] & fails[c].words[w];
      broken.once.words[w] |= fails[c].words[w];
    }
  }
}

void reached(const FactLine* block, std::span<const Fact> facts, std::uint32_t count, Line* masks) {
  for (std::uint32_t w = 0; w < line_words; ++w) {
    std::uint64_t one = 0, two = 0, three = 0;
    for (const Fact fact : facts) {
      const std::uint64_t has = block[fact].words[w];
      three |= two & has;
      two |= one & has;
      one |= has;
    }
    masks[0].words[w] = one;
    if (count > 1) masks[1].words[w] = two;
    if (count > 2) masks[2].words[w] = three;
  }
}

void bits(const FactLine* block, std::span<const Fact> facts, Line* masks) {
  for (std::uint32_t w = 0; w < line_words; ++w) {
    std::uint64_t one = 0, two = 0, four = 0, eight = 0;
    for (const Fact fact : facts) {
      std::uint64_t carry = block[fact].words[w];
      const std::uint64_t to_two = one & carry, to_four = two & to_two, to_eight = four & to_four;
      one ^= carry;
      two ^= to_two;
      four ^= to_four;
      eight |= to_eight;
    }
    masks[0].words[w] = one & ~eight;
    masks[1].words[w] = two & ~eight;
    masks[2].words[w] = four & ~eight;
    masks[3].words[w] = eight;
  }
}

void tally(const FactLine* block, std::span<const Fact> facts, const Score& score, Line* masks) {
  if (score.counting == Counting::bits) bits(block, facts, masks);
  else reached(block, facts, score.count, masks);
}

void add(std::span<const std::uint16_t> amounts, const Line* masks, const Line& live, PersonParts& out) {
  out = {};
  for (std::size_t i = 0; i < amounts.size(); ++i)
    for (std::uint32_t w = 0; w < line_words; ++w)
      for (std::uint64_t left = masks[i].words[w] & live.words[w]; left != 0; left &= left - 1) {
        std::uint16_t& part = out.of[w * 64 + static_cast<std::uint32_t>(std::countr_zero(left))];
        part = static_cast<std::uint16_t>(part + amounts[i]);
      }
}

Line reaching(const PersonParts& parts, const Line& live, std::uint16_t least) {
  Line out;
  for (std::uint32_t w = 0; w < line_words; ++w)
    for (std::uint64_t left = live.words[w]; left != 0; left &= left - 1)
      if (parts.of[w * 64 + static_cast<std::uint32_t>(std::countr_zero(left))] >= least)
        out.words[w] |= left & -left;
  return out;
}

std::uint32_t population(const Line& line) {
  int count = 0;
  for (const std::uint64_t word : line.words) count += std::popcount(word);
  return static_cast<std::uint32_t>(count);
}

constexpr Kernel plain{"scalar", narrow, sift, tally, add, reaching, population};

} // namespace

const Kernel& scalar_kernel() { return plain; }

const Kernel& best_kernel() {
  static const Kernel& best = avx512_kernel() ? *avx512_kernel() : avx2_kernel() ? *avx2_kernel() : plain;
  return best;
}

} // namespace kith::matching::engine
