// What was measured, as a row of Markdown on standard output and of CSV in a file.
#pragma once
#include <fstream>
#include <string>

#include "matching/apart.hpp"
#include "matching/families.hpp"

namespace kith::bench {

struct Row {
  Wanted wanted{};
  std::size_t pairs{};
  Run ours{};
  Run simplex{};
  Run scaling{};
  Run scipy{};
};

class Table {
public:
  // `csv` is empty for none. Opens it at once, so that a wrong name is told before an hour of work.
  explicit Table(const std::string& csv);
  bool good() const { return good_; }
  // False where an answer is not proved or differs from a comparator's.
  bool add(const Row& row);

private:
  std::ofstream csv_{};
  bool good_{true};
};

} // namespace kith::bench
