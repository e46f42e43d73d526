#include "connections/import/import.hpp"

#include <algorithm>

#include "base/zones.hpp"
#include "connections/referral_actions.hpp"
#include "people/person_store.hpp"
#include "record/json.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

constexpr int noon = 12 * 60;

void count(std::vector<ImportCount>& counts, std::string_view name) {
  const auto at = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.name == name; });
  if (at != counts.end()) ++at->count;
  else counts.push_back({std::string(name), 1});
}

// The fields `names` of a record as it stands, so that they can be put back.
std::string as_json(const record::Description& record, const void* object,
                    const std::vector<std::string_view>& names) {
  record::JsonWriter json;
  json.begin_object();
  for (const std::string_view name : names) {
    const record::Value value = record.find(name)->get(object);
    json.key(name);
    if (const auto* text = std::get_if<std::string>(&value)) json.text(*text);
    else if (const auto* number = std::get_if<std::int64_t>(&value)) json.number(*number);
    else json.null();
  }
  return json.end_object().take();
}

// One import under way: the batch comes to life with the first record that is written.
class Import {
public:
  Import(storage::Transaction& tx, const auth::Scope& scope, std::string_view kind,
         const ImportOptions& options)
      : tx_(tx), scope_(scope), kind_(kind), options_(options) {}

  storage::Transaction& tx() const { return tx_; }
  const auth::Scope& scope() const { return scope_; }
  const ImportOptions& options() const { return options_; }
  ImportReport& report() { return report_; }

  Done wrote(ImportEffect effect) {
    if (report_.batch.empty()) {
      report_.batch = Id<ImportBatch>::make(scope_.random());
      TRY(insert_batch(tx_, scope_, {report_.batch, std::string(kind_), scope_.now(), {}}));
    }
    effect.id = Id<ImportEffect>::make(scope_.random());
    effect.batch = report_.batch;
    TRY(audit_effect(tx_, scope_, "import.write", effect));
    return insert_effect(tx_, scope_, effect);
  }
  Result<ImportReport> finish() {
    if (!report_.batch.empty())
      TRY(storage::record_fact(tx_, scope_.random(),
                               {scope_.now(),
                                auth::actor_text(scope_),
                                "import_written",
                                "import_batch",
                                report_.batch.text(),
                                {}}));
    return std::move(report_);
  }

private:
  storage::Transaction& tx_;
  const auth::Scope& scope_;
  std::string_view kind_{};
  const ImportOptions& options_;
  ImportReport report_{};
};

// What a row gives, put over what is here; the names of the fields that differ.
template <class Record>
std::vector<std::string_view> put_over(const record::Description& description, Record& known,
                                       const Record& draft, const std::vector<const record::Field*>& given) {
  const Record before = known;
  for (const record::Field* field : given) CHECK(field->set(&known, field->get(&draft)));
  return record::difference(description, &before, &known);
}

void note_unknown(ImportReport& report, const Person& person) {
  if (person.languages.empty()) count(report.not_known, "language");
  if (person.modes.empty()) count(report.not_known, "in person or remote");
  if (person.availability.empty()) count(report.not_known, "availability");
  const bool remote_only = person.modes.size() == 1 && person.modes[0] == "remote";
  if (!remote_only && (!person.east_m || !person.north_m)) count(report.not_known, "location");
}

Result<ReferralRequest> request_of(const PersonDraft& draft, Id<Person> person, const std::string& zone) {
  ReferralRequest request;
  request.person = person;
  request.asked_and_agreed = true; // recorded consent says so
  request.agrees_to_matching = true;
  request.captured = *draft.consent;
  request.source = ReferralSource::import;
  request.own_words = draft.referral.own_words;
  request.must_know = draft.referral.must_know;
  request.triage_reason = draft.referral.triage_reason;
  if (draft.referred_on) {
    TRY_ASSIGN(request.referred_at, resolve({*draft.referred_on, noon}, zone));
  }
  return request;
}

class PeopleImport {
public:
  PeopleImport(Import& import, std::string zone) : import_(import), zone_(std::move(zone)) {}

  Done take(const PersonDraft& draft) {
    ImportReport& report = import_.report();
    if (draft.died && !draft.record.died_on) {
      ++report.left_out;
      return {};
    }
    TRY_ASSIGN(auto known, people::find_by_source(import_.tx(), import_.scope(), draft.record.source_key));
    if (draft.record.died_on) ++report.died;
    if (known) return take_known(draft, std::move(*known));
    return take_new(draft);
  }

private:
  Done take_new(const PersonDraft& draft) {
    ImportReport& report = import_.report();
    Person person = with_name_keys(draft.record);
    person.id = Id<Person>::make(import_.scope().random());
    person.created_at = import_.scope().now();
    TRY_ASSIGN(const bool namesake, has_namesake(import_.tx(), import_.scope(), person));
    if (namesake) count(report.namesakes, draft.file + ":" + std::to_string(draft.line));
    ++report.made;
    ImportEffect effect{{}, {}, "person", person.id.text(), true, 0, person.version, {}, {}};
    if (import_.options().write) {
      TRY(people::insert_person(import_.tx(), import_.scope(), person));
      for (Preference preference : draft.preferences) {
        preference.person = person.id;
        TRY(people::set_preference(import_.tx(), import_.scope(), preference));
      }
    }
    TRY(refer(draft, person, effect));
    if (!import_.options().write) return {};
    return import_.wrote(std::move(effect));
  }

