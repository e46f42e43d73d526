// One person's question to the columns of all workers: who is possible, and how well does each fit? It is a
// list of clauses that all must hold, two lists of workers struck out, scores that add up to the person part,
// and what the person is, for the wants of workers. Everything is a number of a fact or a bit for a code;
// what they mean is known to whoever wrote the question (matching/compiled.hpp). Plain value.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "matching/engine/columns.hpp"

namespace kith::matching::engine {

struct FactRange { // of Question::facts
  std::uint32_t from{};
  std::uint32_t until{};
};

struct Clause { // holds for workers with any of the facts; without facts for nobody
  FactRange facts{};
  bool none{};   // holds for workers with none of them instead
  bool near{};   // holds also for whoever can be met in person
  bool secret{}; // plays no part in what may be counted (sole.hpp)
};

// How many of a score's facts a worker has, and what that is worth:
// reached: the first amount from one on, the second from two on, the third from three on; 1 to 3 amounts.
// bits: the four amounts stand for the bits 1, 2, 4 and 8 of the number, which stops at 8.
enum class Counting : std::uint8_t { reached, bits };

struct Score {
  FactRange facts{};
  Counting counting{Counting::reached};
  std::uint32_t first{}; // of Question::amounts
  std::uint32_t count{1};
};

struct Own { // what the person is, as wants about one thing see it
  bool known{};
  std::uint32_t first{}; // of Question::own_words: at least as many as any such want has
};

struct Question {
  std::vector<Fact> facts{};
  std::vector<Clause> clauses{}; // those with few facts first: it is quicker
  std::vector<Score> scores{};
  std::vector<std::uint16_t> amounts{}; // wrap at 16 bits, so that one may be taken off again
  std::int32_t person_part_most{65'535};
  std::vector<Own> own{};
  std::vector<std::uint64_t> own_words{};
  std::vector<std::uint8_t> grades{};    // for wants that are keyed
  std::optional<MapPoint> from{};        // where this person would meet somebody in person
  std::uint16_t nearness_points{};       // of the person part, x Columns::nearness
  bool not_in_person{};                  // has said so
  std::vector<std::uint32_t> asked{};    // never again for this referral; sorted
  std::vector<std::uint32_t> excluded{}; // secret; sorted
  std::vector<std::uint32_t> earlier{};  // for whom the service part counts; sorted
  std::int32_t service_part{};
};

} // namespace kith::matching::engine
