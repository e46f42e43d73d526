#include "web/messages.hpp"

namespace kith::web {

MessageText message_text(const Words& words, const MessageOf& message) {
  const std::string key = "message." + message.template_name;
  return {words(key + ".subject"), words(key + ".body") + "\n\n" + message.link};
}

} // namespace kith::web
