// What a worker's profile holds, field by field, with its care level (C2: workforce-personal; C4: lived
// experience).
#include "workforce/worker.hpp"

namespace kith {
namespace {

using record::CareLevel;
using record::field;

constexpr std::string_view mode_codes[] = {"in_person", "remote"};
constexpr std::string_view setting_codes[] = {"community", "ward", "lone"};
constexpr std::string_view age_bands[] = {"18-29", "30-45", "46-60", "61-"};

} // namespace

const record::Description& worker_description() {
  static const record::Description description{
      "worker",
      {
          field<&Worker::id>("id", CareLevel::C2, {.required = true}),
          field<&Worker::version>("version", CareLevel::C1),
          field<&Worker::chosen_name>("chosen_name", CareLevel::C2, {.required = true, .length_max = 80}),
          field<&Worker::name_key>("name_key", CareLevel::C2, {.required = true, .length_max = 400}),
          field<&Worker::pronouns>("pronouns", CareLevel::C2, {.length_max = 40}),
          field<&Worker::about>("about", CareLevel::C2, {.length_max = 600}),
          field<&Worker::gender>("gender", CareLevel::C2, {.length_max = 40}),
          field<&Worker::age_band>("age_band", CareLevel::C2, {.codes = age_bands}),
          field<&Worker::languages>("languages", CareLevel::C2),
          field<&Worker::culture>("culture", CareLevel::C2),
          field<&Worker::interests>("interests", CareLevel::C2),
          field<&Worker::modes>("modes", CareLevel::C2, {.codes = mode_codes}),
          field<&Worker::settings>("settings", CareLevel::C2, {.codes = setting_codes}),
          field<&Worker::area>("area", CareLevel::C2, {.length_max = 80}),
          field<&Worker::east_m>("east_m", CareLevel::C2),
          field<&Worker::north_m>("north_m", CareLevel::C2),
          field<&Worker::travel_m>("travel_m", CareLevel::C2, {.least = 0, .most = 1'000'000}),
          field<&Worker::availability>("availability", CareLevel::C2, {.length_max = 400}),
          field<&Worker::active>("active", CareLevel::C2),
          field<&Worker::leave_from>("leave_from", CareLevel::C2),
          field<&Worker::leave_until>("leave_until", CareLevel::C2),
          field<&Worker::open_to_new>("open_to_new", CareLevel::C2),
          field<&Worker::open_on>("open_on", CareLevel::C2),
          field<&Worker::email>("email", CareLevel::C2, {.length_max = 254}),
          field<&Worker::source_key>("source_key", CareLevel::C2),
          field<&Worker::created_at>("created_at", CareLevel::C1),
      }};
  return description;
}

const record::Description& worker_item_description() {
  static const record::Description description{
      "worker_item",
      {
          field<&WorkerItem::id>("id", CareLevel::C2, {.required = true}),
          field<&WorkerItem::worker>("worker_id", CareLevel::C2, {.required = true}),
          field<&WorkerItem::release>("release", CareLevel::C2, {.required = true}),
          field<&WorkerItem::made_at>("made_at", CareLevel::C1),
          field<&WorkerItem::withdrawn_at>("withdrawn_at", CareLevel::C1),
          field<&WorkerItem::tag>("tag", CareLevel::C4, {.required = true, .length_max = 60}),
          field<&WorkerItem::words>("words", CareLevel::C4, {.length_max = 600}),
      }};
  return description;
}

const record::Description& worker_boundary_description() {
  static const record::Description description{
      "worker_boundary",
      {
          field<&WorkerBoundary::id>("id", CareLevel::C2, {.required = true}),
          field<&WorkerBoundary::worker>("worker_id", CareLevel::C2, {.required = true}),
          field<&WorkerBoundary::made_at>("made_at", CareLevel::C1),
          field<&WorkerBoundary::withdrawn_at>("withdrawn_at", CareLevel::C1),
          field<&WorkerBoundary::kind>("kind", CareLevel::C4, {.required = true, .length_max = 40}),
          field<&WorkerBoundary::value>("value", CareLevel::C4, {.required = true, .length_max = 60}),
      }};
  return description;
}

} // namespace kith
