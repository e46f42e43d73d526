// The only way round the types of web/ui/html.hpp: published fixtures that pass mark-up and addresses as
// text. Tests only; nothing under src/ may include it.
#pragma once
#include <string>
#include <string_view>

#include "web/ui/html.hpp"

namespace kith::web {

struct RawMarkup {
  static Html html(std::string_view bytes) {
    Html html;
    html.bytes_ = bytes;
    return html;
  }
  static Url url(std::string_view address) {
    Url url;
    url.address_ = address;
    return url;
  }
};

} // namespace kith::web
