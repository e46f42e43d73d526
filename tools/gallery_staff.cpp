#include "gallery.hpp"

#include "web/charts/figure.hpp"
#include "web/charts/waits.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/comparison.hpp"
#include "web/ui/content.hpp"
#include "web/ui/frame.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"
#include "web/ui/plan_rows.hpp"
#include "web/ui/tables.hpp"

namespace kith::gallery {
namespace {

using namespace web;

Html p(std::string_view words) { return el("p", {}, text(words)); }
Html h1(std::string_view words) { return el("h1", {}, text(words)); }
Html h2(std::string_view words) { return el("h2", {}, text(words)); }

Frame staff(std::string title, std::string_view current) {
  Frame page{.title = std::move(title),
             .signed_in = "Priya, coordinator",
             .organisation = "Northside",
             .sign_out = Url("/sign-out"),
             .because = "you are a coordinator at Northside.",
             .timeout = Timeout{900, "/session/extend", "/signed-out"},
             .token = {"csrf", "sample"}};
  for (const char* each : {"Today", "People", "Connections", "Team", "Learning", "Reports"})
    page.nav.push_back({each, Url("/" + std::string(each)), current == each});
  return page;
}
Frame worker(std::string title, std::string_view current) {
  Frame page{.title = std::move(title),
             .signed_in = "Ruth",
             .sign_out = Url("/sign-out"),
             .because = "these are your own connections.",
             .token = {"csrf", "sample"}};
  for (const char* each : {"Today", "People", "Me"})
    page.nav.push_back({each, Url("/w/" + std::string(each)), current == each});
  return page;
}

Html weights(const Words& words) {
  Html rows = p("Try a change; what she asked for stays the same.");
  const char* names[] = {"Women only", "Similar experience", "Speaks Tigrinya", "Weekday evenings",
                         "Near, by bus"};
  const char* values[] = {"must", "matters", "matters", "matters", "a_little"};
  for (int at = 0; at < 5; ++at)
    rows += preference_segments(
        {.name = "weight" + std::to_string(at), .legend = names[at], .value = values[at]}, words);
  return el("form", {attr("method", "get"), action("/find")}, rows,
            button({.content = text("Try this"), .classes = "govuk-button--secondary"}));
}

Comparison workers() {
  using enum Sign;
  return {.caption = "Workers who could be a good fit for Amara, by what matters to her",
          .tick_name = "worker",
          .columns = {{"Ruth", "ruth", true}, {"Mina", "mina", true}, {"Lena", "lena"}},
          .facts = {{"How close", {"Very close", "Close", "Some in common"}},
                    {"First meeting", {"In 10 to 14 days", "In 2 to 5 days", "Not known yet"}},
                    {"Room", {"1 place left (4 of 5)", "2 places left (3 of 5)", "2 places left (2 of 4)"}}},
          .rows = {{"Women only", "must", {{meets, "Yes"}, {meets, "Yes"}, {meets, "Yes"}}},
                   {"Has been through something similar",
                    "matters",
                    {{meets, "Postnatal depression; shares this openly"},
                     {meets, "Postnatal anxiety; shares if asked"},
                     {part, "Long depression, not after birth"}}},
                   {"Speaks Tigrinya",
                    "matters",
                    {{meets, "Fluent"}, {not_met, "English only"}, {part, "Some; happier in English"}}},
                   {"Free on weekday evenings",
                    "matters",
                    {{part, "Tuesdays only"}, {meets, "Tuesday to Thursday"}, {meets, "Every evening"}}},
                   {"Near", "a little", {{meets, "Same suburb"}, {part, "3 km"}, {meets, "Same suburb"}}}}};
}

Html find_page(const Words& words, const Assets& assets) {
  Frame page = staff("Find a connection", "People");
  Html offers = el("form", {attr("method", "post"), action("/people/1/offers")}, hidden_field(page.token),
                   comparison(workers(), words),
                   action_bar(button({.content = text("Offer Amara a choice of Ruth and Mina")}),
                              text("You see every message before it goes.")));
  page.content =
      back_link({.content = text("Waiting list"), .href = "/people/waiting"}) +
      h1("Find a connection for Amara") +
      facts({{"Waiting", "23 days", "(our promise is 28)"},
             {"Asked for herself,", "31 October", ""},
             {"Agreed to matching", "2 November", ""},
             {"Likes texts,", "after 5pm", ""}}) +
      quote({"Someone who has had a hard time after a baby and come through it. I would like to speak my own "
             "language some of the time."}) +
      el("div", {cls("kith-aside")},
         card({.title = "What matters to Amara", .content = weights(words), .classes = "kith-card--sand"}),
         el("div", {}, el("section", {}, el("h2", {}, text("3 people who could be a good fit")), offers),
            cards({{.title = "What each choice means for others",
                    .content = el("ul", {},
                                  el("li", {}, el("strong", {}, text("Ruth:")),
                                     text(" takes her last place. Jo, waiting 31 days, would go from very "
                                          "close to close.")),
                                  el("li", {}, el("strong", {}, text("Mina:")),
                                     text(" nobody else’s choice changes.")))},
                   {.title = "Who is not shown, and why",
                    .content = p("Kai has no room until January. Noa is not free in the evenings.") +
                               p("Others are not available.")}}),
            details({.summary = text("How this was worked out"),
                     .content = p(
                         "From what Amara said on 2 November. Diagnosis and past answers were not used.")})));
  return staff_frame(page, words, assets);
}

Html waiting_page(const Words& words, const Assets& assets) {
  Frame page = staff("Waiting list", "People");
  page.sandbox = true;
  page.notice = Notice{"Ruth and Mina were asked about Amara.", Url("/undo")};
  const Waits waits{{2, 3, 3, 5, 8, 9, 9, 11, 14, 17, 20, 23, 23, 24, 27, 29, 31, 34, 52}, 28};
  page.content =
      h1("Waiting list") +
      figure({.title = "Most people meet within our promise",
              .sentence = waits_sentence(waits, words),
              .picture = waits_picture(waits, words),
              .numbers = waits_numbers(waits, words),
              .csv = Url("/people/waiting.csv"),
              .how = "Days are counted from the day the person asked until today.",
              .population = "19 people waiting on 24 November 2026"},
             words) +
      h2("Soonest promise first") +
      person_rows(
          {{"Jo", "/people/3", "Day 31 of 28: past our promise", true,
            "Somebody who gets that I can’t do mornings.", "Asked 24 October; agreed to matching 26 October.",
            "Priya phones Jo today."},
           {"Amara", "/people/1", "Day 23 of 28", false,
            "Someone who has had a hard time after a baby and come through it.",
            "Asked 31 October; agreed to matching 2 November.", "Ruth answers by Thursday."},
           {"Sam", "/people/2", "Day 9 of 28", false, "A walk would be good. Not talking all the time.",
            "Asked 15 November.", "Sam has not yet agreed to matching."}});
  return staff_frame(page, words, assets);
}

Html plan_page(const Words& words, const Assets& assets) {
  Frame page = staff("Plan for today vs suggested plan", "People");
  page.content =
      h1("Plan for today vs suggested plan") +
      el("form", {attr("method", "post"), action(Url("/plan"))},
         hidden_field(page.token) +
             plan_rows({.tick_name = "row",
                        .rows = {{.name = "Jo",
                                  .href = "/people/3/find",
                                  .wait = "Day 31 of 28",
                                  .late = true,
                                  .today = "Ruth (some in common)",
                                  .suggested = "no place left with those who could be asked",
                                  .change = "Would wait longer. Ruth is offered to Amara"},
                                 {.name = "Amara",
                                  .href = "/people/1/find",
                                  .wait = "Day 23 of 28",
                                  .today = "nobody can be asked now",
                                  .suggested = "Ruth (very close) and Mina (close)",
                                  .change = "Would meet sooner",
                                  .tick = "1.2.3",
                                  .keep = ChoiceLink{"Keep Ruth and Mina for Amara, and plan the rest around "
                                                     "this",
                                                     "/plan?keep=1.2.3"}},
                                 {.name = "Sam",
                                  .href = "/people/2/find",
                                  .wait = "Day 9 of 28",
                                  .today = "Mina (close)",
                                  .suggested = "Mina (close)",
                                  .tick = "2.3",
                                  .kept = true,
                                  .keep = ChoiceLink{"Do not keep this for Sam", "/plan"}}}},
                       words) +
             button({.content = text("Look at the messages of what is ticked")}));
  return staff_frame(page, words, assets);
}

Html today_page(const Words& words, const Assets& assets) {
  Frame page = worker("Today", "Today");
  const auto post = [&](std::string_view words_of, const Url& to, std::string_view classes_of) {
    return el("form", {attr("method", "post"), action(to)}, hidden_field(page.token),
              button({.content = text(words_of), .classes = std::string(classes_of)}));
  };
  page.content =
      el("div", {}, h1("Tuesday 24 November"), el("p", {cls("kith-soft")}, text("Updated 9:50 · all sent"))) +
      card({.title = "Sam, 10:30",
            .content = p("A walk at Riverside Park. Meet at the duck pond gate.") +
                       p("Last time Sam wanted to talk about going back to choir.") +
                       buttons({{post("I’m on my way", "/w/on-my-way", ""),
                                 post("Can’t make it", "/w/cannot", "govuk-button--secondary")}}),
            .classes = "kith-card--tint"}) +
      h2("Later today") +
      day_list({{"13:00", "2026-11-24T13:00", "Team huddle", "Room 2, or phone in"},
                {"15:00", "2026-11-24T15:00", "Lee", "Phone call", Url("/w/people/4")}}) +
      h2("When you have a minute") +
      day_list(
          {{"1 min", "", "Write about yesterday with Noor", "3 short questions", Url("/w/write/5")},
           {"5 min", "", "Plan a good ending with Jo", "Last meeting is 15 December", Url("/w/ending/3")}}) +
      h2("Support for you") +
      buttons({{button({.content = text("Call Priya"),
                        .href = Url("tel:0000000001"),
                        .classes = "govuk-button--secondary"}),
                button({.content = text("I’m worried about someone"),
                        .href = Url("/w/concern"),
                        .classes = "govuk-button--secondary"})}});
  return worker_frame(page, words, assets);
}

Html write_page(const Words& words, const Assets& assets) {
  Frame page = worker("Write about a contact", "Today");
  const auto legend = [](std::string_view words_of) {
    return Fieldset{.legend = {.content = text(words_of)}};
  };
  page.content =
      back_link({.content = text("Back"), .href = "/w/"}) + h1("Monday 23 November with Noor") +
      el("form", {attr("method", "post"), action("/w/write/5")}, hidden_field(page.token),
         radios({.name = "how",
                 .items = {{.value = "in_person", .content = text("In person")},
                           {.value = "phone", .content = text("Phone")},
                           {.value = "video", .content = text("Video")},
                           {.value = "text", .content = text("Text")},
                           {.value = "did_not_meet", .content = text("We did not meet")}},
                 .fieldset = legend("How did you meet?")}),
         segments(
             {.name = "minutes",
              .legend = "How long, in minutes?",
              .options = {{"15", "15"}, {"30", "30"}, {"45", "45"}, {"60", "60"}, {"other", "Another"}}}),
         textarea({.name = "remember",
                   .rows = 4,
                   .label = {.content = text("Anything to remember for next time?")},
                   .hint = Hint{.content = text("Noor can read this. Leave it empty if you like.")}}),
         details({.summary = text("For supervision only"),
                  .content = textarea({.name = "supervision",
                                       .rows = 3,
                                       .label = {.content = text("For you and your supervisor")}})}),
         button({.content = text("Save")}));
  return worker_frame(page, words, assets);
}

Html parts_page(const Words& words, const Assets& assets) {
  Frame page = staff("Parts", "Reports");
  page.content =
      phase_banner({{text("Draft")}, text("These figures are not final.")}) + h1("Parts") +
      notification_banner(
          {.title = "Important", .heading = "Two returns are due on Friday.", .title_id = "banner-1"}) +
      panel({.title = text("Sent"),
             .content = text("The return for October is with the funder."),
             .heading_level = 2}) +
      summary_list(
          {.rows = {{.key = text("Name"), .value = text("Sam"), .actions = {{text("Change"), "/x", "name"}}},
                    {.key = text("Safe contact"),
                     .value = text("Text after 5pm; no voicemail"),
                     .actions = {{text("Change"), "/y", "safe contact"}, {text("Who sees this?"), "/z"}}}},
           .card = SummaryCard{.title = text("Sam"), .actions = {{text("Print"), "/print"}}}}) +
      el("p", {}, tag({text("Very close"), "kith-tag--good"}), text(" "),
         tag({text("Some in common"), "kith-tag--part"}), text(" "), tag({text("Asked"), "kith-tag--plain"}),
         text(" "), tag({text("Offered")})) +
      select({.name = "team",
              .value = "north",
              .items = {{"Northside", "north"}, {"Southside", "south"}},
              .label = {.content = text("Team")}}) +
      checkboxes({.name = "days",
                  .values = {"tue"},
                  .items = {{.value = "mon", .content = text("Monday")},
                            {.value = "tue",
                             .content = text("Tuesday"),
                             .conditional = input({.name = "tue_note",
                                                   .label = {.content = text("Which hours?")},
                                                   .suffix = Affix{.content = text("o’clock")}})}},
                  .fieldset = Fieldset{.legend = {.content = text("Free on")}},
                  .classes = "govuk-checkboxes--small"}) +
      radios({.name = "size",
              .values = {"m"},
              .items = {{.value = "s", .content = text("Small")}, {.value = "m", .content = text("Medium")}},
              .fieldset = Fieldset{.legend = {.content = text("Print size")}},
              .classes = "govuk-radios--inline"}) +
      el("div",
         {cls("kith-scroll"), attr("tabindex", "0"), attr("role", "region"), attr("aria-label", "Places")},
         table({.caption = "Places by worker",
                .head = {{.content = text("Worker")},
                         {.content = text("Agreed"), .format = "numeric"},
                         {.content = text("Held"), .format = "numeric"}},
                .rows = {{{.content = text("Dawit")},
                          {.content = text("4"), .format = "numeric"},
                          {.content = text("5"), .format = "numeric"}},
                         {{.content = text("Ruth")},
                          {.content = text("5"), .format = "numeric"},
                          {.content = text("4"), .format = "numeric"}}},
                .first_cell_is_header = true})) +
      buttons({{button({.content = text("Save")}),
                button({.content = text("Preview"), .classes = "govuk-button--secondary"}),
                button({.content = text("Later"), .classes = "kith-button--quiet"}),
                button({.content = text("Delete"), .classes = "govuk-button--warning"})}});
  return staff_frame(page, words, assets);
}

} // namespace

std::vector<Page> staff_pages(const Words& words, const Assets& assets) {
  return {{"staff-find", find_page(words, assets)},    {"staff-waiting", waiting_page(words, assets)},
          {"staff-plan", plan_page(words, assets)},    {"staff-parts", parts_page(words, assets)},
          {"worker-today", today_page(words, assets)}, {"worker-write", write_page(words, assets)}};
}

} // namespace kith::gallery
