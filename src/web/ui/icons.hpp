// Small line drawings, always beside words and hidden from screen readers.
#pragma once
#include <string_view>

#include "web/ui/html.hpp"

namespace kith::web {

enum class Icon { logo, today, people, write, me };
Html icon(Icon which);

// The three signs of a comparison; the words beside them say the same.
enum class Sign { meets, part, not_met };
Html sign(Sign which);

} // namespace kith::web
