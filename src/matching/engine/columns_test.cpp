#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/check.hpp"
#include "base/random.hpp"
#include "matching/engine/one_less.hpp"
#include "matching/engine/pricing.hpp"
#include "matching/engine/shortlist.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;

namespace {

constexpr std::uint32_t abouts = 3;

// Columns made at random and kept beside as plain lists, and questions put to them one worker at a time.
class Plain {
public:
  Plain(std::uint64_t seed, std::uint32_t workers) : random_(seed), columns(workers), facts(1) {
    facts[0].assign(workers, true);
    for (int f = 0; f < 40; ++f) add_fact(workers);
    for (std::uint32_t j = 0; j < workers; ++j) {
      wants.emplace_back();
      for (std::uint64_t w = below(5); w > 0; --w) add_want(j);
    }
    for (std::uint32_t j = 0; j < workers; ++j) {
      points.push_back({number(40'000), number(40'000), below(3) == 0 ? -1 : number(20'000)});
      if (below(5) == 0) points[j] = {30'000, 30'000, number(3)};
      if (points[j].range >= 0) columns.put(j, points[j]);
      else points[j].range = -1;
    }
    columns.finish();
  }

  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  std::int32_t number(std::uint64_t bound) { return static_cast<std::int32_t>(below(bound)); }

  Question question() {
    Question out;
    for (std::uint64_t c = below(5); c > 0; --c)
      out.clauses.push_back({some(out, 6), below(4) == 0, below(4) == 0, below(3) == 0});
    for (std::uint64_t s = 1 + below(4); s > 0; --s) out.scores.push_back(score(out));
    if (below(4) != 0) out.from = MapPoint{number(40'000), number(40'000), number(20'000)};
    if (below(2) == 0) out.nearness_points = static_cast<std::uint16_t>(below(100));
    out.not_in_person = !out.from && below(2) == 0;
    for (std::uint32_t about = 0; about < abouts; ++about) {
      out.own.push_back({below(4) != 0, static_cast<std::uint32_t>(out.own_words.size())});
      for (int w = 0; w < 2; ++w) out.own_words.push_back(random_.next() & random_.next());
    }
    for (int key = 0; key < 12; ++key) out.grades.push_back(static_cast<std::uint8_t>(below(11)));
    for (auto* list : {&out.asked, &out.excluded, &out.earlier}) {
      for (std::uint64_t n = below(5); n > 0; --n)
        list->push_back(static_cast<std::uint32_t>(below(columns.workers())));
      std::sort(list->begin(), list->end());
    }
    out.service_part = number(1'500);
    return out;
  }

  bool near(const Question& question, std::uint32_t j) const {
    if (!question.from) return false;
    const std::int64_t east = std::int64_t{question.from->east} - points[j].east;
    const std::int64_t north = std::int64_t{question.from->north} - points[j].north;
    const std::int64_t range = std::min(question.from->range, points[j].range);
    return range >= 0 && east * east + north * north <= range * range;
  }
  std::int32_t count(const Question& question, const FactRange& range, std::uint32_t j) const {
    std::int32_t out = 0;
    for (std::uint32_t f = range.from; f < range.until; ++f) out += facts[question.facts[f]][j] ? 1 : 0;
    return out;
  }
  bool holds(const Question& question, const Clause& clause, std::uint32_t j) const {
    const bool any = count(question, clause.facts, j) > 0;
    return any != clause.none || (clause.near && near(question, j));
  }
  bool possible(const Question& question, std::uint32_t j) const {
    const auto in = [j](const std::vector<std::uint32_t>& list) {
      return std::find(list.begin(), list.end(), j) != list.end();
    };
    return !in(question.asked) && !in(question.excluded) &&
           std::all_of(question.clauses.begin(), question.clauses.end(),
                       [&](const Clause& clause) { return holds(question, clause, j); });
  }
  std::int32_t person_part(const Question& question, std::uint32_t j) const {
    std::int32_t out = near(question, j) ? question.nearness_points * nearness(question, j) : 0;
    for (const Score& score : question.scores) {
      const std::int32_t found = count(question, score.facts, j);
      for (std::uint32_t a = 0; a < score.count; ++a) {
        const bool counts = score.counting == Counting::reached ? found > static_cast<std::int32_t>(a)
                                                                : ((std::min(found, 8) >> a) & 1) != 0;
        if (counts) out += question.amounts[score.first + a];
      }
    }
    return out;
  }
  std::int32_t nearness(const Question& question, std::uint32_t j) const {
    return near(question, j) ? columns.nearness(*question.from, j) : 0;
  }
  std::int32_t worker_part(const Question& question, std::uint32_t j) const {
    std::int32_t out = 0;
    for (const auto& [want, codes] : wants[j]) {
      const Own& own = question.own[want.about];
      int found = 0;
      for (std::size_t c = 0; c < codes.size() * 64; ++c)
        found += ((codes[c / 64] & question.own_words[own.first + c / 64]) >> (c % 64)) & 1 ? 1 : 0;
      const std::int32_t grade =
          own.known || want.grading == Grading::always || want.grading == Grading::nearness
              ? grade_by_hand(question, want, found, j)
              : 0;
      bool known = own.known;
      if (want.grading == Grading::nearness && !question.not_in_person)
        known &= want.first == 0 || (want.first == 1 && question.from);
      if (want.points >= 0) out += want.points * grade;
      else if (known) out += -want.points * ((want.grading == Grading::half ? 5 : 10) - grade);
    }
    return out;
  }
  Listed listed(const Question& question, std::uint32_t j) const {
    Listed out{j, person_part(question, j), worker_part(question, j), 0, 0};
    if (std::count(question.earlier.begin(), question.earlier.end(), j) > 0)
      out.service_part = question.service_part;
    out.worth = out.person_part + out.worker_part + out.service_part;
    return out;
  }
  std::vector<std::int64_t> prices() {
    std::vector<std::int64_t> out;
    for (std::uint32_t j = 0; j < columns.workers(); ++j)
      out.push_back(below(3) == 0 ? 0 : static_cast<std::int64_t>(below(below(4) == 0 ? 1ULL << 40 : 4'000)));
    return out;
  }

private:
  void add_fact(std::uint32_t workers) {
    const Fact fact = columns.add_fact();
    facts.emplace_back();
    const std::uint64_t rare = 1 + below(12);
    for (std::uint32_t j = 0; j < workers; ++j) {
      facts[fact].push_back(below(rare) == 0);
      if (facts[fact][j]) columns.set(fact, j);
    }
  }
  FactRange some(Question& question, std::uint64_t most) {
    const auto from = static_cast<std::uint32_t>(question.facts.size());
    for (std::uint64_t n = 1 + below(most); n > 0; --n)
      question.facts.push_back(static_cast<Fact>(below(facts.size())));
    return {from, static_cast<std::uint32_t>(question.facts.size())};
  }
  Score score(Question& question) {
    Score out;
    out.counting = below(3) == 0 ? Counting::bits : Counting::reached;
    out.facts = some(question, out.counting == Counting::bits ? 30 : 6);
    out.first = static_cast<std::uint32_t>(question.amounts.size());
    out.count = out.counting == Counting::bits ? 4 : 1 + static_cast<std::uint32_t>(below(3));
    for (std::uint32_t a = 0; a < out.count; ++a)
      question.amounts.push_back(static_cast<std::uint16_t>(below(400)));
    return out;
  }
  void add_want(std::uint32_t worker) {
    Want want{static_cast<std::int16_t>(number(120) - 40), static_cast<std::uint8_t>(below(abouts)),
              static_cast<Grading>(below(8))};
    std::vector<std::uint64_t> codes;
    if (want.grading == Grading::keyed) want.first = static_cast<std::uint32_t>(below(12));
    else if (want.grading == Grading::nearness) want.first = static_cast<std::uint32_t>(below(3));
    else
      for (std::uint64_t n = below(3); n > 0; --n)
        codes.push_back(random_.next() & random_.next() & random_.next());
    columns.add_want(worker, want, codes);
    wants[worker].emplace_back(want, codes);
  }
  std::int32_t grade_by_hand(const Question& question, const Want& want, int found, std::uint32_t j) const {
    switch (want.grading) {
    case Grading::always:
      return 10;
    case Grading::any:
      return found > 0 ? 10 : 0;
    case Grading::half:
      return found > 0 ? 5 : 0;
    case Grading::of_two:
      return 10 * std::min(found, 2) / 2;
    case Grading::of_three:
      return 10 * std::min(found, 3) / 3;
    case Grading::half_hours:
      return std::min(10, found * 30 / 24);
    case Grading::keyed:
      return question.grades[want.first];
    case Grading::nearness:
      return nearness(question, j);
    }
    FATAL("unknown grading");
  }

  SeededRandom random_{0};

public:
  Columns columns{0};
  std::vector<std::vector<bool>> facts{};
  std::vector<std::vector<std::pair<Want, std::vector<std::uint64_t>>>> wants{};
  std::vector<MapPoint> points{};
};

std::vector<const Kernel*> kernels() {
  std::vector<const Kernel*> out{&scalar_kernel()};
  for (const Kernel* kernel : {avx2_kernel(), avx512_kernel()})
    if (kernel) out.push_back(kernel);
  return out;
}

std::uint32_t size_of(std::uint64_t round) {
  constexpr std::uint32_t sizes[]{0, 1, 63, 64, 65, 511, 512, 513, 1'300};
  return sizes[round % std::size(sizes)];
}

} // namespace

TEST_CASE("every kernel finds the workers and the parts that asking one by one finds") {
  std::size_t seen = 0;
  for (std::uint64_t round = 0; round < 90; ++round) {
    Plain plain(round + 1, std::max(1U, size_of(round)));
    const Question question = plain.question();
    for (const Kernel* kernel : kernels()) {
      Asking asking(plain.columns, question, *kernel);
      PersonParts parts;
      for (std::uint32_t block = 0; block < plain.columns.blocks(); ++block) {
        const Line possible = asking.possible(block);
        const Line all = plain.columns.facts_of(block)[Columns::everybody];
        asking.weigh(block, all, parts);
        const auto least = static_cast<std::uint16_t>(plain.below(1'500));
        const Line reaching = kernel->reaching(parts, possible, least);
        std::uint32_t people = 0;
        each_worker(block, all, [&](std::uint32_t j) {
          const std::uint32_t at = j % block_workers;
          const auto in = [&](const Line& line) { return ((line.words[at / 64] >> (at % 64)) & 1) != 0; };
          const Listed listed = plain.listed(question, j);
          REQUIRE_EQ(in(possible), plain.possible(question, j));
          REQUIRE_EQ(parts.of[at], listed.person_part);
          REQUIRE_EQ(asking.worker_part(j), listed.worker_part);
          REQUIRE_LE(listed.worker_part, plain.columns.worker_part_most());
          REQUIRE_EQ(asking.service_part(j), listed.service_part);
          REQUIRE_EQ(in(reaching), in(possible) && listed.person_part >= least);
          people += in(possible) ? 1 : 0;
          ++seen;
        });
        REQUIRE_EQ(kernel->population(possible), people);
      }
    }
  }
  CHECK_GT(seen, 10'000);
}

TEST_CASE("a shortlist is the head of everybody possible, by fit and by fit less price") {
  std::size_t full = 0;
  for (std::uint64_t round = 0; round < 90; ++round) {
    Plain plain(round + 500, std::max(1U, size_of(round)));
    const Question question = plain.question();
    Ranking ranking;
    ranking.order.resize(plain.columns.workers());
    std::iota(ranking.order.begin(), ranking.order.end(), 0U);
    for (std::size_t j = ranking.order.size(); j > 1; --j)
      std::swap(ranking.order[j - 1], ranking.order[plain.below(j)]);
    if (round % 2 == 0) ranking.prices = Prices(plain.prices());
    std::vector<Listed> all;
    for (std::uint32_t j = 0; j < plain.columns.workers(); ++j) {
      if (!plain.possible(question, j)) continue;
      all.push_back(plain.listed(question, j));
      if (round % 2 == 0) all.back().worth -= ranking.prices.by_worker[j];
    }
    std::sort(all.begin(), all.end(), [&](const Listed& a, const Listed& b) {
      return std::tuple(-a.worth, ranking.order[a.worker]) < std::tuple(-b.worth, ranking.order[b.worker]);
    });
    const std::size_t most = plain.below(40);
    if (all.size() > most) all.resize(most);
    full += all.size() == most && most > 0 ? 1 : 0;
    for (const Kernel* kernel : kernels())
      REQUIRE(shortlist(plain.columns, question, ranking, most, *kernel) == all);
  }
  CHECK_GT(full, 10);
}

TEST_CASE("one clause less counts whom leaving each clause out adds, and no secret changes a number") {
  std::int64_t further = 0;
  for (std::uint64_t round = 0; round < 90; ++round) {
    Plain plain(round + 900, std::max(1U, size_of(round)));
    Question question = plain.question();
    question.excluded.clear();
    Question open = question;
    std::erase_if(open.clauses, [](const Clause& clause) { return clause.secret; });
    OneLess by_hand;
    by_hand.further.assign(question.clauses.size(), 0);
    const auto all_possible = [&](const Question& asked) {
      std::vector<std::uint32_t> out;
      for (std::uint32_t j = 0; j < plain.columns.workers(); ++j)
        if (plain.possible(asked, j)) out.push_back(j);
      return out;
    };
    const auto possible = all_possible(open);
    by_hand.possible = static_cast<std::int64_t>(possible.size());
    std::size_t at = 0;
    std::vector<std::uint32_t> added;
    for (std::size_t c = 0; c < question.clauses.size(); ++c) {
      if (question.clauses[c].secret) continue;
      Question less = open;
      less.clauses.erase(less.clauses.begin() + static_cast<std::ptrdiff_t>(at++));
      const auto without = all_possible(less);
      by_hand.further[c] = static_cast<std::int64_t>(without.size() - possible.size());
      further += by_hand.further[c];
      std::set_difference(without.begin(), without.end(), possible.begin(), possible.end(),
                          std::back_inserter(added));
    }
    std::sort(added.begin(), added.end());
    for (std::uint32_t j = 0; j < plain.columns.workers(); j += 3) question.excluded.push_back(j);
    for (const Kernel* kernel : kernels()) {
      REQUIRE(count_one_less(plain.columns, question, *kernel) == by_hand);
      REQUIRE(breaking(plain.columns, question, 0, *kernel) == possible);
      REQUIRE(breaking(plain.columns, question, 1, *kernel) == added);
    }
  }
  CHECK_GT(further, 1'000);
}

TEST_CASE("the pricing pass finds exactly the pairs worth more than prices and gain") {
  std::size_t found = 0;
  for (std::uint64_t round = 0; round < 45; ++round) {
    Plain plain(round + 1'300, std::max(1U, size_of(round)));
    const Prices prices(plain.prices());
    std::vector<Question> questions(7);
    std::vector<Bidder> bidders;
    for (Question& question : questions) {
      question = plain.question();
      bidders.push_back(
          {&question, static_cast<std::int64_t>(plain.below(3'000)) - 1'500, plain.number(600)});
    }
    std::vector<PricedPair> by_hand;
    for (std::uint32_t i = 0; i < bidders.size(); ++i)
      for (std::uint32_t j = 0; j < plain.columns.workers(); ++j) {
        const Listed pair = plain.listed(questions[i], j);
        if (plain.possible(questions[i], j) && pair.worth - prices.by_worker[j] > bidders[i].needed &&
            pair.person_part >= bidders[i].person_part_least)
          by_hand.push_back({i, j, pair.person_part, pair.worker_part, pair.service_part});
      }
    found += by_hand.size();
    for (const Kernel* kernel : kernels())
      REQUIRE(underpriced(plain.columns, bidders, prices, *kernel) == by_hand);
  }
  CHECK_GT(found, 1'000);
}

TEST_CASE("who is near is exact at the ends of the map and on the edge of a range") {
  constexpr std::int32_t most = 2'147'483'647;
  Columns columns(6);
  columns.put(0, {3, 4, 5});
  columns.put(1, {3, 5, 5});
  columns.put(2, {0, 0, 0});
  columns.put(3, {-most - 1, -most - 1, most});
  columns.put(4, {1, 0, -7});
  columns.put(5, {most, 0, most});
  columns.finish();
  Line all;
  all.words[0] = 0b111111;
  CHECK_EQ(columns.near({0, 0, 9}, 0, all).words[0], 0b000101);
  CHECK_EQ(columns.near({0, 0, most}, 0, all).words[0], 0b100101);
  CHECK_EQ(columns.near({most, most, most}, 0, all).words[0], 0b100000);
  CHECK_EQ(columns.near({0, 0, -1}, 0, all).words[0], 0);
  CHECK_EQ(columns.nearness({0, 0, 9}, 2), 10);
  CHECK_EQ(columns.nearness({0, 0, 9}, 0), 0);
  CHECK_EQ(columns.nearness({0, 4, 9}, 0), 4); // 3 of 5 metres
  CHECK_EQ(columns.nearness({0, 0, most}, 5), 0);
  CHECK_EQ(columns.nearness({most - 1, 0, most}, 5), 9); // less than a tenth counts as one
}
