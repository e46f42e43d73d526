// gallery OUT: writes OUT/<page>.html and OUT/assets/*, ready for any static file server.
#include "gallery.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/embedded.hpp"

using namespace kith;

namespace {

void write(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

} // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: gallery OUT\n";
    return 2;
  }
  const std::filesystem::path out = arguments[1];
  const Words words = Words::load("en");
  const web::Assets assets = web::Assets::embedded();
  for (const EmbeddedFile& file : embedded_files())
    if (std::string_view(file.name).starts_with("assets/")) write(out / file.name, file.bytes());
  for (auto pages : {gallery::person_pages(words, assets), gallery::staff_pages(words, assets)})
    for (const gallery::Page& page : pages) {
      write(out / (page.name + ".html"), page.html.bytes());
      std::cout << page.name << " " << page.html.bytes().size() << "\n";
    }
}
