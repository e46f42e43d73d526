#include "verify/plan_file.hpp"

#include "base/text.hpp"
#include "record/json.hpp"

namespace kith::verify {
namespace {

using record::JsonValue;

constexpr std::int64_t largest = std::int64_t{1} << 53; // of a JSON number; any list of them adds up

struct Wrong { // the first thing that had not its form
  std::string pointer{};
  std::string expected{};
};

// One value and where it stands. After the first mistake everything reads as empty, and the mistake is kept.
class At {
public:
  At(const JsonValue* value, std::string pointer, Wrong& wrong)
      : value_(value), pointer_(std::move(pointer)), wrong_(&wrong) {}

  At operator[](std::string_view name) const {
    std::string pointer = pointer_;
    pointer.append("/").append(name);
    return {value_ ? value_->find(name) : nullptr, std::move(pointer), *wrong_};
  }
  std::string text() const {
    if (value_ && value_->is_text()) return value_->text;
    return complain("a text"), std::string();
  }
  std::string text_if_any() const { return value_ ? text() : std::string(); }
  std::vector<std::string> texts() const {
    return all<std::string>([](const At& each) { return each.text(); });
  }
  void only(std::string_view known) const {
    if (!value_ || !value_->is_text() || value_->text != known) complain(known);
  }
  bool yes() const {
    if (value_ && value_->kind == JsonValue::Kind::boolean) return value_->boolean;
    return complain("true or false"), false;
  }
  std::int64_t number() const {
    const auto found = value_ && value_->kind == JsonValue::Kind::number ? value_->integer() : std::nullopt;
    if (found && *found <= largest && *found >= -largest) return *found;
    return complain("a whole number"), 0;
  }
  std::int64_t long_number() const { // beyond 2^53 readers lose digits, so these are texts
    const auto found = value_ && value_->is_text() ? parse_integer(value_->text) : std::nullopt;
    if (!found) complain("a whole number as a text");
    return found.value_or(0);
  }
  Date date() const {
    const auto found = value_ && value_->is_text() ? parse_date(value_->text) : std::nullopt;
    if (!found) complain("a date like 2026-11-24");
    return found.value_or(Date{});
  }
  template <class Item, class Read> std::vector<Item> all(Read read) const {
    std::vector<Item> out;
    if (!value_ || !value_->is_array()) return complain("an array"), out;
    out.reserve(value_->items.size());
    for (std::size_t k = 0; k < value_->items.size(); ++k) out.push_back(read(item(k)));
    return out;
  }
  At item(std::size_t k) const {
    const bool there = value_ && value_->is_array() && k < value_->items.size();
    return {there ? &value_->items[k] : nullptr, pointer_ + "/" + std::to_string(k), *wrong_};
  }

private:
  void complain(std::string_view expected) const {
    if (wrong_->expected.empty()) *wrong_ = {pointer_, std::string(expected)};
  }

  const JsonValue* value_{};
  std::string pointer_{};
  Wrong* wrong_{};
};

Basis basis_at(const At& at) {
  return {at["engine"].text(), at["criteria"].text(), at["weights"].text(), at["as_of"].date()};
}

WrittenLine line_at(const At& at) {
  return {at["criterion"].text(), at["side"].text(),    at["points"].number(),
          at["grade"].number(),   at["value"].number(), at["avoided"].yes()};
}

WrittenOffer offer_at(const At& at) {
  const At why = at["explanation"];
  why["format"].only("kith-explanation/1");
  WrittenOffer out;
  out.worker = at["worker"].text();
  out.kept = at["kept"].yes();
  out.explained_person = why["person"].text();
  out.explained_worker = why["worker"].text();
  out.basis = basis_at(why);
  out.closeness = why["closeness"].text();
  out.lines = why["contributions"].all<WrittenLine>(line_at);
  out.musts = why["musts"].all<std::string>([](const At& must) { return must["criterion"].text(); });
  out.person_part = why["person_part"].number();
  out.worker_part = why["worker_part"].number();
  out.service_part = why["service_part"].number();
  out.fit = why["fit"].number();
  out.in_person = why["in_person"].yes();
  out.remote = why["remote"].yes();
  out.languages = why["languages"].texts();
  return out;
}

WrittenPerson person_at(const At& at) {
  WrittenPerson out;
  out.person = at["person"].text();
  out.klass = at["class"].number();
  out.waiting_days = at["waiting_days"].number();
  out.promise_on = at["promise_on"].text();
  out.outcome = at["outcome"].text();
  out.until = at["until"].text_if_any();
  out.not_known = at["not_known"].texts();
  out.offers = at["offers"].all<WrittenOffer>(offer_at);
  return out;
}

WrittenMethod method_at(const At& at) {
  WrittenMethod out;
  out.method = at["method"].text();
  out.by_class = at["by_class"].all<ClassCount>(
      [](const At& count) { return ClassCount{count.item(0).number(), count.item(1).number()}; });
  out.people = at["people"].number();
  out.fit = at["fit"].number();
  out.value = at["value"].long_number();
  out.rank_sum = at["rank_sum"].number();
  out.blocking_pairs = at["blocking_pairs"].number();
  return out;
}

WrittenDial dial_at(const At& at) {
  return {at["dial"].text(), at["people"].number(), at["median_wait_days"].number(),
          at["ninetieth_wait_days"].number(), at["fit"].number()};
}

std::vector<Amount> amounts_at(const At& at) {
  return at.all<Amount>(
      [](const At& pair) { return Amount{pair.item(0).text(), pair.item(1).long_number()}; });
}

void read_proof(const At& proof, PlanFile& plan) {
  plan.proved_over = proof["proved_over"].text();
  plan.possible_pairs = proof["possible_pairs"].number();
  plan.exchange_bound = proof["exchange_bound"].long_number();
  plan.bound = proof["bound"].long_number();
  plan.gap = proof["gap"].long_number();
  plan.gains = amounts_at(proof["gains"]);
}

Failure refused(const Wrong& wrong) {
  Failure failure = invalid("plan.form");
  failure.arguments = {wrong.pointer, wrong.expected};
  return failure;
}

} // namespace

Result<PlanFile> read_plan(std::string_view bytes) {
  TRY_ASSIGN(const JsonValue value, record::parse_json(bytes));
  Wrong wrong;
  const At root(&value, "", wrong);
  root["format"].only("kith-match-plan/1");
  PlanFile plan;
  plan.method = root["method"].text();
  plan.dial = root["dial"].text();
  plan.choices = root["choices"].number();
  plan.seed = root["seed"].long_number();
  plan.basis = basis_at(root);
  plan.people = root["people"].all<WrittenPerson>(person_at);
  plan.with_choice = root["with_choice"].number();
  plan.with_one = root["with_one"].number();
  plan.with_none = root["with_none"].number();
  plan.methods = root["methods"].all<WrittenMethod>(method_at);
  plan.dials = root["dial_positions"].all<WrittenDial>(dial_at);
  plan.prices = amounts_at(root["prices"]);
  read_proof(root["proof"], plan);
  if (!wrong.expected.empty()) return refused(wrong);
  return plan;
}

} // namespace kith::verify
