// The steps of a question that touch every worker, 512 at a time, in several writings: plain words of 64
// bits, AVX2 and AVX-512. All give the same bytes (tested on every processor that has them); the quickest one
// of this machine is chosen at run time. Pure functions.
#pragma once
#include <span>
#include <string_view>

#include "matching/engine/question.hpp"

namespace kith::matching::engine {

struct PersonParts { // of the workers asked about; what the others have means nothing
  std::uint16_t of[block_workers]{};
};

// Clauses with the facts of their question. Clauses that look at the map are left out by every kernel.
struct Clauses {
  std::span<const Clause> clauses{};
  std::span<const Fact> facts{};
};

struct Broken { // who breaks an open clause: at least one, at least two
  Line once{};
  Line twice{};
};

struct Kernel {
  std::string_view name{};
  // Takes whoever breaks a clause out of `live`. `next` is the block that will be asked next, or null.
  void (*narrow)(const FactLine* block, const FactLine* next, const Clauses& clauses, Line& live){};
  // Of `asked`, who breaks which open clause: a line each in `fails`, which says nothing of somebody who
  // broke two before.
  void (*sift)(const FactLine* block, const Clauses& clauses, const Line& asked, Line* fails,
               Broken& broken){};
  // One mask for each amount of the score.
  void (*tally)(const FactLine* block, std::span<const Fact> facts, const Score& score, Line* masks){};
  // The sum of the amounts for everybody in `live`; masks[i] says for whom amounts[i] counts.
  void (*add)(std::span<const std::uint16_t> amounts, const Line* masks, const Line& live,
              PersonParts& out){};
  // Those of `live` whose part is `least` or more.
  Line (*reaching)(const PersonParts& parts, const Line& live, std::uint16_t least){};
  std::uint32_t (*population)(const Line& line){};
};

const Kernel& scalar_kernel();
const Kernel* avx2_kernel();   // null where the processor has none
const Kernel* avx512_kernel(); // null where the processor has none
const Kernel& best_kernel();

} // namespace kith::matching::engine
