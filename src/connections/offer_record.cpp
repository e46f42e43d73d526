// What an offer holds, field by field, with its care level.
#include "connections/offer.hpp"

namespace kith {

const record::Description& offer_description() {
  using record::CareLevel;
  using record::field;
  static const record::Description description{
      "offer",
      {
          field<&Offer::id>("id", CareLevel::C3, {.required = true}),
          field<&Offer::referral>("referral_id", CareLevel::C3, {.required = true}),
          field<&Offer::person>("person_id", CareLevel::C3, {.required = true}),
          field<&Offer::worker>("worker_id", CareLevel::C3, {.required = true}),
          field<&Offer::choice>("choice_id", CareLevel::C3, {.required = true}),
          field<&Offer::made_at>("made_at", CareLevel::C3),
          field<&Offer::made_by>("made_by", CareLevel::C3),
          field<&Offer::answer_by>("answer_by", CareLevel::C3, {.required = true}),
          field<&Offer::fit>("fit", CareLevel::C3, {.least = 0, .most = 16000}),
          field<&Offer::engine>("engine", CareLevel::C1, {.required = true}),
          field<&Offer::weights>("weights", CareLevel::C1, {.required = true}),
          field<&Offer::seed>("seed", CareLevel::C1),
          field<&Offer::closed_at>("closed_at", CareLevel::C3),
          field<&Offer::explanation>("explanation", CareLevel::C4, {.length_max = 100'000}),
      }};
  return description;
}

} // namespace kith
