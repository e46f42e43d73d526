// How the pages' routes find their objects, and who may use them: the loaders and permissions of the web
// module.
#pragma once
#include "auth/route.hpp"
#include "connections/connection_store.hpp"
#include "connections/run_store.hpp"
#include "connections/task.hpp"
#include "people/person_store.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {

auth::Loader<Person> load_person();         // path parameter "id"
auth::Loader<Referral> load_referral();     // "id"
auth::Loader<Offer> load_offer();           // "id"
auth::Loader<Connection> load_connection(); // "id"
auth::Loader<Task> load_task();             // "id"
auth::Loader<Worker> load_worker();         // "id"
auth::Loader<WorkerItem> load_item();       // "id"
auth::Loader<MatchingRun> load_run();       // "id"

namespace permission {
extern const auth::Permission staff_home;
extern const auth::Permission organisation_read;
extern const auth::Permission organisation_change;
extern const auth::Permission waiting_list;
extern const auth::Permission referral_make;
extern const auth::Permission referral_triage;
extern const auth::Permission task_finish;
extern const auth::Permission find_connection;
extern const auth::Permission pair_exclude;
extern const auth::Permission pair_lift;
extern const auth::Permission profile_read;
extern const auth::Permission profile_change;
extern const auth::Permission offer_make;
extern const auth::Permission worker_home;
extern const auth::Permission own_work;
extern const auth::Permission own_story;
extern const auth::Permission own_story_change;
extern const auth::Permission own_account;
extern const auth::Permission own_account_change;
extern const auth::Permission own_password;
extern const auth::Permission team_read;
extern const auth::Permission team_change;
extern const auth::Permission offer_answer;
extern const auth::Permission connection_read;
extern const auth::Permission meeting_book;
extern const auth::Permission own_page;
extern const auth::Permission own_profile;
extern const auth::Permission own_choice;
extern const auth::Permission own_meeting;
extern const auth::Permission own_consent;
extern const auth::Permission consent_record;
extern const auth::Permission own_withdrawal;
extern const auth::Permission link_send;
} // namespace permission

} // namespace kith::web
