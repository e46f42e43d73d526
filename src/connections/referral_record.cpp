// What a referral holds, field by field, with its care level.
#include "connections/referral.hpp"

namespace kith {

const record::Description& referral_description() {
  using record::CareLevel;
  using record::field;
  static const record::Description description{
      "referral",
      {
          field<&Referral::id>("id", CareLevel::C3, {.required = true}),
          field<&Referral::person>("person_id", CareLevel::C3, {.required = true}),
          field<&Referral::source>("source", CareLevel::C3, {.required = true}),
          field<&Referral::source_kind>("source_kind", CareLevel::C3, {.required = true}),
          field<&Referral::referrer>("referrer_account", CareLevel::C3),
          field<&Referral::triage_reason>("triage_reason", CareLevel::C3, {.length_max = 40}),
          field<&Referral::referred_at>("referred_at", CareLevel::C3),
          field<&Referral::waiting_on>("waiting_on", CareLevel::C3, {.required = true}),
          field<&Referral::promise_on>("promise_on", CareLevel::C3, {.required = true}),
          field<&Referral::closed_at>("closed_at", CareLevel::C3),
          field<&Referral::own_words>("own_words", CareLevel::C4, {.length_max = 2000}),
          field<&Referral::must_know>("must_know", CareLevel::C4, {.length_max = 2000}),
      }};
  return description;
}

} // namespace kith
