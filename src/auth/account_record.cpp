// What an account holds, field by field, with its care level. That somebody uses the service is C3, so the
// name and the link to a person are; the second factor's secret is sealed.
#include "auth/account.hpp"

namespace kith {
namespace {

using record::CareLevel;
using record::field;

} // namespace

std::span<const std::string_view> codes_of(Holder) {
  static constexpr std::string_view codes[] = {"staff", "person", "supporter"};
  return codes;
}

std::span<const std::string_view> codes_of(Standing) {
  static constexpr std::string_view codes[] = {"invited", "active", "suspended", "ended"};
  return codes;
}

const record::Description& account_description() {
  static const record::Description description{
      "account",
      {
          field<&Account::id>("id", CareLevel::C2, {.required = true}),
          field<&Account::version>("version", CareLevel::C1),
          field<&Account::holder>("holder", CareLevel::C3, {.required = true}),
          field<&Account::name>("name", CareLevel::C3, {.required = true, .length_max = 80}),
          field<&Account::sign_in>("sign_in", CareLevel::C3),
          field<&Account::password_hash>("password_hash", CareLevel::C3),
          field<&Account::totp_step>("totp_step", CareLevel::C2),
          field<&Account::status>("status", CareLevel::C2, {.required = true}),
          field<&Account::person_id>("person_id", CareLevel::C3),
          field<&Account::worker_id>("worker_id", CareLevel::C2),
          field<&Account::created_at>("created_at", CareLevel::C2, {.required = true}),
          field<&Account::totp_secret>("totp_secret", CareLevel::C4, {.length_max = 64}),
      }};
  return description;
}

} // namespace kith
