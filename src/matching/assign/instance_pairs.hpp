// The second pass over a `kith-assign/1` file: pairs, fixed pairs, and the people whom workers name.
#pragma once
#include "matching/assign/instance_file.hpp"

namespace kith::matching {

// REQUIRES people and workers of `out` as the same bytes name them.
Done read_who_with_whom(std::string& bytes, AssignInstance& out);

} // namespace kith::matching
