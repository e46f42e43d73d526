#include "matching/simulation/simulation.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "matching/simulation/agenda.hpp"
#include "matching/simulation/statistics.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::simulation;

namespace {

constexpr Ticks unit = 1'000'000; // the mean length of a connection
constexpr std::int64_t million = 1'000'000;

Lengths exponential(Ticks mean) { return {Shape::exponential, mean, {}}; }
Lengths fixed(Ticks length) { return {Shape::fixed, length, {}}; }

// One kind of people and one worker with so many places, in balance after the first tenth.
Model line_of(std::int32_t places, double load, Ticks units) {
  Model model;
  model.end = units * unit;
  model.counted_from = model.end / 10;
  model.kinds = {{1, 0, 0, exponential(unit), {}, 0}};
  model.workers = {{1, places, 0, 0, {}, 0}};
  model.fits = {0};
  model.rates = {{0, std::llround(static_cast<double>(unit) / (places * load))}};
  return model;
}

template <class Value> Estimate over_runs(const Model& model, std::uint32_t runs, Value value) {
  Simulation simulation(model);
  std::vector<std::int64_t> values;
  for (std::uint32_t run = 0; run < runs; ++run) values.push_back(value(simulation.run(20'261'124, run)));
  return estimate_of(values).value();
}

// The exact figure lies in the 99 % interval, and the interval is narrower than this share of it.
void check_holds(const Estimate& estimate, double exact, double width_most) {
  CAPTURE(estimate.low);
  CAPTURE(estimate.high);
  CAPTURE(exact * 100);
  CHECK(static_cast<double>(estimate.low) <= exact * 100);
  CHECK(static_cast<double>(estimate.high) >= exact * 100);
  CHECK(static_cast<double>(estimate.high - estimate.low) < width_most * exact * 100);
}

double erlang_b(int places, double offered) {
  double blocked = 1;
  for (int n = 1; n <= places; ++n) blocked = offered * blocked / (n + offered * blocked);
  return blocked;
}
double erlang_c(int places, double offered) {
  const double b = erlang_b(places, offered);
  return places * b / (places - offered * (1 - b));
}

std::int64_t of_million(std::int64_t part, std::int64_t whole) { return part * million / whole; }

// Two workers and two kinds by hand: hours of the day are enough.
Model by_hand() {
  Model model;
  model.end = 1'000;
  model.kinds = {{1, 0, 0, fixed(100), {}, 0}, {1, 0, 0, fixed(30), {}, 0}};
  model.workers = {{7, 1, 0, 0, {}, 0}, {8, 1, 0, 0, {}, 0}};
  model.fits = {5, not_possible, 1, 9};
  return model;
}

std::vector<Ticks> waits(const Model& model) { return Simulation(model).run(1, 0).waits; }

} // namespace

