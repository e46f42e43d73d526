// One connection for its coordinator, and planning its first meeting or changing it: the day, the clock time,
// the place or way, and who brings the two together. The worker of the connection may do it too. A change
// names the meeting that was shown, so that two people do not change it past each other.
#include "base/text.hpp"
#include "base/week.hpp"
#include "base/zones.hpp"
#include "connections/first_meeting.hpp"
#include "connections/meeting_days.hpp"
#include "matching/wording.hpp"
#include "web/loaders.hpp"
#include "web/meeting_view.hpp"
#include "web/site.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"
#include "web/ui/tables.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using connections::MeetingDay;
using Problems = std::vector<FieldProblem>;

constexpr const char* lengths[] = {"30", "45", "60", "90"};
constexpr int suggested_days = 7;
constexpr std::size_t days_shown = 7; // of those that fit

// ---- the connection ----

std::string contact_of(const Site& site, const Person& person) {
  const bool by_mail = person.contact_way == ContactWay::email;
  return site.say("connection.contact." + std::string(record::code_of(person.contact_way)),
                  {{"contact", by_mail ? person.email : person.phone}});
}

// Those that were planned before and no longer stand.
Result<Html> earlier_meetings(const Site& site, Call& call, const Connection& connection) {
  TRY_ASSIGN(const auto all, connections::first_meetings_of(call.tx, call.scope, connection.id));
  Html items;
  for (const FirstMeeting& meeting : all)
    if (meeting.cancelled_at) items += el("li", {}, text(moment_of(site, meeting)));
  if (items.empty()) return Html();
  return details({.summary = text(site.say("connection.earlier_meetings")),
                  .content = el("ul", {cls("govuk-list govuk-list--bullet")}, items)});
}

Result<http::Response> connection_page(const Site& site, const Connection& connection, Call& call) {
  TRY_ASSIGN(const Pair pair, pair_of(call, connection));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const Referral referral, connections::load_referral(call.tx, call.scope, connection.referral));
  const Words& words = site.words();
  const auto key = [&](const char* name) { return text(site.say(name)); };
  SummaryList list;
  list.rows.push_back(
      {.key = key("connection.state"),
       .value = text(site.say("connection_state." + std::string(record::code_of(pair.state))))});
  list.rows.push_back({.key = key("connection.agreed_on"),
                       .value = text(long_date(words, local_date(connection.agreed_at, organisation.zone)))});
  list.rows.push_back({.key = key("connection.contact"), .value = text(contact_of(site, pair.person))});
  if (pair.meeting)
    list.rows.push_back({.key = key("connection.meeting"), .value = meeting_words(site, *pair.meeting)});
  Html content = el("h1", {cls("govuk-heading-l")}, text(names_of(site, pair)));
  if (!referral.own_words.empty()) content += quote({.words = referral.own_words});
  content += summary_list(list);
  if (pair.state == ConnectionState::agreed)
    content += button(
        {.content = text(site.say("meeting.plan")), .href = Url(connection_path(connection) + "/meeting")});
  content += meeting_links(site, connection, pair.meeting);
  if (pair.meeting) content += el("p", {cls("govuk-hint")}, text(site.say("meeting.told")));
  TRY_ASSIGN(const Html earlier, earlier_meetings(site, call, connection));
  content += earlier;
  return site.staff_page(call, {.title = names_of(site, pair),
                                .because = "because.coordinator",
                                .current = "/today",
                                .content = std::move(content)});
}

// ---- planning the first meeting, or another time or place for it ----

enum class Purpose : std::uint8_t { plan, change };

std::string path_of(const Connection& connection, Purpose purpose) {
  return connection_path(connection) + (purpose == Purpose::plan ? "/meeting" : "/meeting/change");
}

DateValues boxes_in(const http::Form& form) {
  return {std::string(form.value("on-day")), std::string(form.value("on-month")),
          std::string(form.value("on-year"))};
}

struct TimesAsked {
  int minutes{60};
  std::optional<std::string> link{}; // to the page itself; none where it would lose what was typed
};

Html weekly_hours(const Site& site, const Pair& pair) {
  const auto person = parse_week(pair.person.availability), worker = parse_week(pair.worker.availability);
  if (!person.ok() || !worker.ok()) return {};
  const matching::Wording wording(site.words());
  Html list;
  for (const WeekWindow& window : common_windows(*person, *worker, 30))
    list += el("li", {}, text(wording.window(window)));
  if (list.empty()) return {};
  return el("p", {cls("govuk-body")}, text(site.say("meeting.both_free"))) +
         el("ul", {cls("govuk-list govuk-list--bullet")}, list);
}

