#include "teams/organisation.hpp"

namespace kith {

std::span<const std::string_view> codes_of(OrganisationKind) {
  static constexpr std::string_view codes[] = {"government", "non_government", "peer_run", "primary_care",
                                               "other"};
  return codes;
}

std::span<const std::string_view> codes_of(FirstAsked) {
  static constexpr std::string_view codes[] = {"worker", "person"};
  return codes;
}

const record::Description& organisation_description() {
  using record::CareLevel;
  using record::field;
  static const record::Description description{
      "organisation",
      {
          field<&Organisation::id>("id", CareLevel::C0, {.required = true}),
          field<&Organisation::version>("version", CareLevel::C1),
          field<&Organisation::slug>("slug", CareLevel::C0, {.required = true, .length_max = 40}),
          field<&Organisation::name>("name", CareLevel::C0, {.required = true, .length_max = 120}),
          field<&Organisation::kind>("kind", CareLevel::C0, {.required = true}),
          field<&Organisation::zone>("zone", CareLevel::C1, {.required = true, .length_max = 60}),
          field<&Organisation::language>("language", CareLevel::C1, {.required = true, .length_max = 20}),
          field<&Organisation::promise_days>("promise_days", CareLevel::C1, {.least = 1, .most = 365}),
          field<&Organisation::answer_days>("answer_days", CareLevel::C1, {.least = 1, .most = 60}),
          field<&Organisation::first_asked>("first_asked", CareLevel::C1),
          field<&Organisation::help_name>("help_name", CareLevel::C0, {.required = true, .length_max = 80}),
          field<&Organisation::help_number>("help_number", CareLevel::C0,
                                            {.required = true, .length_max = 40}),
          field<&Organisation::exit_url>("exit_url", CareLevel::C0, {.required = true, .length_max = 200}),
          field<&Organisation::sandbox>("sandbox", CareLevel::C1),
          field<&Organisation::created_at>("created_at", CareLevel::C1),
      }};
  return description;
}

} // namespace kith
