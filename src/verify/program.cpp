#include "verify/program.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "record/json.hpp"
#include "verify/manual.hpp"

namespace kith::verify {
namespace {

constexpr std::string_view criteria_known = "kith-criteria/1";
constexpr std::size_t lines_most = 1'000;
constexpr std::uintmax_t plan_bytes_most = std::uintmax_t{1} << 30;

struct Asked {
  std::string folder{};
  std::string plan{};
  std::int64_t people{people_most};
};

Failure about(const char* code, std::vector<std::string> arguments) {
  Failure failure = invalid(code);
  failure.arguments = std::move(arguments);
  return failure;
}

Result<Asked> asked(const std::vector<std::string>& arguments) {
  Asked out;
  std::vector<std::string> named;
  for (std::size_t k = 0; k < arguments.size(); ++k) {
    if (arguments[k] == "--people") {
      const auto count = k + 1 < arguments.size() ? parse_integer(arguments[++k]) : std::nullopt;
      if (!count || *count < 1) return about("usage", {"--people takes a whole number from 1"});
      out.people = *count;
    } else if (arguments[k].starts_with("-")) {
      return about("usage", {"there is no such option"});
    } else {
      named.push_back(arguments[k]);
    }
  }
  if (named.size() != 2) return about("usage", {"takes a folder and a plan"});
  out.folder = named[0];
  out.plan = named[1];
  return out;
}

std::string sentence(const Failure& failure) {
  const auto argument = [&](std::size_t k) {
    return k < failure.arguments.size() ? failure.arguments[k] : std::string();
  };
  if (failure.code == "usage") return argument(0) + "; see kith-verify --help";
  if (failure.code == "folder.not_found") return "there is no such folder";
  if (failure.code == "folder.problems") return argument(0);
  if (failure.code == "file.unreadable") return argument(0) + " cannot be read, or is not a regular file";
  if (failure.code == "file.too_large") return argument(0) + " is larger than " + argument(1) + " MiB";
  if (failure.code == "plan.form") return "the plan, at " + argument(0) + ": expected " + argument(1);
  if (failure.code == "verify.other_settings")
    return "folder and plan differ in " + argument(0) + ": this plan was not made from this folder";
  const auto [expected, found] = record::json_mistake(failure.code);
  return "the plan: expected " + std::string(expected) + ", found " + std::string(found);
}

std::string text_of(const Violation& violation) {
  std::string out = violation.rule;
  if (!violation.person.empty()) out.append(", person ").append(shown(violation.person));
  if (!violation.worker.empty()) out.append(", worker ").append(shown(violation.worker));
  return out.append(": ").append(violation.says).append("\n");
}

std::string list_of(const std::vector<Violation>& violations) {
  std::string out;
  for (std::size_t k = 0; k < violations.size() && k < lines_most; ++k) out += text_of(violations[k]);
  if (violations.size() > lines_most)
    out.append("and ").append(std::to_string(violations.size() - lines_most)).append(" more\n");
  return out.append(std::to_string(violations.size())).append(" violations\n");
}

std::string summary_of(const Verified& done, const PlanFile& plan) {
  std::int64_t offers = 0;
  for (const WrittenPerson& person : plan.people) offers += static_cast<std::int64_t>(person.offers.size());
  const std::string pairs =
      std::to_string(done.seen.pairs) +
      (done.seen.sampled ? " pairs (sampled: every worker for " + std::to_string(done.seen.people) + " of " +
                               std::to_string(plan.people.size()) + " people)"
                         : " pairs, all there are");
  std::string out("No violation found.\n");
  out.append("Plan: method ").append(plan.method).append(", dial ").append(plan.dial);
  out.append(", as of ").append(to_text(plan.basis.as_of));
  out.append(", weights ").append(shown(plan.basis.weights)).append("\n");
  out.append("Offers: ")
      .append(std::to_string(offers))
      .append(" for ")
      .append(std::to_string(plan.people.size()));
  out.append(
      " people; constraints, grades, contributions, fits, classes, places and sums worked out again\n");
  out.append("Looked at: ").append(pairs).append("; ").append(std::to_string(done.seen.possible));
  out.append(" may be offered in the first round\n");
  if (plan.method == "optimum") out.append("Proved: nothing is worth more than these kept places; bound ");
  else out.append("Proved: nobody was passed over, and no kept places are worth more than the bound ");
  out.append(std::to_string(plan.bound)).append(", gap ").append(std::to_string(plan.gap));
  out.append(done.seen.sampled ? ", for the pairs looked at\n" : ", for all pairs\n");
  out.append("Not checked: the facts given beside a line or a must, the times named, which engine, what "
             "would change, the other methods and positions");
  if (plan.method == "optimum" && plan.choices > 1) out.append(", that further choices are the best left");
  return out.append("\n");
}

Result<PlanFile> plan_at(const std::string& path) {
  TRY_ASSIGN(const std::string bytes, read_file(path, plan_bytes_most));
  return read_plan(bytes);
}

Result<matching::Folder> folder_at(const std::string& path, const PlanFile& plan) {
  TRY_ASSIGN(const matching::FolderOptions options, options_of(plan));
  TRY_ASSIGN(const matching::FolderFiles files, matching::read_folder(path));
  matching::Folder folder = matching::parse_folder(files, options);
  if (!folder.problems.empty()) return about("folder.problems", {matching::problems_text(folder.problems)});
  return folder;
}

Result<Answer> answer_to(const std::vector<std::string>& arguments, const Clock& clock) {
  const std::int64_t began = clock.monotonic_ms();
  TRY_ASSIGN(const Asked what, asked(arguments));
  TRY_ASSIGN(const PlanFile plan, plan_at(what.plan));
  TRY_ASSIGN(const matching::Folder folder, folder_at(what.folder, plan));
  TRY_ASSIGN(const Verified done, verify(folder, plan, what.people));
  if (!done.violations.empty()) return Answer{1, list_of(done.violations), {}};
  const std::int64_t took = clock.monotonic_ms() - began;
  return Answer{0, summary_of(done, plan) + "Time: " + std::to_string(took) + " ms\n", {}};
}

} // namespace

Result<matching::FolderOptions> options_of(const PlanFile& plan) {
  matching::FolderOptions out;
  for (std::size_t k = 0; k < method_names.size(); ++k)
    if (plan.method == method_names[k]) out.method = static_cast<matching::Method>(k);
  for (std::size_t k = 0; k < dial_names.size(); ++k)
    if (plan.dial == dial_names[k]) out.dial = static_cast<matching::Dial>(k);
  if (!out.method) return about("plan.form", {"/method", "stable, optimum or arrival"});
  if (!out.dial) return about("plan.form", {"/dial", "a position of the dial"});
  if (plan.choices < 1 || plan.choices > 7) return about("plan.form", {"/choices", "1 to 7"});
  if (plan.seed < 0) return about("plan.form", {"/seed", "a whole number from 0, as a text"});
  if (plan.basis.criteria != criteria_known)
    return about("plan.form", {"/criteria", std::string(criteria_known) + ", the rules written here"});
  out.choices = static_cast<int>(plan.choices);
  out.seed = static_cast<std::uint64_t>(plan.seed);
  out.as_of = plan.basis.as_of;
  return out;
}

Result<Verified> verify(const matching::Folder& folder, const PlanFile& plan, std::int64_t people) {
  const matching::Settings& settings = folder.input.settings;
  if (settings.as_of != plan.basis.as_of) return about("verify.other_settings", {"as_of"});
  if (settings.weights_version != plan.basis.weights)
    return about("verify.other_settings", {"weights_version"});
  Case of = lay_out(folder, plan);
  check_offers(of);
  check_places(of);
  Verified out;
  out.seen = look_at_pairs(of, people);
  check_totals(of, out.seen);
  check_proof(of, out.seen);
  out.violations = std::move(of.found);
  return out;
}

Answer run(const std::vector<std::string>& arguments, const Clock& clock) {
  for (const std::string& argument : arguments)
    if (argument == "--help" || argument == "-h") return {0, help_text(), {}};
  if (arguments == std::vector<std::string>{"man"}) return {0, man_page(), {}};
  const Result<Answer> answer = answer_to(arguments, clock);
  if (answer.ok()) return answer.value();
  return {2, {}, "kith-verify: " + printable(sentence(answer.failure())) + "\n"};
}

} // namespace kith::verify