TEST_CASE("an eight-place line at nine tenths of its load waits as Erlang C says") {
  const double waits_at_all = erlang_c(8, 7.2), mean = waits_at_all / (8 - 7.2);
  CHECK(std::abs(waits_at_all - 0.7015) < 0.00005); // the tables' figures
  CHECK(std::abs(mean - 0.8769) < 0.00005);
  const Model model = line_of(8, 0.9, 4'000);
  check_holds(over_runs(model, 100, [](const Figures& f) { return f.wait_sum / f.served; }), mean * unit,
              0.1);
  check_holds(
      over_runs(model, 40, [](const Figures& f) { return of_million(f.served - f.at_once, f.served); }),
      waits_at_all * million, 0.04);
}

TEST_CASE("where nobody waits, as many are lost as Erlang B says, whatever the lengths") {
  Model model = line_of(5, 0.8, 4'000);
  model.kinds[0].patience = fixed(0);
  const auto lost = [](const Figures& f) { return of_million(f.gave_up, f.arrived); };
  check_holds(over_runs(model, 30, lost), erlang_b(5, 4) * million, 0.04);
  model.kinds[0].length = {Shape::listed, 0, {unit / 2, unit / 2, 2 * unit}};
  check_holds(over_runs(model, 30, lost), erlang_b(5, 4) * million, 0.04);
}

TEST_CASE("with impatient people as many give up as Erlang A says") {
  Model model = line_of(6, 1.1, 4'000);
  model.kinds[0].patience = exponential(2 * unit);
  const double arrivals = 6.6, gives_up = 0.5;
  double weight = 1, sum = 1, waiting = 0; // of n people present, in proportion
  for (int n = 1; n < 400; ++n) {
    weight *= arrivals / (std::min(n, 6) + gives_up * std::max(n - 6, 0));
    sum += weight;
    waiting += weight * std::max(n - 6, 0);
  }
  waiting /= sum;
  check_holds(over_runs(model, 30, [](const Figures& f) { return of_million(f.gave_up, f.arrived); }),
              gives_up * waiting / arrivals * million, 0.05);
  model.counted_from = -forever;
  check_holds(over_runs(model, 30, [&](const Figures& f) { return f.waiting_ticks / 4'000; }), waiting * unit,
              0.05);
}

TEST_CASE("one place and connections of one length wait half as long as Erlang's") {
  Model model = line_of(1, 0.7, 20'000);
  model.kinds[0].length = fixed(unit);
  check_holds(over_runs(model, 30, [](const Figures& f) { return f.wait_sum / f.served; }),
              0.7 / (2 * 0.3) * unit, 0.05);
}

TEST_CASE("two classes at one place wait as Cobham says, and in arrival order alike") {
  Model model = line_of(1, 0.8, 20'000);
  model.order = Order::promise;
  model.kinds = {{1, 0, 0, exponential(unit * 3 / 2), {}, 0}, {1, 1, 0, exponential(unit / 2), {}, 0}};
  model.fits = {0, 0};
  const double under_way = 0.4 * 1.5 * 1.5 + 0.4 * 0.5 * 0.5; // sum of rate x second moment / 2
  const double high = 0.4 * 0.5, low = 0.4 * 1.5;
  const auto mean_of = [](std::size_t kind) {
    return [kind](const Figures& f) { return f.kind_wait[kind] / f.kind_served[kind]; };
  };
  check_holds(over_runs(model, 40, mean_of(1)), under_way / (1 - high) * unit, 0.05);
  check_holds(over_runs(model, 40, mean_of(0)), under_way / ((1 - high) * (1 - high - low)) * unit, 0.1);
  model.order = Order::arrival;
  check_holds(over_runs(model, 40, mean_of(1)), under_way / (1 - high - low) * unit, 0.1);
}

TEST_CASE("a waiting list in which everything is fixed comes out as counted by hand") {
  Model model = by_hand();
  // Kind 0 fits the first worker only; kind 1 both, the second better. One connection of 60 or so is under
  // way.
  model.known = {{-40, 0, {}}, {-10, 0, {}}, {5, 1, {}}, {20, 1, {}}, {50, 0, {}}};
  // 0: the first to the first worker, 40 waited; 5: the third at once to the second, until 35; 35: the
  // fourth, 15 waited; 100: the second, 110 waited; 200: the fifth, 150 waited.
  CHECK_EQ(waits(model), std::vector<Ticks>{40, 0, 15, 110, 150});
  const Figures figures = Simulation(model).run(1, 0);
  CHECK_EQ(figures.waiting_ticks, 100 + 15 + 150);
  CHECK_EQ(figures.used_ticks, 300 + 60);
  CHECK_EQ(figures.open_ticks, 2'000);
  CHECK_EQ(figures.events, 3 + 5);
}

TEST_CASE("who is next follows the order: arrival, class then promise, or the closest fit") {
  Model model = by_hand();
  model.workers = {{7, 1, 0, 0, {}, 0}};
  model.kinds = {
      {1, 0, 50, fixed(100), {}, 0}, {1, 0, 10, fixed(100), {}, 0}, {1, 3, 400, fixed(100), {}, 0}};
  model.fits = {1, 2, 1};
  model.known = {{1, 0, {}}, {2, 0, {}}, {3, 2, {}}, {4, 1, {}}, {5, 0, {}}};
  const auto order = [&](Order by) {
    model.order = by;
    return waits(model);
  };
  CHECK_EQ(order(Order::arrival), std::vector<Ticks>{0, 99, 198, 297, 396});
  CHECK_EQ(order(Order::promise), std::vector<Ticks>{0, 98, 197, 299, 396}); // third, fourth, second, fifth
  CHECK_EQ(order(Order::closest), std::vector<Ticks>{0, 97, 199, 298, 396}); // fourth, second, third, fifth
}

TEST_CASE("a decline leaves the place free for the next, and the same two are not asked again") {
  Model model = by_hand();
  model.known = {{1, 0, {0}}, {2, 0, {}}, {3, 1, {1}}};
  CHECK_EQ(waits(model), std::vector<Ticks>{0, 99}); // the second at 2 until 102, then the third
  CHECK_EQ(Simulation(model).run(1, 0).left_waiting, 1);
  model.kinds[0].declines_permille = 1'000;
  const Figures figures = Simulation(model).run(1, 0);
  CHECK_EQ(figures.declined, 1);
  CHECK_EQ(figures.waits, std::vector<Ticks>{0});
  CHECK_EQ(figures.left_waiting, 2);
}

TEST_CASE(
    "while somebody decides their place is kept and they wait, and a decline costs the place that time") {
  Model model = by_hand();
  model.workers = {{7, 1, 0, 0, {}, 0}};
  model.kinds = {{1, 0, 0, fixed(100), {}, 0, fixed(10)}};
  model.fits = {5};
  model.known = {{0, 0, {}}, {5, 0, {}}};
  // The first is asked at 0 and begins at 10, until 110; the second then, and begins at 120.
  const Figures all_accept = Simulation(model).run(1, 0);
  CHECK_EQ(all_accept.waits, std::vector<Ticks>{10, 115});
  CHECK_EQ(all_accept.reserved_ticks, 20);
  CHECK_EQ(all_accept.waiting_ticks, 125);
  CHECK_EQ(all_accept.used_ticks, 200);
  CHECK_EQ(all_accept.events, 1 + 2 + 2);
  model.kinds[0].declines_permille = 1'000; // at 10 and at 20, and both wait on
  const Figures all_decline = Simulation(model).run(1, 0);
  CHECK_EQ(all_decline.declined, 2);
  CHECK_EQ(all_decline.reserved_ticks, 20);
  CHECK_EQ(all_decline.waiting_ticks, 1'000 + 995);
  CHECK_EQ(all_decline.left_waiting, 2);
  model.kinds[0].patience = fixed(4); // gone at 4 and at 9, before they have decided
  const Figures all_leave = Simulation(model).run(1, 0);
  CHECK_EQ(all_leave.gave_up, 2);
  CHECK_EQ(all_leave.declined, 0);
  CHECK_EQ(all_leave.reserved_ticks, 8);
}

TEST_CASE("whoever declines is where they were in the line, and what was offered before leave stands") {
  Model model = by_hand();
  model.kinds = {{1, 0, 0, fixed(100), {}, 0, fixed(10)}};
  model.workers = {{7, 1, 0, 0, {}, 0}, {8, 1, 0, 0, {{305, 900}}, 0}};
  model.fits = {5, 4};
  // The first declines the first worker at 10 and nobody else does. The second has the other from 11; at 10
  // the third has the first worker, from 20; at 111 the first is next, at the second worker, from 121.
  model.kinds.push_back({1, 0, 0, fixed(100), {}, 1'000, fixed(10)});
  model.fits = {5, 4, 5, not_possible};
  model.known = {{0, 1, {}}, {1, 0, {}}, {2, 0, {}}};
  const Figures figures = Simulation(model).run(1, 0);
  CHECK_EQ(figures.waits, std::vector<Ticks>{10, 18});
  CHECK_EQ(figures.declined, 1);
  CHECK_EQ(figures.left_waiting, 1);
  model.known = {{0, 0, {0}}, {1, 0, {}}, {2, 0, {}}, {300, 0, {0}}}; // the last is asked at 300, until 310
  CHECK_EQ(Simulation(model).run(1, 0).waits, std::vector<Ticks>{10, 10, 118, 10});
}

TEST_CASE("one place with offers that take time waits as Pollaczek and Khinchine say") {
  const double decide = 0.3, declined = 0.2, length = 0.7;
  Model model = line_of(1, 0.8, 3'000);
  model.kinds[0] = {1, 0, 0, fixed(700'000), {}, 200, exponential(300'000)};
  // A place is taken for the time to answer, and then for the connection of whoever accepts.
  const double busy = decide + (1 - declined) * length;
  const double squared = 2 * decide * decide + (1 - declined) * (2 * decide * length + length * length);
  const double waits_for_offer = 0.8 * squared / (2 * (1 - 0.8 * busy));
  check_holds(over_runs(model, 40, [](const Figures& f) { return f.wait_sum / f.served; }),
              (waits_for_offer + decide) * unit, 0.1);
  model.counted_from = -forever;
  check_holds(over_runs(model, 40, [](const Figures& f) { return f.reserved_ticks / 3'000; }),
              0.8 * decide * unit, 0.1);
}

TEST_CASE(
    "a floor holds a pair back until its day, for nobody who is overdue, and not from somebody closer") {
  constexpr Ticks day = ticks_of_day, five_hours = day * 5 / 24;
  Model model;
  model.end = 100 * day;
  model.kinds = {{1, 0, 28 * day, fixed(10 * day), {}, 0, fixed(0), 14 * day},
                 {1, 0, 28 * day, fixed(10 * day), {}, 0, fixed(0), 14 * day}};
  model.workers = {{7, 1, 0, 0, {}, 0}, {8, 1, 0, 5 * day, {}, 0}};
  model.fits = {9, 3, 9, not_possible};
  model.closeness = {2, 1, 2, 0};
  model.known = {{-40 * day, 1, {}}, {day + five_hours, 1, {}}, {2 * day, 0, {}}};
  // The first is overdue and has the first worker at once, until the 10th day. The third has the second, who
  // is closer, on the 5th. The second waits until the 15th, though the first worker is free from the 10th.
  model.floor = std::uint8_t{1};
  const Figures held = Simulation(model).run(1, 0);
  CHECK_EQ(held.waits, std::vector<Ticks>{40 * day, 3 * day, 14 * day - five_hours});
  CHECK_EQ(held.closeness_served, std::array<std::int64_t, 4>{0, 1, 2, 0});
  CHECK_EQ(held.events, 2 + 1 + 3 + 2); // arrivals, joining, endings, and the floor of both kinds lifts
  model.floor.reset();
  CHECK_EQ(waits(model), std::vector<Ticks>{40 * day, 3 * day, 9 * day - five_hours});
  model.floor = std::uint8_t{1};
  model.known = {{day, 1, {}}, {day + 1, 1, {}}, {day + 2, 0, {}}};
  // The third has the second worker again. The floor lifts for all on the 15th: whoever came first is first.
  CHECK_EQ(waits(model), std::vector<Ticks>{4 * day - 2, 14 * day, 24 * day - 1});
}

TEST_CASE("within a band of days the fit decides, and between bands the days") {
  constexpr Ticks day = ticks_of_day;
  Model model;
  model.end = 100 * day;
  model.order = Order::promise;
  model.kinds = {{1, 0, 28 * day, fixed(20 * day), {}, 0}, {1, 0, 30 * day, fixed(20 * day), {}, 0}};
  model.fits = {1, 5};
  model.known = {{day, 0, {}}, {2 * day, 1, {}}}; // due on the 29th and on the 32nd
  const auto first_wait = [&](Ticks free_from, std::int32_t band) {
    model.workers = {{7, 1, 0, free_from, {}, 0}};
    model.band_days = band;
    return waits(model).at(0) / day;
  };
  CHECK_EQ(first_wait(10 * day, 0), 9); // 19 and 22 days before
  CHECK_EQ(first_wait(10 * day, 7), 9);
  CHECK_EQ(first_wait(10 * day, 14), 8);
  CHECK_EQ(first_wait(10 * day, one_band), 8);
  CHECK_EQ(first_wait(31 * day, one_band), 30); // one is overdue
  CHECK_EQ(first_wait(40 * day, one_band), 38); // both are, by 11 and by 8 days
  CHECK_EQ(first_wait(40 * day, 7), 38);
  CHECK_EQ(first_wait(40 * day, 3), 39);
  model.kinds[0].klass = 1;
  CHECK_EQ(first_wait(40 * day, one_band), 39);
}

TEST_CASE("leave and joining late keep places shut, and patience ends where it must") {
  Model model = by_hand();
  model.workers = {{7, 1, 0, 50, {{120, 400}}, 0}, {8, 2, 1, 0, {{0, 30}, {500, forever}}, 0}};
  model.live_length = fixed(0);
  model.known = {{1, 0, {}}, {2, 0, {}}, {3, 1, {}}, {600, 1, {}}};
  // 30: the second worker is back, the third waited 27; 50: the first joins, the first person waited 49,
  // until 150 in spite of leave; 400: back, the second waited 398; the first is free again at 500 for the
  // fourth.
  CHECK_EQ(waits(model), std::vector<Ticks>{27, 49, 398, 0});
  CHECK_EQ(Simulation(model).run(1, 0).open_ticks, (120 - 50) + (1'000 - 400) + 2 * (500 - 30));
  model.kinds[0].patience = fixed(49);
  const Figures figures = Simulation(model).run(1, 0);
  CHECK_EQ(figures.waits, std::vector<Ticks>{27, 49, 0}); // a place of the last moment is still in time
  CHECK_EQ(figures.gave_up, 1);
}

TEST_CASE("the same seed gives the same figures, and the n-th to arrive is the same person elsewhere") {
  Model model = line_of(3, 1.2, 300);
  model.counted_from = -forever;
  model.kinds.push_back({2, 0, 0, exponential(unit), exponential(unit), 200});
  model.workers.push_back({2, 2, 2, 0, {}, unit});
  model.workers.push_back({3, 2, 2, 0, {}, 5 * unit});
  model.live_length = exponential(unit);
  model.fits = {1, 2, 3, 3, not_possible, 1};
  Simulation simulation(model);
  const Figures first = simulation.run(7, 3);
  simulation.run(8, 3);
  CHECK_EQ(simulation.run(7, 3).waits, first.waits);
  CHECK_EQ(Simulation(model).run(7, 3).waits, first.waits);
  CHECK_NE(simulation.run(7, 4).waits, first.waits);
  CHECK_NE(simulation.run(8, 3).waits, first.waits);
  model.workers.push_back({9, 40, 0, 0, {}, 0}); // one more changes nobody who comes, only how long they wait
  model.fits = {1, 2, 3, 0, 3, not_possible, 1, 0};
  const Figures more = Simulation(model).run(7, 3);
  CHECK_EQ(more.arrived, first.arrived);
  CHECK_LT(more.waiting_ticks, first.waiting_ticks);
}

TEST_CASE("drawn lengths have the mean they should, met under way too") {
  const auto mean_of = [](auto drawn) {
    std::vector<std::int64_t> values;
    for (std::uint64_t n = 0; n < 200'000; ++n) values.push_back(drawn(mix(11, n)));
    return estimate_of(values).value();
  };
  const Lengths listed{Shape::listed, 0, {1'000, 1'000, 4'000}};
  check_holds(mean_of([](auto hash) { return draw(exponential(5'000), hash); }), 5'000, 0.02);
  check_holds(mean_of([&](auto hash) { return draw(listed, hash); }), 2'000, 0.02);
  check_holds(mean_of([](auto hash) { return draw_remaining(exponential(5'000), hash); }), 5'000, 0.02);
  check_holds(mean_of([](auto hash) { return draw_remaining(fixed(5'000), hash); }), 2'500, 0.02);
  check_holds(mean_of([&](auto hash) { return draw_remaining(listed, hash); }), 1'500,
              0.02); // 18 m / 2 / 6 k
  CHECK_EQ(draw({}, 1), forever);
  for (const double u : {1.0, 0.5, 0.3, 1e-9})
    CHECK(std::abs(unit_exponential((static_cast<std::uint64_t>(u * 0x1p53) - 1) << 11) + std::log(u)) <
          1e-7);
}

TEST_CASE("the agenda gives events in order, whenever they were planned") {
  SeededRandom random(5);
  for (const Ticks end : {Ticks{90}, Ticks{100'000}, event_limit - 1}) {
    Agenda agenda;
    agenda.clear(end, 4'000);
    std::vector<EventKey> keys;
    for (int n = 0; n < 2'000; ++n) {
      const auto now = keys.empty() ? 0 : at_of(keys.back());
      for (int more = n < 1'000 ? 2 : 0; more > 0; --more)
        agenda.plan(event_key(now + static_cast<Ticks>(random.below(static_cast<std::uint64_t>(end - now))),
                              Happens::ending, static_cast<std::uint32_t>(n)));
      keys.push_back(agenda.first());
      agenda.take();
    }
    CHECK_EQ(agenda.first(), no_event);
    CHECK(std::is_sorted(keys.begin(), keys.end()));
  }
  const EventKey key = event_key(99, Happens::arrival, 12);
  CHECK((at_of(key) == 99 && what_of(key) == Happens::arrival && about_of(key) == 12));
}

TEST_CASE("an interval is Student's, in hundredths") {
  CHECK(std::abs(student_995(9) - 3.2498) < 0.001); // the tables' figures
  CHECK(std::abs(student_995(30) - 2.7500) < 0.0001);
  CHECK(std::abs(student_995(1'000'000) - 2.5758) < 0.0001);
  const std::vector<std::int64_t> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  CHECK_EQ(estimate_of(values), Estimate{550, 239, 861, 10}); // 5.5 +- 3.2498 x 3.0277 / sqrt 10
  CHECK_EQ(estimate_of(std::span(values).first(9)), std::nullopt);
  const auto rank = [](std::vector<std::int64_t> of, int percent) { return nearest_rank(of, percent); };
  CHECK_EQ(rank({5, 1, 4, 2, 3}, 50), 3);
  CHECK_EQ(rank({4, 1, 2, 3}, 50), 2);
  CHECK_EQ(rank({4, 1, 2, 3}, 90), 4);
}
