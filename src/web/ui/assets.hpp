// The built front end inside the binary: logical names ("person.css") to content-hashed files, with their .br
// and .gz copies. Frames ask for addresses, the route of /assets/… asks for bytes. A hashed name never
// changes its bytes, so it may be cached for ever. Built without assets (C++ tests) the set is empty and
// addresses keep the logical name. Immutable after loading; any thread.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.hpp"
#include "web/ui/html.hpp"

namespace kith::web {

struct Asset {
  std::string_view content_type{};
  std::string_view bytes{};
  std::string_view brotli{}; // empty when there is no such copy
  std::string_view gzip{};
};

class Assets {
public:
  static Assets embedded();
  static Assets load(std::span<const EmbeddedFile> files); // those named "assets/…"

  // "/assets/person-<hash>.css" for "person.css".
  Url url(std::string_view logical_name) const;
  // The file behind the last part of /assets/<hashed name>, or nothing. Only hashed names are found.
  const Asset* find(std::string_view hashed_name) const;
  bool empty() const { return files_.empty(); }

private:
  std::map<std::string, std::string, std::less<>> hashed_names_{};
  std::map<std::string, Asset, std::less<>> files_{};
};

} // namespace kith::web
