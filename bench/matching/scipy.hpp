// Another comparator: SciPy's sparse assignment (scipy_solver.py), where the system's Python has it (Debian's
// python3-scipy). Run from the top of the tree.
#pragma once
#include "matching/apart.hpp"
#include "matching/engine/packed.hpp"

namespace kith::bench {

bool have_scipy();
Run solve_with_scipy(
    const matching::engine::Packed& problem); // in a process of its own; value -1 on a failure

} // namespace kith::bench
