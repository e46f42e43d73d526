#include "app/rounds.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.hpp"
#include "teams/organisation.hpp"

namespace kith::app {

struct Rounds::Parts {
  explicit Parts(std::unique_ptr<Work> with) : work(std::move(with)), thread([this] { run(); }) {}
  ~Parts() {
    {
      const std::lock_guard hold(mutex);
      stopping = true;
    }
    wake.notify_all();
    thread.join();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void run() {
    std::unique_lock hold(mutex);
    while (!stopping) {
      hold.unlock();
      const int seconds = safe_round();
      hold.lock();
      wake.wait_for(hold, std::chrono::seconds(seconds), [this] { return stopping.load(); });
    }
  }

  // Our own mistake in one round ends neither the service nor the rounds.
  int safe_round() {
    constexpr int after_a_defect = 60;
    try {
      return work->round(stopping);
    } catch (const Defect& defect) {
      log(LogLevel::error, "defect", {{"where", defect.what()}});
      return after_a_defect;
    }
  }

  std::unique_ptr<Work> work{};
  std::atomic<bool> stopping{false};
  std::mutex mutex{};
  std::condition_variable wake{};
  std::thread thread{}; // last: it uses the others
};

Rounds::Rounds(std::unique_ptr<Work> work) : parts_(std::make_unique<Parts>(std::move(work))) {}
Rounds::~Rounds() = default;

std::vector<OrganisationId> organisations_in(storage::Database& database) {
  std::vector<OrganisationId> out;
  auto tx = database.begin({}, storage::Access::read);
  if (!tx.ok()) return out;
  const auto all = teams::organisations(*tx);
  if (!all.ok()) return out;
  for (const auto& organisation : all.value()) out.push_back(organisation.id);
  return out;
}

void log_defect(OrganisationId organisation, const Defect& defect) {
  log(LogLevel::error, "defect", {{"where", defect.what()}, {"organisation", organisation.text()}});
}

} // namespace kith::app
