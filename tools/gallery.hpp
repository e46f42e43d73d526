// Sample pages with the fictional cast, for looking at frames and components in a browser. Developers only.
#pragma once
#include <string>
#include <vector>

#include "base/words.hpp"
#include "web/ui/assets.hpp"
#include "web/ui/html.hpp"

namespace kith::gallery {

struct Page {
  std::string name{}; // file name without .html
  web::Html html{};
};

std::vector<Page> person_pages(const Words& words, const web::Assets& assets);
std::vector<Page> staff_pages(const Words& words, const web::Assets& assets);

} // namespace kith::gallery
