// The whole text of a message, with its link line: the outbox sends it and the preview shows it, so that what
// a coordinator reads before sending is what goes out. Pure; any thread.
#pragma once
#include <string>

#include "base/words.hpp"

namespace kith::web {

struct MessageText {
  std::string subject{};
  std::string body{}; // the link stands on the last line
};
struct MessageOf {
  std::string template_name{}; // "worker_asked"
  std::string link{};
};
MessageText message_text(const Words& words, const MessageOf& message);

} // namespace kith::web
