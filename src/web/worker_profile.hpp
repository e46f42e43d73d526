// A peer worker's own part in matching, as forms have it: open to new connections, ways to meet, times,
// languages, area. The rows are those of a person's form; only released items reach matching, and they
// have a page of their own (story_pages). Values of one request.
#pragma once
#include <string>
#include <vector>

#include "web/profile_form.hpp"
#include "web/site.hpp"

namespace kith::web {

// The worker's record in the shape the rows of the form read, and the record with what they read.
Profile profile_of(const Worker& worker, std::vector<workforce::Area> areas);
Worker with_answers(Worker worker, const Person& answers);
// Being open to new connections, as said today. A yes lasts some days and is the worker's to renew: when a
// coordinator saves the form while an earlier yes still stands, its day stays.
struct Openness {
  bool open{};
  bool by_the_worker{};
  Date today{};
  int willing_days{};
};
Worker with_openness(Worker worker, const Openness& said);

// Whether the worker said lately enough that they take new connections.
bool open_now(const Worker& worker, Date today, int willing_days);

// "Open to new connections?" on the worker's own page, with one press to say so again.
Result<Html> open_card(const Site& site, auth::Call& call, Id<Worker> worker);

} // namespace kith::web
