#include "auth/qr.hpp"

#include <qrencode.h>

#include <memory>

namespace kith::auth {
namespace {

constexpr int quiet = 4;

struct Release {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

class Modules {
public:
  explicit Modules(const std::string& text) : code_(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M)) {}
  bool made() const { return code_ != nullptr; }
  int width() const { return code_->width + 2 * quiet; }
  bool dark(int x, int y) const {
    const int column = x - quiet, line = y - quiet, width = code_->width;
    if (column < 0 || line < 0 || column >= width || line >= width) return false;
    return code_->data[line * width + column] & 1;
  }

private:
  std::unique_ptr<QRcode, Release> code_{};
};

} // namespace

std::string qr_svg(const std::string& text) {
  const Modules modules(text);
  if (!modules.made()) return {};
  const std::string width = std::to_string(modules.width());
  std::string path;
  for (int y = 0; y < modules.width(); ++y)
    for (int x = 0; x < modules.width(); ++x) {
      if (!modules.dark(x, y)) continue;
      int length = 1;
      while (modules.dark(x + length, y)) ++length;
      path += "M" + std::to_string(x) + " " + std::to_string(y) + "h" + std::to_string(length) + "v1h-" +
              std::to_string(length) + "z";
      x += length;
    }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + width +
         "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + width + "v" + width +
         "H0z\"/><path d=\"" + path + "\"/></svg>";
}

std::string qr_terminal(const std::string& text) {
  const Modules modules(text);
  if (!modules.made()) return {};
  std::string out;
  for (int y = 0; y < modules.width(); y += 2) {
    for (int x = 0; x < modules.width(); ++x) {
      const bool upper = !modules.dark(x, y), lower = y + 1 < modules.width() && !modules.dark(x, y + 1);
      out += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    out += "\n";
  }
  return out;
}

} // namespace kith::auth