// A time to begin with, as the links of the days say it and the address takes it.
std::string start_query(const MeetingDay& day, int minutes) {
  return "?on=" + to_text(day.on) + "&time=" + clock_text(minutes);
}
std::optional<Moment> start_in(const http::Request& request) {
  const auto on = parse_date(request.query_value("on"));
  const auto minutes = read_clock(request.query_value("time"));
  if (!on || !minutes) return {};
  return Moment{*on, *minutes};
}

// "Thursday 26 November, 2pm", or "between 2pm and 4pm". A link where nothing typed would be lost.
Html day_items(const Site& site, const MeetingDay& day, const std::optional<std::string>& link) {
  Html out;
  for (const matching::engine::Starts& starts : day.starts) {
    const auto clock = [&](int minutes) { return clock_words(site.words(), minutes); };
    const std::string words =
        site.say(starts.earliest == starts.latest ? "meeting.fits_at" : "meeting.fits_between",
                 {{"date", long_date(site.words(), day.on)},
                  {"from", clock(starts.earliest)},
                  {"until", clock(starts.latest)}});
    const Html said = text(words);
    out += el("li", {},
              link ? el("a", {cls("govuk-link"), href(Url(*link + start_query(day, starts.earliest)))}, said)
                   : said);
  }
  return out;
}

// The days that fit, and below them where they come from.
Result<Html> times_that_fit(const Site& site, Call& call, const Connection& connection, const Pair& pair,
                            const TimesAsked& asked) {
  const Html hours = weekly_hours(site, pair);
  if (hours.empty()) return Html();
  TRY_ASSIGN(const auto days, connections::meeting_days(call.tx, call.scope, connection, asked.minutes));
  Html list;
  for (std::size_t i = 0; i < days.size() && i < days_shown; ++i)
    list += day_items(site, days[i], asked.link);
  const std::string count = std::to_string(asked.minutes), ahead = std::to_string(connections::days_ahead);
  Html content;
  if (list.empty())
    content += el("p", {cls("govuk-body")},
                  text(site.say("meeting.fits_none", {{"count", count}, {"days", ahead}})));
  else
    content += el("p", {cls("govuk-body")}, text(site.say("meeting.fits", {{"count", count}}))) +
               el("ul", {cls("govuk-list govuk-list--bullet")}, list);
  const std::string about = site.say(
      "meeting.fits_about",
      {{"name", pair.worker.chosen_name}, {"days", ahead}, {"speed", std::to_string(connections::way_kmh)}});
  content += details({.summary = text(site.say("meeting.fits_how")),
                      .content = hours + el("p", {cls("govuk-body")}, text(about))});
  return inset_text({.content = content});
}

Html date_part(const Site& site, const http::Form& form, Date example, const Problems& problems) {
  DateInput day = date_input_for(site.words(), "on", boxes_in(form));
  const DateValues shown = boxes_of(example);
  day.fieldset = Fieldset{.legend = {.content = text(site.say("meeting.day"))}};
  day.hint = Hint{.content = text(site.say("meeting.day_hint",
                                           {{"day", shown.day + " " + shown.month + " " + shown.year}}))};
  day.error = error_for(site.words(), problems, "on-day");
  return date_input(day);
}

Html length_part(const Site& site, const http::Form& form, const Problems& problems) {
  Choices choices{.name = "minutes",
                  .values = {form.has("minutes") ? std::string(form.value("minutes")) : "60"},
                  .fieldset = Fieldset{.legend = {.content = text(site.say("meeting.length"))}},
                  .error = error_for(site.words(), problems, "minutes"),
                  .classes = "govuk-radios--inline"};
  for (const char* minutes : lengths)
    choices.items.push_back(
        {.value = minutes, .content = text(site.say("meeting.minutes", {{"count", minutes}}))});
  return radios(choices);
}

// The form as it would have been sent to plan this meeting.
http::Form form_of(const FirstMeeting& meeting) {
  const DateValues day = boxes_of(meeting.local_on);
  const auto length = (meeting.ends_at.ms - meeting.starts_at.ms) / minutes_ms(1);
  return {{{"meeting", meeting.id.text()},
           {"on-day", day.day},
           {"on-month", day.month},
           {"on-year", day.year},
           {"time", clock_text(meeting.local_minutes)},
           {"minutes", std::to_string(length)},
           {"location", meeting.location},
           {"introducer", meeting.introducer}}};
}

