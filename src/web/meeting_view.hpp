// What the pages of a connection and its first meeting share: the two people, where their meeting stands, who
// may plan it, and the meeting in words. Values and functions of one call.
#pragma once
#include <optional>
#include <string>

#include "auth/route.hpp"
#include "connections/connection_store.hpp"
#include "web/site.hpp"

namespace kith::web {

struct Pair {
  Person person{};
  Worker worker{};
  ConnectionState state{};
  std::optional<FirstMeeting> meeting{}; // the one that stands
};
Result<Pair> pair_of(auth::Call& call, const Connection& connection);
std::string names_of(const Site& site, const Pair& pair);

bool coordinates(const auth::Call& call);
// A worker's grant is on the person; an earlier connection of that person is still another worker's.
bool may_plan(const Connection& connection, const auth::Call& call);

std::string connection_path(const Connection& connection);
std::string after_planning(const Connection& connection, const auth::Call& call); // where to go on

std::string moment_of(const Site& site, const FirstMeeting& meeting); // "Thursday 26 November, 2:30pm"
Html meeting_words(const Site& site, const FirstMeeting& meeting);
// Changing it, or calling it off; nothing when none stands.
Html meeting_links(const Site& site, const Connection& connection,
                   const std::optional<FirstMeeting>& meeting);

} // namespace kith::web
