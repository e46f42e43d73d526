#include "web/charts/waits.hpp"

#include <algorithm>
#include <map>

#include "base/check.hpp"

namespace kith::web {
namespace {

constexpr int usual_axis_days = 60;
constexpr int days_a_stack = 2;
constexpr int dot_step_px = 12;
constexpr int top_px = 26; // room for the words of the promise
constexpr int axis_px = 26;

int axis_days(const Waits& waits) {
  int longest = std::max(usual_axis_days, waits.promise_days + 10);
  for (const int days : waits.days) longest = std::max(longest, days);
  return (longest + 19) / 20 * 20;
}

// A place on the axis with one decimal.
std::string percent_of_halves(int half_days, int whole) {
  const int tenths = half_days * 500 / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
}
std::string percent(int days, int whole) { return percent_of_halves(days * 2, whole); }

// Stacks begin the day after the promise and count outwards, so no stack mixes people in time and late.
int stack_of(int days, int promise_days) {
  const int past = days - promise_days - 1;
  return past >= 0 ? past / days_a_stack : -((-past + days_a_stack - 1) / days_a_stack);
}
int half_days_of(int stack, int promise_days) {
  return std::max(1, 2 * (promise_days + 1 + stack * days_a_stack) + days_a_stack - 1);
}

std::string px(int value) { return std::to_string(value); }

Html rule(std::string_view name, const std::string& x, int from, int to) {
  return el("line", {cls(name), attr("x1", x), attr("x2", x), attr("y1", from), attr("y2", to)});
}

Html words_at(std::string_view name, const std::string& x, int y, std::string_view anchor,
              std::string_view words) {
  return el("text", {when(!name.empty(), cls(name)), attr("x", x), attr("y", y), attr("text-anchor", anchor)},
            text(words));
}

// A round dot in time, a diamond past the promise.
Html dot(bool late, const std::string& x, int y) {
  if (!late) return el("circle", {cls("dot"), attr("cx", x), attr("cy", y), attr("r", "5")});
  return el("svg", {attr("x", x), attr("y", y), attr("overflow", "visible")},
            el("path", {cls("late"), attr("d", "M0-6.5 6.5 0 0 6.5-6.5 0Z")}));
}

} // namespace

std::string waits_sentence(const Waits& waits, const Words& words) {
  int late = 0;
  for (const int days : waits.days) late += days > waits.promise_days ? 1 : 0;
  return words("ui.waits_late", {{"late", px(late)}, {"promise", px(waits.promise_days)}});
}

Html waits_picture(const Waits& waits, const Words& words) {
  const int whole = axis_days(waits);
  std::map<int, int> height;
  int tallest = 3;
  for (const int days : waits.days) {
    CHECK(days >= 0);
    tallest = std::max(tallest, ++height[stack_of(days, waits.promise_days)]);
  }
  const int floor = top_px + tallest * dot_step_px;
  const std::string promise = percent(waits.promise_days, whole);
  Html inner = el("rect", {cls("within"), attr("x", "0"), attr("y", top_px - 6), attr("width", promise),
                           attr("height", floor - top_px + 6)});
  for (int day = 0; day <= whole; day += 20) {
    const std::string_view anchor = day == 0 ? "start" : day == whole ? "end" : "middle";
    inner += rule("grid", percent(day, whole), top_px - 6, floor);
    inner += words_at("", percent(day, whole), floor + 19, anchor,
                      day == whole ? words("ui.days", {{"days", px(day)}}) : px(day));
  }
  inner +=
      el("line", {cls("axis"), attr("x1", "0"), attr("x2", "100%"), attr("y1", floor), attr("y2", floor)});
  inner += rule("promise", promise, top_px - 8, floor);
  inner += words_at("promise-words", promise, top_px - 13, waits.promise_days * 2 > whole ? "end" : "start",
                    words("ui.our_promise", {{"days", px(waits.promise_days)}}));
  height.clear();
  std::vector<int> sorted = waits.days;
  std::sort(sorted.begin(), sorted.end());
  for (const int days : sorted) {
    const int stack = stack_of(days, waits.promise_days);
    const int y = floor - 7 - height[stack]++ * dot_step_px;
    inner +=
        dot(days > waits.promise_days, percent_of_halves(half_days_of(stack, waits.promise_days), whole), y);
  }
  return el("svg",
            {cls("kith-chart"), attr("role", "img"), attr("aria-label", waits_sentence(waits, words)),
             attr("width", "100%"), attr("height", floor + axis_px), attr("direction", "ltr")},
            inner);
}

Table waits_numbers(const Waits& waits, const Words& words) {
  std::map<int, int> people_a_week;
  for (const int days : waits.days) ++people_a_week[days / 7];
  Table table{.caption = words("ui.waits_numbers"),
              .head = {{.content = text(words("ui.waits_days"))},
                       {.content = text(words("ui.waits_people")), .format = "numeric"}},
              .first_cell_is_header = true};
  for (const auto& [week, people] : people_a_week)
    table.rows.push_back({{.content = text(px(week * 7) + "–" + px(week * 7 + 6))},
                          {.content = text(px(people)), .format = "numeric"}});
  return table;
}

} // namespace kith::web
