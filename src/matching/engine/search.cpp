#include "matching/engine/search.hpp"

#include <algorithm>
#include <functional>

namespace kith::matching::engine {

void Frontier::push(const Reached& reached) {
  heap_.push_back(reached);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
}

Reached Frontier::pop() {
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
  const Reached nearest = heap_.back();
  heap_.pop_back();
  return nearest;
}

} // namespace kith::matching::engine
