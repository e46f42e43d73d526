// Group parity beside one solve without bands: the same people, workers and pairs, one thread, alternating,
// the least CPU time of the repeats; building the instance is in neither time. Four quarters of the list are
// groups, and the further a quarter the fewer of its places are left, so that the bands bind. Beside it: the
// optimum (optimum.hpp), and one cheapest flow without groups with classes as bonuses of r x D. That the flow
// is worth what the optimum is, and that the bands hold, is checked: if not, it ends with 1.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "matching/engine/flow.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/parity.hpp"

#include "matching/apart.hpp"
#include "matching/families.hpp"

namespace {

using kith::bench::cpu_seconds;
using namespace kith::matching::engine;

constexpr const char* help = "./x bench parity [--people N] [--family NAME] [--weighted] [--repeats N] "
                             "[--alone]\n"
                             "  --people N     from 1,000 (default 10,000), with a tenth as many workers\n"
                             "  --family NAME  of those of ./x bench matching (default city)\n"
                             "  --weighted     a plain sum instead of the strict order\n"
                             "  --repeats N    runs of each, of which the fastest counts (default 3)\n"
                             "  --alone        without the flow, which takes minutes at 100,000\n";
constexpr std::uint32_t quarters = 4;

struct Options {
  std::int64_t people{10'000};
  std::string family{"city"};
  bool weighted{};
  std::int64_t repeats{3};
  bool alone{};
};

bool read_options(int count, char** words, Options& out) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--weighted") out.weighted = true;
    else if (word == "--alone") out.alone = true;
    else if (i + 1 == count) return false;
    else if (word == "--family") out.family = words[++i];
    else if (word == "--people") out.people = std::atoll(words[++i]);
    else if (word == "--repeats") out.repeats = std::atoll(words[++i]);
    else return false;
  }
  const auto& families = kith::bench::families();
  return out.people >= 1'000 && out.people <= 1'000'000 && out.repeats > 0 &&
         std::any_of(families.begin(), families.end(), [&](const auto& f) { return f.name == out.family; });
}

std::uint32_t quarter_of(std::size_t at, std::size_t size) {
  return static_cast<std::uint32_t>(at * quarters / size);
}

// The family's instance; of four places of a worker in quarter q, q are gone.
Instance make(const Options& options) {
  const auto people = static_cast<std::uint32_t>(options.people);
  const Packed packed =
      kith::bench::make_instance({options.family, {people, people / 10, 26}, !options.weighted, 1});
  Instance out;
  out.objective = options.weighted ? Objective::weighted : Objective::strict;
  std::uint32_t place = 0;
  for (std::uint32_t j = 0; j < packed.workers(); ++j) {
    out.workers.push_back({j, 0});
    for (std::uint16_t k = 0; k < packed.places[j]; ++k)
      if (place++ % quarters >= quarter_of(j, packed.workers())) ++out.workers.back().places;
  }
  for (std::uint32_t i = 0; i < packed.people(); ++i) {
    out.people.push_back({i, options.weighted ? std::uint16_t{0} : packed.rank[i], packed.order[i],
                          options.weighted ? packed.bonus[i] : 0, 0});
    packed.each_pair(i,
                     [&](const PackedPair& pair) { out.pairs.push_back({i, pair.worker, pair.fit, 0, 0}); });
  }
  return out;
}

// People, workers, "has an offer", "has none"; as many have one as the optimum gives. Costs are what each
// pair is worth with its bonus, below 0.
FlowNetwork plain_network(const Instance& instance, std::int64_t served) {
  FlowNetwork out;
  const auto people = static_cast<std::uint32_t>(instance.people.size());
  const auto has = people + static_cast<std::uint32_t>(instance.workers.size());
  const std::vector<std::int64_t> bonus = bonuses(instance);
  out.supplies.assign(has + 2, 0);
  out.supplies[has] = -served;
  out.supplies[has + 1] = served - people;
  for (const InstancePair& pair : instance.pairs)
    out.arcs.push_back({pair.person, people + pair.worker, 1, -bonus[pair.person] - fit_of(pair)});
  for (std::uint32_t i = 0; i < people; ++i) {
    out.supplies[i] = 1;
    out.arcs.push_back({i, has + 1, 1, 0});
  }
  for (std::uint32_t j = 0; j < instance.workers.size(); ++j)
    out.arcs.push_back({people + j, has, instance.workers[j].places, 0});
  return out;
}

template <class Body> void time(double& least, const Body& body) {
  const double began = cpu_seconds();
  body();
  least = std::min(least, cpu_seconds() - began);
}

void print_shares(const Parity& parity) {
  std::puts("\n| group | people | before | with bands | least | most |\n|---|---|---|---|---|---|");
  for (const GroupShare& share : parity.shares) {
    const double people = static_cast<double>(share.people) / 100;
    std::printf("| %zu | %lld | %.2f %% | %.2f %% | %lld | %lld |\n",
                static_cast<std::size_t>(&share - parity.shares.data()) + 1,
                static_cast<long long>(share.people), static_cast<double>(share.before) / people,
                static_cast<double>(share.served) / people, static_cast<long long>(share.least),
                static_cast<long long>(share.most));
  }
  std::printf("\n%lld people as before; fit %lld, now %lld; %zu lose an offer, %zu gain one, %zu move\n",
              static_cast<long long>(parity.totals.people), static_cast<long long>(parity.before.fit),
              static_cast<long long>(parity.totals.fit), parity.lost.size(), parity.gained.size(),
              parity.moved.size());
}

bool run(const Options& options) {
  const Instance instance = make(options);
  Groups groups;
  groups.parents.assign(quarters, no_group);
  for (std::size_t i = 0; i < instance.people.size(); ++i)
    groups.group_of.push_back(static_cast<std::uint8_t>(quarter_of(i, instance.people.size())));
  double optimum = 1e9, flow = 1e9, parity = 1e9;
  bool good = true;
  kith::Result<Parity> banded = Parity();
  for (std::int64_t k = 0; k < options.repeats; ++k) {
    Optimum best;
    time(optimum, [&] { best = solve_optimum(instance); });
    if (!options.alone) {
      const FlowNetwork network = plain_network(instance, best.totals.people);
      time(flow, [&] { good = solve_flow(network)->cost == -best.totals.value && good; });
    }
    const ParityWish wish{band_usual, best.worker_of, {}};
    time(parity, [&] { banded = solve_parity(instance, groups, wish); });
    if (!banded.ok()) return std::puts("No plan keeps the bands"), false;
    for (const GroupShare& share : banded->shares)
      good = share.least <= share.served && share.served <= share.most && good;
  }
  std::printf("%zu pairs. Optimum %.4f s, bands after it %.4f s: %.1f times the optimum",
              instance.pairs.size(), optimum, parity, parity / optimum);
  if (!options.alone)
    std::printf("; plain flow %.4f s: optimum and bands are %.2f times that", flow,
                (optimum + parity) / flow);
  std::puts("");
  print_shares(*banded);
  if (!good) std::puts("DIFFERENT: another value of the flow, or a broken band");
  return good;
}

} // namespace

int main(int count, char** words) {
  Options options;
  if (!read_options(count, words, options)) return std::fputs(help, stderr), 2;
  std::printf("%s, %lld people, %s order, one thread, CPU seconds, least of %lld\n", options.family.c_str(),
              static_cast<long long>(options.people), options.weighted ? "weighted" : "strict",
              static_cast<long long>(options.repeats));
  return run(options) ? 0 : 1;
}
