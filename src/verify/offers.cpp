// What a person's rows and those of the workers offered to them decide; no pass over other people.
#include <algorithm>

#include "verify/checks.hpp"
#include "verify/grades.hpp"
#include "verify/rules.hpp"

namespace kith::verify {
namespace {

void check_person(Case& of, std::uint32_t i, const WrittenPerson& written) {
  const auto& person = of.person(i);
  const matching::Settings& settings = of.folder.input.settings;
  const About about{i, {}};
  of.expect("class", about, "class", written.klass, of.classes[i]);
  of.expect("dates", about, "waiting_days", written.waiting_days, settings.as_of - person.waiting_on);
  of.expect("dates", about, "promise_on", written.promise_on, to_text(promise_of(person, settings)));
  if (of.first_round(i) - 1 + static_cast<std::int64_t>(written.offers.size()) >
      std::max<std::int64_t>(settings.choices, of.first_round(i) - 1))
    of.note("choices", about, "more offers than there are rounds");
  for (std::size_t k = 0; k < written.offers.size(); ++k)
    if (written.offers[k].kept != (k == 0 && person.open_offers.empty()))
      of.note("kept_place", about,
              "offer " + std::to_string(k + 1) + (written.offers[k].kept ? " may not be" : " must be") +
                  " the kept place");
}

bool same(const WrittenLine& written, const Line& here) {
  return written.criterion == here.criterion && written.side == here.side && written.points == here.points &&
         written.grade == here.grade && written.value == here.value() && written.avoided == here.avoided;
}

std::string in_words(const Line& line) {
  std::string out(line.criterion);
  out.append(" of the ").append(line.side).append(": ").append(std::to_string(line.points)).append(" x ");
  out.append(std::to_string(line.grade)).append(line.avoided ? " (avoided)" : "");
  return out;
}

void check_lines(Case& of, const About& about, const Given& given) {
  std::int64_t sum = 0;
  for (const WrittenLine& line : given.written->lines) sum += line.value;
  of.expect("sum", about, "a fit that its contributions do not add up to,", given.written->fit, sum);
  for (const Line& line : given.fit.lines)
    if (std::none_of(given.written->lines.begin(), given.written->lines.end(),
                     [&](const WrittenLine& written) { return same(written, line); }))
      of.note("contribution", about, "the folder gives " + in_words(line) + "; the plan writes another");
  if (given.written->lines.size() != given.fit.lines.size())
    of.expect("contribution", about, "a number of contributions,",
              static_cast<std::int64_t>(given.written->lines.size()),
              static_cast<std::int64_t>(given.fit.lines.size()));
}

void check_ways(Case& of, std::uint32_t i, const Given& given) {
  const About about{i, given.worker};
  const auto& mine = of.person(i).traits;
  const auto& theirs = of.worker(given.worker).traits;
  of.expect("way", about, "in_person", given.written->in_person, could_meet_in_person(mine, theirs));
  of.expect("way", about, "remote", given.written->remote, could_meet_remotely(mine, theirs));
  Codes shared;
  for (const std::string& language : mine.languages.value_or(Codes{}))
    if (holds(theirs.languages.value_or(Codes{}), language)) shared.push_back(language);
  if (given.written->languages != shared) of.note("way", about, "other languages than both speak");
}

void check_explanation(Case& of, std::uint32_t i, const Given& given) {
  const WrittenOffer& written = *given.written;
  const About about{i, given.worker};
  const auto& person = of.person(i);
  check_lines(of, about, given);
  if (matching::folder_id(written.explained_person) != person.id ||
      matching::folder_id(written.explained_worker) != of.worker(given.worker).id)
    of.note("explanation", about, "the explanation is about another pair");
  if (written.basis != of.plan.basis)
    of.note("explanation", about, "engine, criteria, weights or day are not those of the plan");
  of.expect("part", about, "person_part", written.person_part, given.fit.person_part);
  of.expect("part", about, "worker_part", written.worker_part, given.fit.worker_part);
  of.expect("part", about, "service_part", written.service_part, given.fit.service_part);
  of.expect("fit", about, "fit", written.fit, given.fit.total());
  of.expect("closeness", about, "closeness", written.closeness,
            closeness_word(given.fit.person_part, of.folder.input.settings.closeness));
  check_ways(of, i, given);
  std::vector<std::string> musts;
  for (const matching::Wish& wish : person.wishes)
    if (wish.strength == matching::Strength::must) musts.emplace_back(criterion_name(wish.criterion));
  std::vector<std::string> said = written.musts;
  std::sort(musts.begin(), musts.end());
  std::sort(said.begin(), said.end());
  if (musts != said) of.note("must", about, "the explanation names other musts than the person has");
}

void check_offer(Case& of, std::uint32_t i, const Given& given) {
  const Pair pair{i, given.worker};
  const About about{i, given.worker};
  if (const auto rule = open_rule_broken(of.service, pair); !rule.empty())
    of.note(rule, about, "a hard constraint is broken");
  if (const auto rule = secret_rule_broken(of.service, pair); !rule.empty())
    of.note(rule, about, "a hard constraint is broken");
  if (of.least[i] && given.fit.person_part < of.least[i]->person_part)
    of.note("floor", about, "not close enough to be offered before " + to_text(of.least[i]->until));
  check_explanation(of, i, given);
}

} // namespace

void check_offers(Case& of) {
  for (std::uint32_t i = 0; i < of.written.size(); ++i) {
    if (!of.written[i]) continue;
    check_person(of, i, *of.written[i]);
    for (const Given& given : of.given[i]) check_offer(of, i, given);
  }
}

void check_places(Case& of) {
  std::vector<std::int64_t> kept(of.folder.input.workers.size(), 0), further = kept;
  for (std::uint32_t i = 0; i < of.given.size(); ++i)
    for (std::size_t k = 0; k < of.given[i].size(); ++k) {
      const bool keeps = k == 0 && of.first_round(i) == 1;
      ++(keeps ? kept : further)[of.given[i][k].worker];
    }
  for (std::uint32_t j = 0; j < kept.size(); ++j) {
    const std::int64_t free = of.free_places(j);
    if (kept[j] > free)
      of.note("places", {{}, j},
              std::to_string(kept[j]) + " kept places, " + std::to_string(free) + " free ones");
    const std::int64_t shared =
        std::max<std::int64_t>(0, free - kept[j]) * of.folder.input.settings.offers_per_place;
    if (further[j] > shared)
      of.note("kept_place", {{}, j},
              std::to_string(further[j]) + " further choices, room for " + std::to_string(shared) +
                  " beside the kept places");
  }
}

} // namespace kith::verify
