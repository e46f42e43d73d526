#include "base/roff.hpp"

namespace kith {

std::string roff(std::string_view text) {
  std::string safe;
  bool line_start = true;
  for (const char letter : text) {
    if (line_start && (letter == '.' || letter == '\'')) safe += "\\&";
    if (letter == '\\') safe += "\\e";
    else if (letter == '-') safe += "\\-";
    else safe += letter;
    line_start = letter == '\n';
  }
  return safe;
}

} // namespace kith
