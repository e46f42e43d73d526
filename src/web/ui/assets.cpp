#include "web/ui/assets.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith::web {
namespace {

constexpr std::string_view folder = "assets/";

std::string_view content_type(std::string_view name) {
  struct Known {
    std::string_view ending;
    std::string_view type;
  };
  for (const Known& known :
       {Known{".css", "text/css; charset=utf-8"}, Known{".js", "text/javascript; charset=utf-8"},
        Known{".svg", "image/svg+xml"}, Known{".webmanifest", "application/manifest+json"},
        Known{".png", "image/png"}, Known{".woff2", "font/woff2"}})
    if (name.ends_with(known.ending)) return known.type;
  FATAL("an asset of unknown type");
}

} // namespace

Assets Assets::embedded() { return load(embedded_files()); }

Assets Assets::load(std::span<const EmbeddedFile> files) {
  std::map<std::string_view, std::string_view> found;
  for (const EmbeddedFile& file : files)
    if (const std::string_view name = file.name; name.starts_with(folder))
      found.emplace(name.substr(folder.size()), file.bytes());
  Assets assets;
  const auto manifest = found.find("manifest.txt");
  if (manifest == found.end()) return assets;
  for (const std::string& line : split(manifest->second, '\n')) {
    const std::vector<std::string> names = split_words(line);
    if (names.empty()) continue;
    CHECK(names.size() == 2);
    const std::string& hashed = names[1];
    const auto bytes_of = [&](const std::string& name) {
      const auto at = found.find(name);
      return at == found.end() ? std::string_view() : at->second;
    };
    CHECK(found.contains(hashed));
    assets.hashed_names_.emplace(names[0], hashed);
    assets.files_.emplace(hashed, Asset{content_type(hashed), bytes_of(hashed), bytes_of(hashed + ".br"),
                                        bytes_of(hashed + ".gz")});
  }
  return assets;
}

Url Assets::url(std::string_view logical_name) const {
  const auto at = hashed_names_.find(logical_name);
  CHECK(at != hashed_names_.end() || files_.empty());
  return "/assets/" + (at == hashed_names_.end() ? std::string(logical_name) : at->second);
}

const Asset* Assets::find(std::string_view hashed_name) const {
  const auto at = files_.find(hashed_name);
  return at == files_.end() ? nullptr : &at->second;
}

} // namespace kith::web
