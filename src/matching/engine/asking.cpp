#include "matching/engine/asking.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace kith::matching::engine {
namespace {

// By Grading and the number of codes in common.
constexpr std::array<std::array<std::uint8_t, 9>, 6> grades{{
    {10, 10, 10, 10, 10, 10, 10, 10, 10},
    {0, 10, 10, 10, 10, 10, 10, 10, 10},
    {0, 5, 5, 5, 5, 5, 5, 5, 5},
    {0, 5, 10, 10, 10, 10, 10, 10, 10},
    {0, 3, 6, 10, 10, 10, 10, 10, 10},
    {0, 1, 2, 3, 5, 6, 7, 8, 10},
}};

} // namespace

Asking::Asking(const Columns& columns, const Question& question, const Kernel& kernel)
    : columns_(columns), question_(question), kernel_(kernel), masks_(question.amounts.size()) {}

Line Asking::passing(const Clause& clause, std::uint32_t block, const Line& asked) const {
  Line out = asked;
  const Clause facts_alone{clause.facts, clause.none, false, clause.secret};
  kernel_.narrow(columns_.facts_of(block), nullptr, {{&facts_alone, 1}, question_.facts}, out);
  if (!clause.near || !question_.from) return out;
  Line left;
  for (std::uint32_t w = 0; w < line_words; ++w) left.words[w] = asked.words[w] & ~out.words[w];
  const Line near = columns_.near(*question_.from, block, left);
  for (std::uint32_t w = 0; w < line_words; ++w) out.words[w] |= near.words[w];
  return out;
}

Line Asking::not_asked(std::uint32_t block) const {
  Line live = columns_.facts_of(block)[Columns::everybody];
  strike(question_.asked, block, live);
  return live;
}

Line Asking::possible(std::uint32_t block) const {
  Line live = not_asked(block);
  strike(question_.excluded, block, live);
  const FactLine* next = block + 1 < columns_.blocks() ? columns_.facts_of(block + 1) : nullptr;
  kernel_.narrow(columns_.facts_of(block), next, clauses(), live);
  for (const Clause& clause : question_.clauses)
    if (clause.near && !live.empty()) live = passing(clause, block, live);
  return live;
}

void Asking::weigh(std::uint32_t block, const Line& live, PersonParts& out) {
  for (const Score& score : question_.scores)
    kernel_.tally(columns_.facts_of(block), facts(score.facts), score, masks_.data() + score.first);
  kernel_.add(question_.amounts, masks_.data(), live, out);
  weigh_nearness(block, live, out);
}

std::int32_t Asking::worker_part(std::uint32_t worker) const {
  std::int32_t out = 0;
  for (const Want& want : columns_.wants_of(worker)) {
    if (want.points < 0 && !knows(want)) continue;
    const std::int32_t grade = grade_of(worker, want);
    out += want.points < 0 ? -want.points * (greatest_grade(want.grading) - grade) : want.points * grade;
  }
  return out;
}

bool Asking::knows(const Want& want) const {
  if (!question_.own[want.about].known) return false;
  if (want.grading != Grading::nearness || question_.not_in_person) return true;
  const auto meets = static_cast<Meets>(want.first);
  return meets == Meets::not_in_person || (meets == Meets::placed && question_.from);
}

std::int32_t Asking::grade_of(std::uint32_t worker, const Want& want) const {
  if (want.grading == Grading::always) return 10;
  if (want.grading == Grading::nearness)
    return question_.from ? columns_.nearness(*question_.from, worker) : 0;
  const Own& own = question_.own[want.about];
  if (!own.known) return 0;
  if (want.grading == Grading::keyed) return question_.grades[want.first];
  const std::uint64_t* theirs = columns_.codes_of(want);
  const std::uint64_t* mine = question_.own_words.data() + own.first;
  int found = 0;
  for (std::uint32_t w = 0; w < want.words; ++w) found += std::popcount(theirs[w] & mine[w]);
  return grades[static_cast<std::size_t>(want.grading)][std::min(found, 8)];
}

std::int32_t Asking::service_part(std::uint32_t worker) const {
  const auto& earlier = question_.earlier;
  return std::binary_search(earlier.begin(), earlier.end(), worker) ? question_.service_part : 0;
}

void Asking::strike(const std::vector<std::uint32_t>& workers, std::uint32_t block, Line& live) const {
  const std::uint32_t first = block * block_workers;
  for (auto at = std::lower_bound(workers.begin(), workers.end(), first);
       at != workers.end() && *at - first < block_workers; ++at)
    live.words[(*at - first) / 64] &= ~(std::uint64_t{1} << (*at % 64));
}

void Asking::weigh_nearness(std::uint32_t block, const Line& live, PersonParts& out) const {
  if (!question_.from || question_.nearness_points == 0) return;
  each_worker(block, columns_.near(*question_.from, block, live), [&](std::uint32_t worker) {
    const auto nearness = static_cast<std::uint32_t>(columns_.nearness(*question_.from, worker));
    std::uint16_t& part = out.of[worker % block_workers];
    part = static_cast<std::uint16_t>(part + nearness * question_.nearness_points);
  });
}

} // namespace kith::matching::engine
