#include "base/small_counts.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kith {
namespace {

std::vector<std::size_t> by_size(std::span<const std::int64_t> sizes) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::pair(sizes[a], a) < std::pair(sizes[b], b); });
  return order;
}

} // namespace

std::vector<std::size_t> put_together(std::span<const std::int64_t> sizes, std::int64_t least) {
  std::vector<std::size_t> together;
  std::int64_t people = 0;
  for (const std::size_t group : by_size(sizes)) {
    if (sizes[group] >= least && (together.empty() || people >= least)) break;
    together.push_back(group);
    people += sizes[group];
  }
  std::sort(together.begin(), together.end());
  return together;
}

std::vector<bool> shown(std::span<const std::int64_t> counts, std::span<const std::int64_t> sizes,
                        std::int64_t least) {
  std::vector<bool> out(counts.size(), true);
  std::int64_t hidden = 0, in = 0, not_in = 0;
  const auto few = [least](std::int64_t people) { return people > 0 && people < least; };
  const auto hide = [&](std::size_t i) {
    out[i] = false;
    ++hidden;
    in += counts[i];
    not_in += sizes[i] - counts[i];
  };
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (few(counts[i]) || few(sizes[i] - counts[i])) hide(i);
  const auto hide_more = [&](bool zeros) {
    for (const std::size_t i : by_size(counts))
      if (hidden > 0 && (hidden == 1 || few(in) || few(not_in)) && out[i] && (counts[i] == 0) == zeros)
        hide(i);
  };
  hide_more(false);
  hide_more(true);
  return out;
}

} // namespace kith
