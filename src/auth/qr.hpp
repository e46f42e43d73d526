// A text as a QR code: an SVG for pages and printed cards, and half blocks for a terminal. Both carry the
// quiet zone of four modules that ISO/IEC 18004 asks for. Pure; used for enrolling authenticators and for
// sign-in cards.
#pragma once
#include <string>

namespace kith::auth {

std::string qr_svg(const std::string& text);      // "" when the text does not fit (about 2,300 bytes)
std::string qr_terminal(const std::string& text); // light on dark; lines end with \n

} // namespace kith::auth
