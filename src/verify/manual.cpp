#include "verify/manual.hpp"

#include <initializer_list>
#include <string_view>

#include "base/roff.hpp"

namespace kith::verify {
namespace {

struct Line {
  std::string_view name{};
  std::string_view says{};
};

constexpr std::string_view forms[]{"[--people N] FOLDER PLAN.json", "man", "--help"};

constexpr std::string_view paragraphs[]{
    "Checks a plan of `kith match FOLDER --json` against the folder it was made from. Constraints, grades,\n"
    "contributions, fits, classes, places and sums are worked out again from the rows by code of its own, "
    "and\n"
    "the proof of the optimum is checked over all pairs of people and workers.\n",
    "Each violation is a line: rule, person, worker, what is wrong. Rules that are secret in the service "
    "are\n"
    "named here, as whoever has the folder knows them.\n"};

constexpr Line options[]{
    {"--people N", "look at every worker for about N people only; 100000 unless set. The answer then says\n"
                   "\"sampled\". Offers, places and sums are always checked in full."},
    {"--help", "print a short help"},
    {"man", "print the manual page (roff)"}};

constexpr Line codes[]{
    {"0", "nothing found"}, {"1", "violations"}, {"2", "usage or input that cannot be read"}};

void put(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) out.append(part);
}

void put_option(std::string& out, const Line& option) {
  put(out, {"  ", option.name, std::string(option.name.size() < 11 ? 13 - option.name.size() : 1, ' ')});
  for (const char letter : option.says) {
    out += letter;
    if (letter == '\n') out.append(15, ' ');
  }
  out += '\n';
}

} // namespace

std::string help_text() {
  std::string out;
  std::string_view before = "Usage: ";
  for (const std::string_view form : forms) {
    put(out, {before, "kith-verify ", form, "\n"});
    before = "       ";
  }
  for (const std::string_view paragraph : paragraphs) put(out, {"\n", paragraph});
  out += '\n';
  for (const Line& option : options) put_option(out, option);
  out += "\nExit codes:";
  before = " ";
  for (const Line& code : codes) {
    put(out, {before, code.name, " ", code.says});
    before = ", ";
  }
  return out.append(".\n");
}

std::string man_page() {
  std::string out(
      ".TH KITH-VERIFY 1\n.SH NAME\nkith\\-verify \\- checks a plan against the folder it was made "
      "from\n.SH SYNOPSIS\n");
  std::string_view before;
  for (const std::string_view form : forms) {
    put(out, {before, ".B kith\\-verify\n", roff(form), "\n"});
    before = ".br\n";
  }
  out += ".SH DESCRIPTION\n";
  before = "";
  for (const std::string_view paragraph : paragraphs) {
    put(out, {before, roff(paragraph)});
    before = ".PP\n";
  }
  out += ".SH OPTIONS\n";
  for (const Line& option : options) put(out, {".TP\n.B ", roff(option.name), "\n", roff(option.says), "\n"});
  out += ".SH EXIT STATUS\n";
  for (const Line& code : codes) put(out, {".TP\n.B ", code.name, "\n", roff(code.says), "\n"});
  return out.append(".SH SEE ALSO\n.BR kith (1)\n");
}

} // namespace kith::verify
