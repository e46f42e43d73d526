// Who could be offered to whom, plain and compiled, and the shortlists, counts and prices read from the
// compiled form; in every writing of the kernel that this processor has. Thread CPU time, one thread. Answers
// of all kernels must be the same bytes, and those of the plain code the same pairs: else it ends with 1.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "base/random.hpp"
#include "matching/engine/one_less.hpp"
#include "matching/engine/pricing.hpp"
#include "matching/engine/shortlist.hpp"
#include "matching/waiting_list.hpp"

#include "candidates/services.hpp"
#include "matching/apart.hpp"

namespace {

using namespace kith::matching;
using kith::bench::make_service;
using kith::bench::ServiceSize;

double cpu_microseconds() { return kith::bench::cpu_seconds() * 1e6; }

std::vector<const engine::Kernel*> kernels() {
  std::vector<const engine::Kernel*> out{&engine::scalar_kernel()};
  for (const engine::Kernel* kernel : {engine::avx2_kernel(), engine::avx512_kernel()})
    if (kernel) out.push_back(kernel);
  return out;
}

// As WaitingList::prepare did it before there was a compiled form.
std::vector<Possible> plain_pairs(const WaitingList& list,
                                  const std::vector<kith::matching::Exclusion>& apart) {
  std::vector<Budget> budgets;
  for (const PreparedWorker& worker : list.workers())
    budgets.push_back(budget_of(worker.profile.wishes, worker_budget, list.settings().weights));
  std::vector<Possible> out;
  for (std::uint32_t i = 0; i < list.people().size(); ++i) {
    const PreparedPerson& person = list.people()[i];
    const Budget budget = budget_of(person.profile.wishes, person_budget, list.settings().weights);
    for (std::uint32_t j = 0; j < list.workers().size(); ++j)
      if (feasibility_of({person, list.workers()[j], apart, list.settings(), Depth::first_reason})
              .candidate())
        out.push_back({i, j, weigh({person, list.workers()[j], budget, budgets[j], list.settings()})});
  }
  return out;
}

bool same(const std::vector<Possible>& a, const std::vector<Possible>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Possible& x, const Possible& y) {
    return x.person == y.person && x.worker == y.worker && x.parts.person == y.parts.person &&
           x.parts.worker == y.parts.worker && x.parts.service == y.parts.service;
  });
}

bool compare_lists(const ServiceSize& size) {
  const PlanInput input = make_service(size, 1);
  auto apart = input.exclusions;
  std::sort(apart.begin(), apart.end());
  double compiled = 1e18;
  for (int repeat = 0; repeat < 3; ++repeat) {
    PlanInput copy = input;
    const double began = cpu_microseconds();
    const auto again = WaitingList::prepare(std::move(copy)).value();
    compiled = std::min(compiled, cpu_microseconds() - began);
  }
  const auto list = WaitingList::prepare(input).value();
  const double began = cpu_microseconds();
  const auto plain = plain_pairs(list, apart);
  const double took = cpu_microseconds() - began;
  const bool good = same(plain, list.possible());
  std::printf("| %u x %u | %zu | %.1f | %.1f | %.0f | %s |\n", size.people, size.workers, plain.size(),
              took / 1e3, compiled / 1e3, took / compiled, good ? "same pairs" : "DIFFERENT");
  return good;
}

struct Times {
  std::vector<double> each{};
  void print(const char* what, const char* kernel) {
    std::sort(each.begin(), each.end());
    const auto at = [&](std::size_t percent) { return each[(each.size() - 1) * percent / 100]; };
    std::printf("| %s | %s | %.1f | %.1f | %.1f | %.1f | %.1f |\n", what, kernel,
                std::accumulate(each.begin(), each.end(), 0.0) / static_cast<double>(each.size()), at(50),
                at(90), at(99), each.back());
  }
};

engine::Ranking ranking_of(const WaitingList& list) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
  for (std::uint32_t place = 0; place < list.workers().size(); ++place) {
    const auto id = list.workers()[list.compiled().worker_at(place)].profile.id;
    keys.emplace_back(kith::mix(list.settings().seed, kith::mix(id.high, id.low)), place);
  }
  std::sort(keys.begin(), keys.end());
  engine::Ranking out;
  out.order.resize(keys.size());
  for (std::uint32_t at = 0; at < keys.size(); ++at) out.order[keys[at].second] = at;
  return out;
}

class OneByOne { // everybody's question, put one after the other
public:
  explicit OneByOne(const WaitingList& list) : list_(list), ranking_(ranking_of(list)) {}

  bool run() {
    Times writing;
    for (const PreparedPerson& person : list_.people()) {
      const double began = cpu_microseconds();
      questions_.push_back(list_.question(person));
      writing.each.push_back(cpu_microseconds() - began);
    }
    writing.print("writing the question", "-");
    for (const engine::Kernel* kernel : kernels()) shortlists(*kernel);
    reasons();
    for (const engine::Kernel* kernel : kernels()) counts(*kernel);
    for (const engine::Kernel* kernel : kernels()) pricing(*kernel);
    return good_;
  }

private:
  const engine::Columns& columns() const { return list_.compiled().columns(); }

