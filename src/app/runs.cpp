#include "app/runs.hpp"

#include "base/log.hpp"

namespace kith::app {
namespace {

constexpr int every_seconds = 2;

class CarryingOn final : public Work {
public:
  explicit CarryingOn(const connections::RunJob& job) : job_(job) {}

  int round(const std::atomic<bool>& stopping) override {
    for_each_organisation(*job_.database, [&](OrganisationId organisation) {
      if (const auto done = connections::carry_on_runs(job_, organisation, stopping); !done.ok())
        log(LogLevel::warning, "run.failed",
            {{"organisation", organisation.text()}, {"outcome", done.failure().code}});
    });
    return every_seconds;
  }

private:
  connections::RunJob job_{};
};

} // namespace

std::unique_ptr<Work> carrying_on(const connections::RunJob& job) {
  return std::make_unique<CarryingOn>(job);
}

} // namespace kith::app
