// Where the outbox hands its messages over: a folder of files, or a mail server. A sink says what became of
// one message and keeps nothing; whether and when it is tried again is the outbox's. Used by one thread.
#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "app/mail.hpp"

namespace kith::app {

// sent: the other side has it for good. try_again: not this one, not now. refused: never; asking again would
// not help. unreachable: nothing can be handed over at present.
enum class Handed { sent, try_again, refused, unreachable };

struct Delivery {
  Handed handed{Handed::unreachable};
  std::string outcome{}; // a code for the row and the log; holds nothing of anybody
};

class Sink {
public:
  virtual ~Sink() = default;
  // Takes a bounded time, and ends early when `stopping` becomes true.
  virtual Delivery hand_over(const Mail& mail, const std::atomic<bool>& stopping) = 0;
  virtual bool leaves_house() const = 0; // then the messages of a sandbox are not for it
};

// One file a message, named by its id, so that a repeat writes the same file again. It is on the disk, name
// and all, before it counts as sent. Codes: folder_failed, not_an_address.
std::unique_ptr<Sink> folder_sink(std::string folder);
// The mail server when smtp_url is set, otherwise the folder. Failures: those of smtp_settings.
Result<std::unique_ptr<Sink>> open_sink(const Config& config);

} // namespace kith::app