  template <class Answer> void check(std::vector<Answer>& first, std::vector<Answer> answers) {
    if (first.empty()) first = std::move(answers);
    else if (first != answers) good_ = false;
  }
  void shortlists(const engine::Kernel& kernel) {
    Times times;
    std::vector<std::vector<engine::Listed>> answers;
    for (const engine::Question& question : questions_) {
      const double began = cpu_microseconds();
      answers.push_back(engine::shortlist(columns(), question, ranking_, engine::shortlist_length, kernel));
      times.each.push_back(cpu_microseconds() - began);
    }
    times.print("32 best", kernel.name.data());
    check(shortlists_, std::move(answers));
  }
  void reasons() { // why each of the 32, as a value; made for what is shown only
    Times times;
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      const double began = cpu_microseconds();
      for (const engine::Listed& listed : shortlists_[i]) {
        const auto why = list_.explanation(list_.people()[i], list_.compiled().worker_at(listed.worker));
        good_ = good_ && why.person_part == listed.person_part && why.worker_part == listed.worker_part &&
                why.service_part == listed.service_part;
      }
      times.each.push_back(cpu_microseconds() - began);
    }
    times.print("their reasons", "-");
  }
  void counts(const engine::Kernel& kernel) {
    Times times;
    std::vector<engine::OneLess> answers;
    for (const engine::Question& question : questions_) {
      const double began = cpu_microseconds();
      answers.push_back(engine::count_one_less(columns(), question, kernel));
      times.each.push_back(cpu_microseconds() - began);
    }
    times.print("counts with one clause less", kernel.name.data());
    check(counts_, std::move(answers));
  }
  // Prices as they stand after a solve: each worker's is what the third best of those who list them first
  // would lose, roughly; enough that few pairs are worth more.
  void pricing(const engine::Kernel& kernel) {
    std::vector<std::int64_t> by_worker(columns().workers(), 0);
    for (const auto& listed : shortlists_)
      for (std::size_t k = 0; k < listed.size() && k < 12; ++k)
        by_worker[listed[k].worker] = std::max<std::int64_t>(by_worker[listed[k].worker], 500);
    const engine::Prices prices(std::move(by_worker));
    Times times;
    std::vector<engine::PricedPair> answers;
    for (std::size_t first = 0; first < questions_.size(); first += 32) {
      std::vector<engine::Bidder> bidders;
      for (std::size_t i = first; i < std::min(first + 32, questions_.size()); ++i) {
        const auto& listed = shortlists_[i];
        bidders.push_back({&questions_[i],
                           listed.empty() ? 0 : listed[std::min<std::size_t>(11, listed.size() - 1)].worth,
                           0});
      }
      const double began = cpu_microseconds();
      const auto pairs = engine::underpriced(columns(), bidders, prices, kernel);
      const double each = (cpu_microseconds() - began) / static_cast<double>(bidders.size());
      times.each.insert(times.each.end(), bidders.size(), each);
      answers.insert(answers.end(), pairs.begin(), pairs.end());
    }
    times.print("pricing pass, a person", kernel.name.data());
    check(priced_, std::move(answers));
  }

  const WaitingList& list_;
  engine::Ranking ranking_{};
  std::vector<engine::Question> questions_{};
  std::vector<std::vector<engine::Listed>> shortlists_{};
  std::vector<engine::OneLess> counts_{};
  std::vector<engine::PricedPair> priced_{};
  bool good_{true};
};

} // namespace

int main(int count, char** words) {
  const int workers = count > 1 ? std::atoi(words[1]) : 50'000;
  if (workers < 1'000 || workers > 1'000'000)
    return std::fputs("./x bench candidates [WORKERS], 1,000 to 1,000,000 (default 50,000)\n", stderr), 2;
  std::puts("| people x workers | possible pairs | pair by pair, ms | compiled, ms | ratio | |\n"
            "|---|---|---|---|---|---|");
  bool good = compare_lists({300, 40});
  good = compare_lists({5'000, 500}) && good;
  constexpr std::uint32_t people = 500;
  const double began = cpu_microseconds();
  const auto list =
      WaitingList::prepare(make_service({people, static_cast<std::uint32_t>(workers)}, 2)).value();
  std::printf("\n%d workers, %u people, %.1f %% of the pairs possible, made and prepared in %.1f s. "
              "Microseconds:\n\n",
              workers, people, 100.0 * static_cast<double>(list.possible().size()) / workers / people,
              (cpu_microseconds() - began) / 1e6);
  std::puts("| | kernel | mean | median | 90 % | 99 % | most |\n|---|---|---|---|---|---|---|");
  good = OneByOne(list).run() && good;
  if (!good) std::puts("\nDIFFERENT answers");
  return good ? 0 : 1;
}
