// Whether what was said on standard output has been written. A plan that a full disk cut off must not end
// with 0, so each program asks once, at its end.
#pragma once

namespace kith {

bool output_written(); // writes what is held back; what cannot be written is dropped

} // namespace kith