struct Filled {
  Purpose purpose{};
  http::Form form{};
  Date example{};
};

Html booking_form(const Site& site, const Connection& connection, const Call& call, const Problems& problems,
                  const Filled& filled) {
  const http::Form& form = filled.form;
  const auto label_of = [&](const char* name) { return Label{.content = text(site.say(name))}; };
  const auto error = [&](const char* field) { return error_for(site.words(), problems, field); };
  Html fields = site.form_fields(call);
  if (filled.purpose == Purpose::change)
    fields += hidden_field("meeting", std::string(form.value("meeting")));
  fields += date_part(site, form, filled.example, problems);
  fields += input({.name = "time",
                   .value = std::string(form.value("time")),
                   .label = label_of("meeting.time"),
                   .hint = Hint{.content = text(site.say("meeting.time_hint"))},
                   .error = error("time"),
                   .classes = "govuk-input--width-5"});
  fields += length_part(site, form, problems);
  fields += input({.name = "location",
                   .value = std::string(form.value("location")),
                   .label = label_of("meeting.location"),
                   .hint = Hint{.content = text(site.say("meeting.location_hint"))},
                   .error = error("location"),
                   .classes = "govuk-input--width-30"});
  fields +=
      input({.name = "introducer",
             .value = form.has("introducer") || !coordinates(call) ? std::string(form.value("introducer"))
                                                                   : call.scope.actor().name,
             .label = label_of("meeting.introducer_label"),
             .hint = Hint{.content = text(site.say("meeting.introducer_hint"))},
             .error = error("introducer"),
             .classes = "govuk-input--width-20"});
  fields += button(
      {.content = text(site.say(filled.purpose == Purpose::plan ? "meeting.save" : "meeting.change_save"))});
  return el("form",
            {attr("method", "post"), action(Url(path_of(connection, filled.purpose))), flag("novalidate")},
            fields);
}

struct Shown {
  Purpose purpose{};
  int status{200};
  Problems problems{}; // worded
};

// As it was sent; before that the meeting that stands, and the time that was chosen among those that fit.
http::Form filled_form(const Call& call, const Shown& shown, const std::optional<FirstMeeting>& stands) {
  if (shown.status != 200) return call.form;
  const auto start = start_in(call.request);
  if (shown.purpose == Purpose::change) {
    FirstMeeting meeting = *stands;
    if (start) {
      meeting.local_on = start->on;
      meeting.local_minutes = start->minutes;
    }
    return form_of(meeting);
  }
  if (!start) return {};
  const DateValues day = boxes_of(start->on);
  return {{{"on-day", day.day},
           {"on-month", day.month},
           {"on-year", day.year},
           {"time", clock_text(start->minutes)}}};
}

// The length that was chosen; the usual one for anything else.
int minutes_in(const http::Form& form) {
  for (const char* minutes : lengths)
    if (form.value("minutes") == minutes) return static_cast<int>(parse_integer(minutes).value_or(60));
  return 60;
}

Result<http::Response> booking_page(const Site& site, const Connection& connection, Call& call,
                                    const Shown& shown) {
  if (!may_plan(connection, call)) return not_found();
  TRY_ASSIGN(const Pair pair, pair_of(call, connection));
  const bool change = shown.purpose == Purpose::change;
  const bool possible = change ? pair.meeting.has_value() : pair.state == ConnectionState::agreed;
  if (!possible && shown.status == 200) return http::redirect(after_planning(connection, call));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  const http::Form form = filled_form(call, shown, pair.meeting);
  const std::string title = site.say(change ? "meeting.change" : "meeting.title");
  Html content = error_summary_for(site.words(), shown.problems);
  content += el("h1", {cls("govuk-heading-l")}, text(title));
  content += el("p", {cls("govuk-body-l")}, text(names_of(site, pair)));
  TimesAsked asked{.minutes = minutes_in(form)};
  if (shown.status == 200) asked.link = path_of(connection, shown.purpose);
  TRY_ASSIGN(const Html times, times_that_fit(site, call, connection, pair, asked));
  content += times;
  content +=
      booking_form(site, connection, call, shown.problems,
                   {shown.purpose, form, local_date(call.scope.now(), organisation.zone) + suggested_days});
  TRY_ASSIGN(http::Response response,
             site.staff_page(call, {.title = title,
                                    .because = coordinates(call) ? "because.coordinator" : "because.worker",
                                    .current = "/today",
                                    .content = std::move(content)}));
  response.status = shown.status;
  return response;
}

