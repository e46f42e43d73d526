#include "web/ui/icons.hpp"

#include "base/check.hpp"

namespace kith::web {
namespace {

Html drawing(std::string_view path) {
  return el("svg",
            {attr("viewBox", "0 0 24 24"), attr("width", "24"), attr("height", "24"),
             attr("aria-hidden", "true"), attr("focusable", "false")},
            el("path", {attr("d", path)}));
}

Html sign_drawing(std::string_view classes, const Html& shapes) {
  return el("svg",
            {cls(classes), attr("viewBox", "0 0 20 20"), attr("width", "20"), attr("height", "20"),
             attr("aria-hidden", "true"), attr("focusable", "false")},
            shapes);
}

Html line(std::string_view path, std::string_view width) {
  return el("path",
            {attr("d", path), attr("fill", "none"), attr("stroke", "currentColor"),
             attr("stroke-width", width), attr("stroke-linecap", "round"), attr("stroke-linejoin", "round")});
}

} // namespace

Html icon(Icon which) {
  switch (which) {
  case Icon::logo:
    return drawing("M16 9.3A6.8 6.8 0 1 1 9.3 2.5 6.8 6.8 0 0 1 16 9.3ZM21.5 14.7A6.8 6.8 0 1 1 14.7 "
                   "7.9a6.8 6.8 0 0 1 6.8 6.8Z");
  case Icon::today:
    return drawing("M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM4 "
                   "10h16M8.5 3v4M15.5 3v4");
  case Icon::people:
    return drawing("M12.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM2.5 20a6.5 6.5 0 0 1 13 0M16 "
                   "4.7a3.5 3.5 0 0 1 0 6.6M18.3 14.6A6.5 6.5 0 0 1 21.5 20");
  case Icon::write:
    return drawing("M4 20l1-4.5L16.2 4.3a1.8 1.8 0 0 1 2.5 0l1 1a1.8 1.8 0 0 1 0 2.5L8.5 19 4 "
                   "20ZM14 6.5l3.5 3.5");
  case Icon::me:
    return drawing("M12 20S4 15.3 4 9.6A4.3 4.3 0 0 1 12 7.3a4.3 4.3 0 0 1 8 2.3C20 15.3 12 20 12 "
                   "20Z");
  }
  FATAL("an icon outside its list");
}

Html sign(Sign which) {
  switch (which) {
  case Sign::meets:
    return sign_drawing("kith-sign kith-sign--meets", line("M4 10.8l4 4 8-9.3", "2.8"));
  case Sign::part:
    return sign_drawing(
        "kith-sign kith-sign--part",
        el("circle", {attr("cx", "10"), attr("cy", "10"), attr("r", "7.5"), attr("fill", "none"),
                      attr("stroke", "currentColor"), attr("stroke-width", "2")}) +
            el("path", {attr("d", "M10 2.5a7.5 7.5 0 0 0 0 15Z"), attr("fill", "currentColor")}));
  case Sign::not_met:
    return sign_drawing("kith-sign kith-sign--not", line("M4.5 10h11", "2.6"));
  }
  FATAL("a sign outside its list");
}

} // namespace kith::web
