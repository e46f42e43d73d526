#include "web/charts/figure.hpp"

#include "web/ui/content.hpp"

namespace kith::web {

Html figure(const Figure& part, const Words& words) {
  Html below;
  if (!part.numbers.rows.empty())
    below +=
        details({.summary = text(words("ui.see_numbers")),
                 .content = table(part.numbers) +
                            (part.csv ? el("p", {}, el("a", {href(*part.csv)}, text(words("ui.take_csv"))))
                                      : Html())});
  if (!part.how.empty())
    below += details({.summary = text(words("ui.how_worked_out")), .content = el("p", {}, text(part.how))});
  return el("figure", {cls("kith-figure")},
            el("figcaption", {}, el(Tag::heading(part.heading_level), {}, text(part.title)),
               el("p", {}, text(part.sentence)),
               when(!part.population.empty(), el("p", {cls("kith-soft kith-small")}, text(part.population)))),
            part.picture, below);
}

} // namespace kith::web