  Done take_known(const PersonDraft& draft, Person person) {
    ImportReport& report = import_.report();
    const Person before = person;
    const auto fields = put_over(person_description(), person, draft.record, draft.given);
    ImportEffect effect{{}, {}, "person", person.id.text(), false, before.version, before.version, {}, {}};
    for (const std::string_view field : fields) count(report.fields, field);
    ++(fields.empty() ? report.same : report.changed);
    if (!fields.empty() && import_.options().write) {
      person = with_name_keys(std::move(person));
      effect.before = as_json(person_description(), &before, fields);
      effect.version_after = before.version + 1;
      TRY(people::update_person(import_.tx(), import_.scope(), person));
      if (alive(before) && !alive(person)) TRY(withdraw(import_.tx(), import_.scope(), person.id));
    }
    TRY(refer(draft, person, effect));
    if (!import_.options().write || (fields.empty() && effect.referral.empty())) return {};
    return import_.wrote(std::move(effect));
  }

  Done refer(const PersonDraft& draft, const Person& person, ImportEffect& effect) {
    if (!alive(person)) return {};
    ImportReport& report = import_.report();
    note_unknown(report, person);
    if (!import_.options().refer) return {};
    if (!draft.consent) {
      ++report.without_consent;
      return {};
    }
    if (!effect.made) {
      TRY_ASSIGN(const bool before, ever_referred(import_.tx(), import_.scope(), person.id));
      if (before) {
        ++report.referred_before;
        return {};
      }
    }
    ++report.referred;
    if (!import_.options().write) return {};
    TRY_ASSIGN(const ReferralRequest request, request_of(draft, person.id, zone_));
    TRY_ASSIGN(const Referred referred, connections::refer(import_.tx(), import_.scope(), request));
    effect.referral = referred.referral;
    return accept(import_.tx(), import_.scope(), referred.referral);
  }

  Import& import_;
  std::string zone_{};
};

Done add_items(const Import& import, Id<Worker> worker, const std::vector<std::string>& tags,
               Release release) {
  for (const std::string& tag : tags)
    TRY(workforce::add_item(
        import.tx(), import.scope(),
        {Id<WorkerItem>::make(import.scope().random()), worker, release, import.scope().now(), {}, tag, {}}));
  return {};
}

Done make_worker(Import& import, const WorkerDraft& draft) {
  ++import.report().made;
  if (!import.options().write) return {};
  Worker worker = with_name_key(draft.record);
  worker.id = Id<Worker>::make(import.scope().random());
  worker.created_at = import.scope().now();
  TRY(workforce::insert_worker(import.tx(), import.scope(), worker, draft.places));
  TRY(add_items(import, worker.id, draft.released, Release::released));
  TRY(add_items(import, worker.id, draft.after_agreement, Release::after_agreement));
  return import.wrote({{}, {}, "worker", worker.id.text(), true, 0, worker.version, {}, {}});
}

Done take_worker(Import& import, const WorkerDraft& draft) {
  ImportReport& report = import.report();
  TRY_ASSIGN(auto known, workforce::find_by_source(import.tx(), import.scope(), draft.record.source_key));
  const Worker& resulting = known ? *known : draft.record;
  if (resulting.languages.empty() && draft.record.languages.empty()) count(report.not_known, "language");
  if (resulting.availability.empty() && draft.record.availability.empty())
    count(report.not_known, "availability");
  if (!known) return make_worker(import, draft);
  const Worker before = *known;
  const auto fields = put_over(worker_description(), *known, draft.record, draft.given);
  for (const std::string_view field : fields) count(report.fields, field);
  ++(fields.empty() ? report.same : report.changed);
  if (fields.empty() || !import.options().write) return {};
  TRY(workforce::update_worker(import.tx(), import.scope(), with_name_key(*known)));
  return import.wrote({{},
                       {},
                       "worker",
                       before.id.text(),
                       false,
                       before.version,
                       before.version + 1,
                       {},
                       as_json(worker_description(), &before, fields)});
}

} // namespace

Result<ImportReport> import_people(storage::Transaction& tx, const auth::Scope& scope,
                                   const std::vector<PersonDraft>& drafts, const ImportOptions& options) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  Import import(tx, scope, "people", options);
  PeopleImport people(import, organisation.zone);
  for (const PersonDraft& draft : drafts) TRY(people.take(draft));
  return import.finish();
}

Result<ImportReport> import_workers(storage::Transaction& tx, const auth::Scope& scope,
                                    const std::vector<WorkerDraft>& drafts, const ImportOptions& options) {
  Import import(tx, scope, "workers", options);
  for (const WorkerDraft& draft : drafts) TRY(take_worker(import, draft));
  return import.finish();
}

} // namespace kith::connections
