// A person's yes to being matched, on pages: the person's own button to give it and to take it back, and the
// coordinator's form for a yes they were told of. The form shows itself again with what was typed when it is
// refused.
#pragma once
#include "auth/route.hpp"
#include "people/person.hpp"
#include "web/site.hpp"

namespace kith::web {

Html may_we_look(const Site& site, const auth::Call& call);  // on the person's page, while there is no yes
Html may_we_still(const Site& site, const auth::Call& call); // where it ran out beside a choice that stands
Html stop_looking(const Site& site, const auth::Call& call); // while there is one
// "Amara has not agreed to matching", and the form to record that they did.
Html not_agreed(const Site& site, const auth::Call& call, const Person& person, Date today);

} // namespace kith::web
