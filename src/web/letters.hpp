// Messages as they will go out, for whoever is about to cause them: by whom, which way and what it says.
// Values only; any thread.
#pragma once
#include <string>
#include <vector>

#include "auth/route.hpp"
#include "people/person.hpp"
#include "web/messages.hpp"
#include "web/site.hpp"
#include "workforce/worker.hpp"

namespace kith::web {

// One message of a preview. Without an address no message goes out, and the card says what to do instead.
struct Letter {
  std::string name{};
  std::string to{}; // address or number; "" when nobody may be reached
  std::string way{"email"};
  std::string instead{}; // key, when there is no address
  MessageOf message{};
};
Letter letter_to(const Site& site, const auth::Call& call, const Worker& worker);
// The secret of the link is made when the message goes out, and only its reader sees it.
Letter letter_to(const Site& site, const auth::Call& call, const Person& person);

Html letter_card(const Site& site, const Letter& letter);
// Many who get the same words: the message once, then who gets it and how. Empty for nobody.
Html letters_card(const Site& site, const std::string& title, const std::vector<Letter>& letters);

} // namespace kith::web
