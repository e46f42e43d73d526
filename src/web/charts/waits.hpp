// Waits against the promise: one dot a person, on a line from the day they asked to sixty days (or the
// longest wait). Dots past the promise differ in shape and colour. Within two days of each other they stand
// on top of each other. Fluid: places in per cent, text in pixels. Any thread.
#pragma once
#include <string>
#include <vector>

#include "base/words.hpp"
#include "web/ui/html.hpp"
#include "web/ui/tables.hpp"

namespace kith::web {

struct Waits {
  std::vector<int> days{}; // one a person; negative is our mistake
  int promise_days{28};
};

std::string waits_sentence(const Waits& waits, const Words& words); // "4 people are past 28 days."
Html waits_picture(const Waits& waits, const Words& words);
Table waits_numbers(const Waits& waits, const Words& words); // people a week of waiting

} // namespace kith::web
