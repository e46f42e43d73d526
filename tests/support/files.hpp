// Files that tests read, and golden files: what a program said before, byte for byte.
#pragma once
#include <string>

namespace kith::test {

std::string contents(const std::string& path); // "" where there is none

// tests/golden/`name` holds these bytes. KITH_TEST_ACCEPT=1 writes it anew.
void check_golden(const std::string& name, const std::string& bytes);

} // namespace kith::test
