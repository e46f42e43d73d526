// What one change costs a list that stays planned (src/matching/engine/live.hpp), kind by kind: somebody
// arrives, declines the worker they were offered, leaves; a worker goes on leave and comes back, has a place
// more and one less. Wall-clock microseconds on one thread, of events drawn by chance on the family city of
// bench/matching. The proof is checked every so often and at the end; a gap ends it with 1.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/random.hpp"
#include "matching/engine/live.hpp"
#include "matching/engine/optimum.hpp"

#include "matching/families.hpp"

namespace {

using namespace kith::matching::engine;
using Clock = std::chrono::steady_clock;

constexpr const char* help =
    "./x bench events [--people N] [--family NAME] [--events N] [--check-every N] [--weighted]\n"
    "  --people N       on the list at first (default 10,000)\n"
    "  --family NAME    of ./x bench matching (default city)\n"
    "  --events N       how many (default 20,000)\n"
    "  --check-every N  events between two checks of the proof (default 1,000)\n"
    "  --weighted       a plain sum instead of the strict order\n";

enum Kind { arrive, decline, leave, on_leave, back, place_more, place_less, kinds };
constexpr std::array<const char*, kinds> names{"arrive",      "decline",    "leave",     "worker on leave",
                                               "worker back", "place more", "place less"};

struct Options {
  std::uint32_t people{10'000};
  std::string family{"city"};
  std::int64_t events{20'000};
  std::int64_t check_every{1'000};
  bool weighted{};
};

class Changes {
public:
  explicit Changes(const Options& options)
      : options_(options), workers_(options.people >= 100'000 ? options.people / 20 : options.people / 10),
        problem_(kith::bench::make_instance(
            {options.family, {options.people, workers_, 26}, !options.weighted, 1})),
        live_(problem_) {}
  bool run();
  void print() const;

private:
  void happen();
  template <class Body> void timed(Kind kind, const Body& body);
  std::uint32_t somebody(bool with_place);
  void somebody_arrives();

  Options options_;
  std::uint32_t workers_{};
  Packed problem_;
  Live live_;
  kith::SeededRandom random_{26};
  std::array<std::vector<double>, kinds> micros_{};
};

template <class Body> void Changes::timed(Kind kind, const Body& body) {
  const auto began = Clock::now();
  body();
  micros_[kind].push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
}

std::uint32_t Changes::somebody(bool with_place) {
  while (true) {
    const auto person = static_cast<std::uint32_t>(random_.below(live_.people()));
    if (!with_place || live_.worker_of(person) != nobody) return person;
  }
}

// Somebody like one of those who were there at first, whose fits are drawn anew.
void Changes::somebody_arrives() {
  const auto like = static_cast<std::uint32_t>(random_.below(options_.people));
  std::vector<PackedPair> pairs;
  problem_.each_pair(like, [&](const PackedPair& pair) {
    pairs.push_back({pair.worker, static_cast<std::int32_t>(
                                      random_.below(static_cast<std::uint64_t>(problem_.greatest_fit) + 1))});
  });
  timed(arrive, [&] { live_.arrive(problem_.bonus[like], pairs); });
}

void Changes::happen() {
  const auto worker = static_cast<std::uint32_t>(random_.below(workers_));
  const std::uint64_t of_hundred = random_.below(100);
  if (of_hundred < 45) return somebody_arrives();
  if (of_hundred < 70) {
    const std::uint32_t person = somebody(true), offered = live_.worker_of(person);
    return timed(decline, [&] { live_.remove_pair(person, offered); });
  }
  if (of_hundred < 90) {
    const std::uint32_t person = somebody(of_hundred < 80);
    return timed(leave, [&] { live_.leave(person); });
  }
  if (of_hundred < 95) {
    const auto places = static_cast<std::uint16_t>(problem_.places[worker] + 1);
    timed(place_more, [&] { live_.set_places(worker, places); });
    return timed(place_less, [&] { live_.set_places(worker, problem_.places[worker]); });
  }
  timed(on_leave, [&] { live_.go_on_leave(worker); });
  timed(back, [&] { live_.come_back(worker); });
}

bool Changes::run() {
  for (std::int64_t event = 1; event <= options_.events; ++event) {
    happen();
    if ((event % options_.check_every == 0 || event == options_.events) && !live_.proved()) {
      std::printf("NOT PROVED after %lld events\n", static_cast<long long>(event));
      return false;
    }
  }
  return true;
}

void Changes::print() const {
  std::printf("| event | times | mean | median | p99 | most |\n|---|---|---|---|---|---|\n");
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    std::vector<double> sorted = micros_[kind];
    if (sorted.empty()) continue;
    std::sort(sorted.begin(), sorted.end());
    double sum = 0;
    for (const double each : sorted) sum += each;
    const auto at = [&](double share) {
      return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
    };
    std::printf("| %s | %zu | %.1f | %.1f | %.1f | %.1f |\n", names[kind], sorted.size(),
                sum / static_cast<double>(sorted.size()), at(0.5), at(0.99), sorted.back());
  }
}

bool number(const char* text, std::int64_t& out) {
  char* end = nullptr;
  out = std::strtoll(text, &end, 10);
  return end != text && *end == 0 && out > 0 && out <= 100'000'000;
}

bool read_options(int count, char** words, Options& out) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    std::int64_t value = 0;
    if (word == "--weighted") out.weighted = true;
    else if (i + 1 == count) return false;
    else if (word == "--family") out.family = words[++i];
    else if (!number(words[++i], value)) return false;
    else if (word == "--people" && value >= 1'000 && value <= 4'000'000)
      out.people = static_cast<std::uint32_t>(value);
    else if (word == "--events") out.events = value;
    else if (word == "--check-every") out.check_every = value;
    else return false;
  }
  return std::any_of(kith::bench::families().begin(), kith::bench::families().end(),
                     [&](const auto& family) { return family.name == out.family; });
}

} // namespace

int main(int count, char** words) {
  if (count > 1 && (std::strcmp(words[1], "--help") == 0 || std::strcmp(words[1], "-h") == 0)) {
    std::fputs(help, stdout);
    return 0;
  }
  Options options;
  if (!read_options(count, words, options)) {
    std::fputs(help, stderr);
    return 2;
  }
  Changes changes(options);
  const bool good = changes.run();
  std::printf("%s, %u people, %s order, microseconds, proof checked every %lld events\n\n",
              options.family.c_str(), options.people, options.weighted ? "weighted" : "strict",
              static_cast<long long>(options.check_every));
  changes.print();
  return good ? 0 : 1;
}
