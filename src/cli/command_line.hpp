// Reads the arguments and runs one command.
#pragma once

namespace kith::cli {

int run(int count, char** arguments);

} // namespace kith::cli
