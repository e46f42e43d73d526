// What every page shares: wording, assets, form tokens, and the three frames filled from the actor and the
// organisation. Page functions take a view and return Html; handlers parse, call one action and choose the
// page. Immutable after start, so any thread may use it.
#pragma once
#include <string>
#include <string_view>

#include "auth/router.hpp"
#include "base/words.hpp"
#include "teams/organisation.hpp"
#include "web/times.hpp"
#include "web/ui/assets.hpp"
#include "web/ui/frame.hpp"

namespace kith::web {

struct SiteParts { // all outlive the site
  const Words* words{};
  const Assets* assets{};
  const auth::SignIn* sign_in{};
  const auth::FormTokens* form_tokens{};
  const Clock* clock{};
  Random* random{};
  bool secure_cookies{true};
  std::string public_address{}; // "https://kith.example.org"; "" what the request says
};

struct PageView {
  std::string title{};
  std::string because{}; // key of "You can see this because …"
  std::string current{}; // address of the current navigation entry
  std::optional<Notice> notice{};
  std::optional<HelpLine> help_line{}; // of a public page that is about one service
  bool sandbox{};                      // the same
  std::string exit{"/exit"};           // the same
  Html content{};
};

// Who reads a page of the staff, and what their forms carry.
struct StaffReader {
  const auth::Actor& actor;
  FormToken token{};
};

class Site final : public auth::RefusalView {
public:
  explicit Site(const SiteParts& parts) : parts_(parts) {}

  const Words& words() const { return *parts_.words; }
  std::string say(std::string_view key, std::initializer_list<WordArgument> arguments = {}) const {
    return (*parts_.words)(key, arguments);
  }
  const SiteParts& parts() const { return parts_; }
  // Where this service is reached, before the path of a link somebody keeps. Whoever asks can write what they
  // like into the request, so it is believed only where nobody said.
  std::string address(const http::Request& request) const;

  // Pages of somebody signed in; the frame follows from the role.
  Result<http::Response> staff_page(auth::Call& call, PageView view) const;
  Result<http::Response> staff_page(storage::Transaction& tx, const StaffReader& reader, PageView view) const;
  Result<http::Response> person_page(auth::Call& call, PageView view) const;
  // The frame of whoever is signed in, a supporter too.
  Result<http::Response> holders_page(auth::Call& call, PageView view) const;
  http::Response public_page(int status, const PageView& view) const;

  FormToken token_of(const auth::Call& call) const { return {"csrf", call.form_token}; }
  FormToken public_token() const;
  // The hidden fields every form that changes something carries: token and a fresh idempotency key.
  Html form_fields(const auth::Call& call) const;
  Html public_form_fields() const;

  http::Response refuse(int status, const Failure& failure, const auth::Actor& actor,
                        const http::Request& request) const override;

private:
  SiteParts parts_{};
};

http::Response page_response(int status, const Html& document); // with the headers of every page
// The problems of a form with the keys of their sentences: "problem.<form>.<field>.<code>" where there is
// one, otherwise "problem.<code>", otherwise "problem.other". Never a code on a page.
std::vector<FieldProblem> worded(const Words& words, std::string_view form,
                                 const std::vector<FieldProblem>& problems);

void add_asset_routes(auth::RouteTable& table, const Site& site);
void add_sign_in_routes(auth::RouteTable& table, const Site& site);
void add_today_routes(auth::RouteTable& table, const Site& site);
void add_coordinator_routes(auth::RouteTable& table, const Site& site);
void add_new_link_routes(auth::RouteTable& table, const Site& site);
void add_referral_routes(auth::RouteTable& table, const Site& site);
void add_profile_routes(auth::RouteTable& table, const Site& site);
void add_apart_routes(auth::RouteTable& table, const Site& site);
void add_find_routes(auth::RouteTable& table, const Site& site);
void add_offer_routes(auth::RouteTable& table, const Site& site);
void add_plan_routes(auth::RouteTable& table, const Site& site);
void add_run_routes(auth::RouteTable& table, const Site& site);
void add_what_if_routes(auth::RouteTable& table, const Site& site);
void add_meeting_routes(auth::RouteTable& table, const Site& site);
void add_meeting_cancel_routes(auth::RouteTable& table, const Site& site);
void add_administrator_routes(auth::RouteTable& table, const Site& site);
void add_worker_profile_routes(auth::RouteTable& table, const Site& site);
void add_worker_routes(auth::RouteTable& table, const Site& site);
void add_story_routes(auth::RouteTable& table, const Site& site);
void add_account_routes(auth::RouteTable& table, const Site& site);
void add_password_routes(auth::RouteTable& table, const Site& site);
void add_matching_consent_routes(auth::RouteTable& table, const Site& site);
void add_person_routes(auth::RouteTable& table, const Site& site);
// All of them. The server asks table.faults() and refuses to start when there are any.
auth::RouteTable all_routes(const Site& site);

} // namespace kith::web
