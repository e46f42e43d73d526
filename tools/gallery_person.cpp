#include "gallery.hpp"

#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/field.hpp"
#include "web/ui/frame.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"

namespace kith::gallery {
namespace {

using namespace web;

Html p(std::string_view words) { return el("p", {}, text(words)); }
Html h1(std::string_view words) { return el("h1", {}, text(words)); }
Html h2(std::string_view words) { return el("h2", {}, text(words)); }
const HelpLine night_line{"Night line", "0000 000 000"};

Frame base() {
  return {.sandbox = true,
          .help_line = night_line,
          .sign_out = Url("/sign-out"),
          .nav = {{"My connection", "/me", true}, {"What is shared", "/me/shared"}, {"My plan", "/me/plan"}},
          .languages = {{"English", "/language/en", true}, {"ትግርኛ", "/language/ti", false, "ti"}},
          .because = "this page is about you.",
          .timeout = Timeout{1800, "/session/extend", "/signed-out"},
          .token = {"csrf", "sample"}};
}

Html connection_page(const Words& words, const Assets& assets) {
  Frame page = base();
  page.notice = Notice{"We told Ruth that Thursday suits you.", Url("/me/undo")};
  page.content =
      h1("Hello Amara") +
      who({"R", "Ruth is your peer worker",
           "She has been through a hard time after a baby too. She speaks Tigrinya and English."}) +
      card({.title = "Your next meeting",
            .content =
                el("p", {cls("kith-when")}, text("Thursday 26 November, 2pm")) +
                p("The café at Northside Library. Ruth will wear a green scarf. You can bring your baby.") +
                buttons({{button({.content = text("Add to my calendar"), .href = Url("/me/calendar")}),
                          button({.content = text("Change or cancel"),
                                  .href = Url("/me/change"),
                                  .classes = "govuk-button--secondary"})}}),
            .classes = "kith-card--tint"}) +
      p("Ruth reads messages on weekdays until 5pm.") + h2("What you hope for") +
      quote({"To get out of the house twice a week, and to feel like me."}) + h2("It’s up to you") +
      p("You can do any of these at any time. You do not have to say why.") +
      choice_links({{"Take a break for a while", "/me/break"},
                    {"Meet someone different", "/me/different"},
                    {"Choose what is shared about you", "/me/shared"},
                    {"End this", "/me/ending"}}) +
      details({.summary = text("Who can see this page?"),
               .content = p("You, Ruth, and Priya who brought you together. Nobody else.")}) +
      help_box({"Need to talk to someone now?",
                "Ruth cannot answer at night. These people can, day and night, free:",
                {night_line, {"Text line", "00000"}}});
  return person_frame(page, words, assets);
}

Html choose_page(const Words& words, const Assets& assets) {
  Frame page = base();
  const auto worker = [](std::string name, const std::vector<std::string>& lines) {
    Html items;
    for (const std::string& line : lines) items += el("li", {}, text(line));
    return Card{.title = name,
                .content = el("ul", {}, items) + el("form", {attr("method", "post"), action("/me/choose")},
                                                    button({.content = text("I’d like to meet " + name),
                                                            .name = "offer",
                                                            .value = name,
                                                            .classes = "govuk-button--secondary"}))};
  };
  const auto answer = [](std::string_view words_of, std::string_view value) {
    return el("form", {attr("method", "post"), action("/me/choose")},
              button({.content = text(words_of),
                      .name = "offer",
                      .value = std::string(value),
                      .classes = "govuk-button--secondary"}));
  };
  page.content =
      h1("Who would you like to meet?") + p("Both have said yes to meeting you. You can say no to both.") +
      cards({worker("Ruth", {"Has been through a hard time after a baby", "Speaks Tigrinya and English",
                             "Free on Tuesday evenings", "First meeting in 10 to 14 days"}),
             worker("Mina", {"Has been through worry after a baby", "Speaks English",
                             "Free Tuesday to Thursday evenings", "First meeting in 2 to 5 days"})}) +
      buttons({{answer("None of these", "none"), answer("Not now", "later")}, true}) +
      inset_text({.content = p("Please answer by Thursday 3 December. If you do nothing, Priya phones you. "
                               "Your place is kept.")});
  return person_frame(page, words, assets);
}

Html matters_page(const Words& words, const Assets& assets) {
  Frame page = base();
  Html rows;
  int number = 0;
  for (const char* each :
       {"Women only", "Has been through something similar", "Speaks Tigrinya", "Weekday evenings"})
    rows += preference_segments({.name = "matter" + std::to_string(++number),
                                 .legend = each,
                                 .value = number == 1   ? "must"
                                          : number == 4 ? "not_important"
                                                        : "matters"},
                                words);
  page.content =
      back_link({.content = text("Back"), .href = "/me"}) + h1("What matters to you?") +
      p("Pick one word in each row. You can change this at any time.") +
      el("form", {attr("method", "post"), action("/me/matters")}, hidden_field(page.token), rows,
         buttons(
             {{button({.content = text("Save")}),
               button({.content = text("Not now"), .href = Url("/me"), .classes = "kith-button--quiet"})}}));
  return person_frame(page, words, assets);
}

Html sign_in_page(const Words& words, const Assets& assets) {
  Frame page = base();
  page.title = "Sign in";
  page.sign_out.reset();
  page.timeout.reset();
  page.nav.clear();
  page.because.clear();
  page.content =
      h1("Sign in") + p("We send you a code. No password needed.") +
      el("form", {attr("method", "post"), action("/sign-in"), flag("novalidate")},
         input({.name = "contact",
                .label = {.content = text("Your mobile number or e-mail address")},
                .hint = Hint{.content = text("The one you gave us when you asked for support.")},
                .autocomplete = "username"}),
         checkboxes(
             {.name = "shared",
              .items = {{.value = "yes",
                         .content = text("Other people use this device"),
                         .hint = Hint{.content = text("Then nothing is kept here when you leave.")}}}}),
         button({.content = text("Send me a code")})) +
      details({.summary = text("I have a card with a code"),
               .content = p("Open the page on your card, or ask the person who gave it to you.")});
  return public_frame(page, words, assets);
}

Html errors_page(const Words& words, const Assets& assets) {
  Frame page = base();
  page.title = "Ask for support";
  page.sign_out.reset();
  page.timeout.reset();
  page.nav.clear();
  page.because.clear();
  const ErrorMessage missing{.content = text("Tell us what to call you"), .prefix = "Error"};
  DateInput born = date_input_for(words, "born", {"31", "2", "1990"});
  born.fieldset = Fieldset{.legend = {.content = text("When were you born?")}};
  born.hint = Hint{.content = text("For example, 27 3 1990. You can leave this out.")};
  born.error = ErrorMessage{.content = text("That day does not exist"), .prefix = "Error"};
  const Html phone = input(
      {.name = "phone", .type = "tel", .label = {.content = text("Phone number")}, .autocomplete = "tel"});
  page.content =
      back_link({.content = text("Back"), .href = "/"}) +
      error_summary({.title = text("There is a problem"),
                     .errors = {{text("Tell us what to call you"), Url("#name")},
                                {text("That day does not exist"), Url("#born-day")}}}) +
      h1("Ask for support") +
      el("form", {attr("method", "post"), action("/ask"), flag("novalidate")},
         input({.name = "name", .label = {.content = text("What should we call you?")}, .error = missing}),
         radios({.name = "reach",
                 .values = {"phone"},
                 .items = {{.value = "phone", .content = text("Phone"), .conditional = phone},
                           {.value = "text", .content = text("Text")},
                           {.divider = "or"},
                           {.value = "callback",
                            .content = text("I will come by"),
                            .hint = Hint{.content = text("We are open on weekdays, 9am to 5pm.")}}},
                 .fieldset = Fieldset{.legend = {.content = text("How can we reach you safely?")}}}),
         date_input(born),
         textarea({.name = "words",
                   .label = {.content = text("Anything you want to say?")},
                   .hint = Hint{.content = text("Leave it empty if you like.")}}),
         warning_text({.content = text("If you are in danger now, call your local emergency number."),
                       .icon_words = "Warning"}),
         button({.content = text("Ask for support")}));
  return public_frame(page, words, assets);
}

} // namespace

std::vector<Page> person_pages(const Words& words, const Assets& assets) {
  return {{"person-connection", connection_page(words, assets)},
          {"person-choose", choose_page(words, assets)},
          {"person-matters", matters_page(words, assets)},
          {"public-sign-in", sign_in_page(words, assets)},
          {"public-errors", errors_page(words, assets)}};
}

} // namespace kith::gallery
