// What every picture ships with: a title that says the finding, a sentence made from the figures, the
// picture, the numbers as a table, a way to take them away, how it was worked out, and whom and when it
// covers.
#pragma once
#include <optional>
#include <string>

#include "base/words.hpp"
#include "web/ui/html.hpp"
#include "web/ui/tables.hpp"

namespace kith::web {

struct Figure {
  std::string title{};
  int heading_level{2};
  std::string sentence{};
  Html picture{};
  Table numbers{};
  std::optional<Url> csv{};
  std::string how{};
  std::string population{}; // "17 people waiting on 24 November 2026"
};
Html figure(const Figure& part, const Words& words);

} // namespace kith::web
