#include "matching/engine/one_less.hpp"

#include "base/check.hpp"

namespace kith::matching::engine {
namespace {

struct Found { // of one block: who breaks no open clause, and who breaks one
  Line none{};
  Line one{};
};

// `fails` gets a line for each clause.
Found look(const Asking& asking, std::uint32_t block, std::vector<Line>& fails) {
  const auto& clauses = asking.question().clauses;
  const Line asked = asking.not_asked(block);
  Broken broken;
  asking.kernel().sift(asking.columns().facts_of(block), asking.clauses(), asked, fails.data(), broken);
  for (std::size_t c = 0; c < clauses.size(); ++c) {
    if (clauses[c].secret || !clauses[c].near) continue;
    Line left = asked;
    for (std::uint32_t w = 0; w < line_words; ++w) left.words[w] &= ~broken.twice.words[w];
    const Line passing = asking.passing(clauses[c], block, left);
    for (std::uint32_t w = 0; w < line_words; ++w) {
      fails[c].words[w] = left.words[w] & ~passing.words[w];
      broken.twice.words[w] |= broken.once.words[w] & fails[c].words[w];
      broken.once.words[w] |= fails[c].words[w];
    }
  }
  Found out;
  for (std::uint32_t w = 0; w < line_words; ++w) {
    out.none.words[w] = asked.words[w] & ~broken.once.words[w];
    out.one.words[w] = broken.once.words[w] & ~broken.twice.words[w];
  }
  return out;
}

} // namespace

OneLess count_one_less(const Columns& columns, const Question& question, const Kernel& kernel) {
  const Asking asking(columns, question, kernel);
  OneLess out;
  out.further.assign(question.clauses.size(), 0);
  std::vector<Line> fails(question.clauses.size());
  for (std::uint32_t block = 0; block < columns.blocks(); ++block) {
    const Found found = look(asking, block, fails);
    out.possible += kernel.population(found.none);
    if (found.one.empty()) continue;
    for (std::size_t c = 0; c < fails.size(); ++c) {
      if (question.clauses[c].secret) continue;
      Line sole = found.one;
      for (std::uint32_t w = 0; w < line_words; ++w) sole.words[w] &= fails[c].words[w];
      out.further[c] += kernel.population(sole);
    }
  }
  return out;
}

std::vector<std::uint32_t> breaking(const Columns& columns, const Question& question, int broken,
                                    const Kernel& kernel) {
  CHECK(broken == 0 || broken == 1);
  const Asking asking(columns, question, kernel);
  std::vector<Line> fails(question.clauses.size());
  std::vector<std::uint32_t> out;
  for (std::uint32_t block = 0; block < columns.blocks(); ++block) {
    const Found here = look(asking, block, fails);
    each_worker(block, broken == 0 ? here.none : here.one,
                [&](std::uint32_t worker) { out.push_back(worker); });
  }
  return out;
}

} // namespace kith::matching::engine
