// The way back in: what stands where a spent or unknown sign-in link led, with a button that sends a new one
// to the address the person gave. It never says whether the link was anybody's, nor where a message goes. And
// the coordinator's button for the same.
#pragma once
#include "auth/reference.hpp"
#include "auth/route.hpp"
#include "people/person.hpp"
#include "web/site.hpp"

namespace kith::web {

Result<bool> link_works(const Site& site, const auth::PublicCall& call, const auth::Reference& reference);
http::Response spent_link_page(const Site& site, const auth::Reference& reference);
// What to show for a link that was not taken: the page above, unless something else went wrong.
Result<http::Response> refused_link(const Site& site, const auth::PublicCall& call, const Failure& failure);

Html new_link_part(const Site& site, const auth::Call& call, const Person& person); // for a coordinator

} // namespace kith::web
