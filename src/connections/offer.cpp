#include "connections/offer.hpp"

namespace kith {

std::span<const std::string_view> codes_of(OfferEventKind) {
  static constexpr std::string_view codes[] = {
      "made",      "worker_asked",   "worker_yes",  "worker_no", "worker_talk", "person_asked", "person_yes",
      "person_no", "person_not_now", "person_talk", "agreed",    "not_chosen",  "lapsed",       "withdrawn"};
  return codes;
}

std::span<const std::string_view> codes_of(OfferState) {
  static constexpr std::string_view codes[] = {
      "open", "agreed", "declined_by_person", "declined_by_worker", "not_chosen", "lapsed", "withdrawn"};
  return codes;
}

bool closes(OfferEventKind event) {
  using K = OfferEventKind;
  return event == K::worker_no || event == K::person_no || event == K::person_not_now || event == K::agreed ||
         event == K::not_chosen || event == K::lapsed || event == K::withdrawn;
}

OfferStanding standing(const std::vector<OfferEvent>& events) {
  using K = OfferEventKind;
  OfferStanding now;
  for (const OfferEvent& event : events) switch (event.kind) {
    case K::made:
      break;
    case K::worker_asked:
      now.worker_asked = true;
      now.worker_asked_at = event.at;
      break;
    case K::worker_yes:
      now.worker_said_yes = true;
      break;
    case K::worker_no:
      now.state = OfferState::declined_by_worker;
      break;
    case K::worker_talk:
      now.worker_wants_to_talk = true;
      break;
    case K::person_asked:
      now.person_asked = true;
      now.person_asked_at = event.at;
      break;
    case K::person_yes:
      now.person_said_yes = true;
      break;
    case K::person_no:
    case K::person_not_now:
      now.state = OfferState::declined_by_person;
      break;
    case K::person_talk:
      now.person_wants_to_talk = true;
      break;
    case K::agreed:
      now.state = OfferState::agreed;
      break;
    case K::not_chosen:
      now.state = OfferState::not_chosen;
      break;
    case K::lapsed:
      now.state = OfferState::lapsed;
      break;
    case K::withdrawn:
      now.state = OfferState::withdrawn;
      break;
    }
  return now;
}

Done may_follow(const OfferStanding& now, OfferEventKind event) {
  using K = OfferEventKind;
  if (now.state != OfferState::open) return conflict("offer.closed");
  switch (event) {
  case K::worker_yes:
  case K::worker_no:
  case K::worker_talk:
    if (!now.worker_asked) return conflict("offer.not_your_turn");
    if (now.worker_said_yes) return conflict("offer.already_answered");
    return {};
  case K::person_yes:
  case K::person_no:
  case K::person_not_now:
  case K::person_talk:
    if (!now.person_asked) return conflict("offer.not_your_turn");
    if (now.person_said_yes && event == K::person_yes) return conflict("offer.already_answered");
    return {};
  case K::agreed:
    if (!now.both_said_yes()) return conflict("offer.not_both_yes");
    return {};
  default:
    return {};
  }
}

} // namespace kith
