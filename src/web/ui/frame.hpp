// The frame around each kind of page: the head, what stands above and below the content, and what every page
// of that kind must carry. A page function fills one Frame and calls the frame of its readers. Pure: the same
// values give the same bytes; any thread.
//
// Person frame: tab title always "My page"; help line first, quick exit, and "Stop taking part" on every
// page.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/words.hpp"
#include "web/ui/assets.hpp"
#include "web/ui/html.hpp"

namespace kith::web {

enum class Theme { system, light, dark };
enum class Direction { left_to_right, right_to_left };

struct NavItem {
  std::string words{};
  Url href{"/"};
  bool current{};
  std::string language{}; // of the words, when it is not the page's
};

struct HelpLine {
  std::string name{};
  std::string number{}; // as people write it; the link keeps digits and a leading +
};

// What happened a moment ago, and where to take it back.
struct Notice {
  std::string words{};
  std::optional<Url> undo{}; // a form that posts here
};

struct Timeout {
  int seconds{};   // until the sign-in ends
  Url extend{"/"}; // a post that begins the time anew
  Url after{"/"};  // where the page goes when the time is over
};

// The hidden field that every form carries against forged posts.
struct FormToken {
  std::string name{"csrf"};
  std::string value{};
};
Html hidden_field(const FormToken& token);
Html hidden_field(std::string_view name, std::string_view value);

struct Frame {
  std::string title{}; // of the tab; person pages ignore it
  Direction direction{Direction::left_to_right};
  Theme theme{Theme::system};
  bool sandbox{};
  std::optional<HelpLine> help_line{};
  Url exit{"/exit"};
  Url withdraw{"/me/stop"};
  Url home{"/"};
  std::string signed_in{};
  std::string organisation{};
  std::optional<Url> sign_out{};    // a form that posts here
  std::optional<NavItem> account{}; // where one is signed in
  std::vector<NavItem> nav{};
  std::vector<NavItem> languages{};
  std::optional<Notice> notice{};
  std::string because{}; // "… you are the coordinator of Amara"; the catalogue supplies the beginning
  std::optional<Timeout> timeout{};
  FormToken token{};
  Html content{}; // holds the page's one h1
};

Html person_frame(const Frame& page, const Words& words, const Assets& assets);
Html staff_frame(const Frame& page, const Words& words, const Assets& assets);
// Staff frame with a bottom bar on phones; nav items are Today, People and Me, in this order.
Html worker_frame(const Frame& page, const Words& words, const Assets& assets);
// Signing in, asking for support, errors: nobody is signed in.
Html public_frame(const Frame& page, const Words& words, const Assets& assets);

} // namespace kith::web