// What was typed, and everything wrong with it at once: the rules of the meeting are asked even when its day
// could not be read.
struct Typed {
  BookingRequest request{};
  Problems problems{};
};

Typed read_booking(const http::Form& form, const BookingCheck& check) {
  Typed typed;
  const auto on = read_day(boxes_in(form));
  const auto at = read_clock(form.value("time"));
  typed.request.minutes = static_cast<int>(parse_integer(form.value("minutes")).value_or(0) % 10'000);
  typed.request.location = form.value("location");
  typed.request.introducer = form.value("introducer");
  typed.request.at = {on.value_or(utc_date(check.now) + suggested_days), at.value_or(12 * 60)};
  if (!on) typed.problems.push_back({"on-day", "not_a_date"});
  if (!at) typed.problems.push_back({"time", "not_a_time"});
  const auto planned = plan_first_meeting(typed.request, check);
  if (planned.ok()) return typed;
  for (const FieldProblem& problem : planned.failure().fields) {
    if (problem.field != "at") typed.problems.push_back(problem);
    else if (on && at) typed.problems.push_back({problem.code == "gap" ? "time" : "on-day", problem.code});
  }
  return typed;
}

Result<FirstMeeting> book(const Connection& connection, Call& call, const BookingRequest& request,
                          Purpose purpose) {
  if (purpose == Purpose::plan)
    return connections::book_first_meeting(call.tx, call.scope, connection.id, request);
  const auto seen = Id<FirstMeeting>::parse(call.form.value("meeting"));
  if (!seen) return not_found();
  return connections::change_first_meeting(call.tx, call.scope, {connection.id, *seen}, request);
}

Result<http::Response> post_booking(const Site& site, const Connection& connection, Call& call,
                                    Purpose purpose) {
  if (!may_plan(connection, call)) return not_found();
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  const Typed typed = read_booking(call.form, {call.scope.now(), organisation.zone});
  if (!typed.problems.empty())
    return booking_page(site, connection, call,
                        {purpose, 422, worded(site.words(), "meeting", typed.problems)});
  const auto booked = book(connection, call, typed.request, purpose);
  if (!booked.ok() && booked.failure().code == "meeting.worker_busy")
    return booking_page(site, connection, call,
                        {purpose, 409, worded(site.words(), "meeting", {{"time", "worker_busy"}})});
  if (!booked.ok()) return booked.failure();
  call.shows(connection.person);
  call.changed({"first_meeting"});
  return http::redirect(after_planning(connection, call));
}

} // namespace

void add_meeting_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::By;
  using auth::Idempotency;
  using auth::Role;
  using http::Method;
  const auth::RelationshipRule coordinators{{{Role::coordinator, By::organisation}}};
  const auth::RelationshipRule planners{
      {{Role::coordinator, By::organisation}, {Role::peer_worker, By::matched_worker}}};
  table.add<Connection>({Method::get, "/connections/{id}", permission::connection_read, coordinators,
                         AuditClass::c4, Idempotency::safe, "One connection and its first meeting"},
                        load_connection(), [&site](const Authorised<Connection>& connection, Call& call) {
                          return connection_page(site, *connection, call);
                        });
  table.add<Connection>({Method::get, "/connections/{id}/meeting", permission::meeting_book, planners,
                         AuditClass::c4, Idempotency::safe, "The form for the first meeting"},
                        load_connection(), [&site](const Authorised<Connection>& connection, Call& call) {
                          return booking_page(site, *connection, call, {.purpose = Purpose::plan});
                        });
  table.add<Connection>({Method::post, "/connections/{id}/meeting", permission::meeting_book, planners,
                         AuditClass::change, Idempotency::keyed, "Plan the first meeting"},
                        load_connection(), [&site](const Authorised<Connection>& connection, Call& call) {
                          return post_booking(site, *connection, call, Purpose::plan);
                        });
  table.add<Connection>({Method::get, "/connections/{id}/meeting/change", permission::meeting_book, planners,
                         AuditClass::c4, Idempotency::safe, "The form to change the first meeting"},
                        load_connection(), [&site](const Authorised<Connection>& connection, Call& call) {
                          return booking_page(site, *connection, call, {.purpose = Purpose::change});
                        });
  table.add<Connection>({Method::post, "/connections/{id}/meeting/change", permission::meeting_book, planners,
                         AuditClass::change, Idempotency::keyed, "Change the first meeting"},
                        load_connection(), [&site](const Authorised<Connection>& connection, Call& call) {
                          return post_booking(site, *connection, call, Purpose::change);
                        });
}

} // namespace kith::web
