// What a person's record holds, field by field, with its care level. The form, the table, the import, the
// export and the data dictionary all read this.
#include "people/person.hpp"

namespace kith {
namespace {

using record::CareLevel;
using record::field;

constexpr std::string_view mode_codes[] = {"in_person", "remote"};

} // namespace

const record::Description& person_description() {
  static const record::Description description{
      "person",
      {
          field<&Person::id>("id", CareLevel::C3, {.required = true}),
          field<&Person::version>("version", CareLevel::C1),
          field<&Person::chosen_name>(
              "chosen_name", CareLevel::C3,
              {.required = true, .length_max = 80, .fhir_path = "Patient.name.given"}),
          field<&Person::family_name>("family_name", CareLevel::C3,
                                      {.length_max = 80, .fhir_path = "Patient.name.family"}),
          field<&Person::name_key>("name_key", CareLevel::C3, {.required = true, .length_max = 400}),
          field<&Person::name_folded>("name_folded", CareLevel::C3, {.required = true}),
          field<&Person::pronouns>("pronouns", CareLevel::C3, {.length_max = 40}),
          field<&Person::born_on>("born_on", CareLevel::C3, {.fhir_path = "Patient.birthDate"}),
          field<&Person::gender>("gender", CareLevel::C3, {.length_max = 40, .fhir_path = "Patient.gender"}),
          field<&Person::languages>("languages", CareLevel::C3,
                                    {.fhir_path = "Patient.communication.language"}),
          field<&Person::interpreter>("interpreter", CareLevel::C3),
          field<&Person::modes>("modes", CareLevel::C3, {.codes = mode_codes}),
          field<&Person::area>("area", CareLevel::C3,
                               {.length_max = 80, .fhir_path = "Patient.address.city"}),
          field<&Person::east_m>("east_m", CareLevel::C3),
          field<&Person::north_m>("north_m", CareLevel::C3),
          field<&Person::travel_m>("travel_m", CareLevel::C3, {.least = 0, .most = 1'000'000}),
          field<&Person::availability>("availability", CareLevel::C3, {.length_max = 400}),
          field<&Person::culture>("culture", CareLevel::C3),
          field<&Person::interests>("interests", CareLevel::C3),
          field<&Person::access_needs>("access_needs", CareLevel::C3, {.length_max = 400}),
          field<&Person::contact_way>("contact_way", CareLevel::C3),
          field<&Person::email>("email", CareLevel::C3, {.length_max = 254, .fhir_path = "Patient.telecom"}),
          field<&Person::phone>("phone", CareLevel::C3, {.length_max = 40, .fhir_path = "Patient.telecom"}),
          field<&Person::contact_hours>("contact_hours", CareLevel::C3, {.length_max = 80}),
          field<&Person::voicemail>("voicemail", CareLevel::C3),
          field<&Person::died_on>("died_on", CareLevel::C3, {.fhir_path = "Patient.deceasedDateTime"}),
          field<&Person::source_key>("source_key", CareLevel::C3, {.fhir_path = "Patient.identifier"}),
          field<&Person::created_at>("created_at", CareLevel::C1),
          field<&Person::experience>("experience", CareLevel::C4),
          field<&Person::hopes>("hopes", CareLevel::C4, {.length_max = 2000}),
          field<&Person::safety_mode>("safety_mode", CareLevel::C4, {.length_max = 20}),
      }};
  return description;
}

} // namespace kith
