// Rows of an import as typed drafts of records, checked by the records' own descriptions; what cannot be read
// is a problem of its row. Pure: no database, no clock. A draft remembers which fields its row gave, because
// a row imported again changes those and nothing else, while defaults hold only where somebody is made.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "connections/import/rows.hpp"
#include "connections/referral.hpp"
#include "people/consent.hpp"
#include "people/preference.hpp"
#include "workforce/worker.hpp"

namespace kith::connections {

struct PersonDraft {
  std::string file{};
  std::size_t line{};
  Person record{}; // without id and name keys
  std::vector<const record::Field*> given{};
  std::vector<Preference> preferences{};
  std::optional<Captured> consent{};
  Referral referral{}; // own_words, must_know, triage_reason
  std::optional<Date> referred_on{};
  bool died{}; // on a day that is not known
};

struct WorkerDraft {
  std::string file{};
  std::size_t line{};
  Worker record{};
  std::vector<const record::Field*> given{};
  int places{};
  std::vector<std::string> released{};
  std::vector<std::string> after_agreement{};
};

template <class Draft> struct Drafts {
  std::vector<Draft> drafts{}; // rows without a problem
  std::size_t refused{};
  ImportProblems problems{};
};

// `today` stands for the word "today" in a date, and is the latest a referral or a death can be.
Drafts<PersonDraft> person_drafts(const ImportRows& rows, Date today);
Drafts<WorkerDraft> worker_drafts(const ImportRows& rows, Date today);

} // namespace kith::connections
