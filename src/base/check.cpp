#include "base/check.hpp"

namespace kith {

Defect::Defect(const char* file, int line, const char* what)
    : text_(std::string(file) + ":" + std::to_string(line) + ": " + what) {}

void raise_defect(const char* file, int line, const char* what) { throw Defect(file, line, what); }

} // namespace kith
