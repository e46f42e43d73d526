// Two organisations full of canaries, and the stories and visitors a request needs: a person at some stage of
// the way from referral to first meeting, and somebody signed in. Everything is made through the product's
// own actions, a referral by a clinician through the page. Tests only.
#pragma once
#include <string>
#include <vector>

#include "access/canaries.hpp"
#include "access/house.hpp"
#include "access/table.hpp"
#include "connections/offer_actions.hpp"
#include "connections/task.hpp"

namespace kith::access {

struct Visitor {
  Who who{};
  OrganisationId organisation{};
  Id<Account> account{};
  Id<Person> person{};
  Id<Worker> worker{};
  std::string cookie{};
  std::string session{};
  std::string totp_secret{};
};

// In this order; a story at one stage has been through those before.
enum class Stage : std::uint8_t { referred, waiting, asked, choosing, connected, booked, withdrawn };

struct Story {
  Stage stage{};
  Id<Person> person{};
  Id<Account> account{};
  Id<Referral> referral{};
  Id<Offer> offer{};
  Id<Connection> connection{};
  Id<FirstMeeting> meeting{};
  Id<Account> referrer{};
  Id<Worker> worker{};
  Id<Task> task{}; // for a coordinator, about the referral
  bool shares{};   // every piece that can be shared
};

struct StoryRequest {
  Stage until{};
  Id<Worker> worker{};
  const Visitor* referrer{}; // nobody: the service took the call itself
  bool shares{};
};

class World {
public:
  World(const HouseParts& parts, House& house, Canaries& canaries, std::string slug);

  OrganisationId organisation() const { return id_; }
  Id<Worker> ruth() const { return ruth_; }
  Id<Worker> mina() const { return mina_; }
  Id<Worker> zed() const { return zed_; }                      // full: no places left
  std::string spare_sign_in() const { return spare_sign_in_; } // of somebody who is not signed in
  std::string version_of(Id<Worker> worker);                   // of the record, as its form sends it
  std::optional<RawId> fresh_item(Id<Worker> worker);          // of their story, with nothing to see in it
  std::optional<RawId> fresh_run(const Story& story);          // of this person and their worker
  std::string session_of(Id<Account> account);                 // one more, by its stored id
  std::string spare_link();                                    // of a person, not used yet

  Story story(const StoryRequest& request);
  Story again(const Story& before, const StoryRequest& request); // the same person, later
  void come_to(Story& story, Stage until);                       // also remembers it
  void end(Story story);                                         // the person stops taking part
  // A coordinator's offer, through the page: with the engine's reasons.
  Story offered_by(const Visitor& coordinator, Id<Worker> worker);
  struct Pair {
    Id<Person> person{};
    Id<Worker> worker{};
    ExclusionSide side{};
  };
  void exclude(const Pair& pair);
  // A new account and session, but for a worker (one account each) and a person (the story's).
  Visitor visitor(Who who, const Story* own, Id<Worker> worker);
  const Story* story_of(Id<Person> person) const;

private:
  template <class Body> auto change(Body body);
  Owner owned() const { return {id_, {}, {}, {}}; }
  Id<Worker> make_worker();
  Account staff_account(auth::Role role, Standing standing);
  Person make_person();
  Story referred_here(const StoryRequest& request);
  Story refer_again(storage::Transaction& tx, const auth::Scope& scope, const StoryRequest& request,
                    Id<Person> person);
  Story referred_by(const Visitor& referrer);
  void step(storage::Transaction& tx, const auth::Scope& scope, Story& story, Stage to);
  Visitor signed_in(Visitor visitor, const Account& account, auth::Strength strength);
  void remember(const Story& story);

  HouseParts parts_{};
  House& house_;
  Canaries& canaries_;
  OrganisationId id_{};
  std::string password_hash_{};
  Id<Worker> ruth_{};
  Id<Worker> mina_{};
  Id<Worker> zed_{};
  std::string spare_sign_in_{};
  int meetings_{};
  std::vector<Account> worker_accounts_{};
  std::vector<Story> stories_{};
};

inline constexpr const char* the_password = "nine green kites";

} // namespace kith::access
