#include "teams/organisation.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kith {
namespace {

constexpr std::size_t url_bytes_max = 200;

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool good_host(std::string_view host) {
  const auto parts = split(host, '.');
  if (host.empty() || host.size() > 100 || parts.size() < 2) return false;
  for (const std::string& part : parts)
    if (part.empty() || part.front() == '-' || part.back() == '-' ||
        !std::all_of(part.begin(), part.end(), [](char c) { return letter_or_digit(c) || c == '-'; }))
      return false;
  return !std::all_of(parts.back().begin(), parts.back().end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

bool good_exit_url(std::string_view url) {
  constexpr std::string_view scheme = "https://";
  if (url.size() > url_bytes_max || !url.starts_with(scheme)) return false;
  for (const char c : url)
    if (c <= ' ' || c > '~' || std::string_view("\\\"<>^`{|}@").find(c) != std::string_view::npos)
      return false;
  const std::string_view rest = url.substr(scheme.size());
  return good_host(ascii_lower(rest.substr(0, rest.find_first_of("/?#"))));
}

std::string exit_of(const Organisation& organisation) {
  return good_exit_url(organisation.exit_url) ? organisation.exit_url : std::string(safe_exit_url);
}

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
