#include "web/paging.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kith::web {

int Paging::pages() const {
  return static_cast<int>(std::max<std::int64_t>(1, (count + on_page - 1) / on_page));
}
std::int64_t Paging::first() const { return count == 0 ? 0 : offset() + 1; }
std::int64_t Paging::last() const { return std::min<std::int64_t>(count, offset() + on_page); }

Paging paging_of(const http::Request& request, const ListLength& length) {
  Paging paging{length.count, length.on_page, 1};
  if (const auto asked = parse_integer(request.query_value("page")))
    paging.page = static_cast<int>(std::clamp<std::int64_t>(*asked, 1, paging.pages()));
  return paging;
}

Html paging_links(const Site& site, const Paging& paging, const std::string& before) {
  if (paging.pages() == 1) return {};
  const auto link = [&](int page, const char* key, const char* rel) {
    return el("li", {},
              el("a", {href(Url(before + std::to_string(page))), attr("rel", rel)}, text(site.say(key))));
  };
  Html items = el("li", {},
                  text(site.say("paging.shown", {{"first", std::to_string(paging.first())},
                                                 {"last", std::to_string(paging.last())},
                                                 {"count", std::to_string(paging.count)}})));
  if (paging.page > 1) items += link(paging.page - 1, "paging.previous", "prev");
  if (paging.page < paging.pages()) items += link(paging.page + 1, "paging.next", "next");
  return el("nav", {attr("aria-label", site.say("paging.label"))},
            el("ul", {cls("kith-foot__links kith-place")}, items));
}

} // namespace kith::web
