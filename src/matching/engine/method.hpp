// Which of the three plans of a run is meant: stable.hpp, optimum.hpp or arrival.hpp.
#pragma once

namespace kith::matching::engine {

enum class Method { stable, optimum, arrival };

} // namespace kith::matching::engine
