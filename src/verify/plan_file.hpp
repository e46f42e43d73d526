// PLAN.json as `kith match FOLDER --json` writes it, read strictly: what is missing, of another kind or out
// of range is refused with its pointer. Nothing is believed yet. Members that no check needs (the facts of a
// justification, what would change) are read past.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace kith::verify {

// What a plan may name as its method and its position of the dial, in the order of matching's own.
inline constexpr std::array<std::string_view, 3> method_names{"stable", "optimum", "arrival"};
inline constexpr std::array<std::string_view, 5> dial_names{"soonest", "sooner", "balanced", "closer",
                                                            "closest"};

struct Basis { // by what a plan, and again each of its explanations, says it was made
  std::string engine{};
  std::string criteria{};
  std::string weights{};
  Date as_of{};
  bool operator==(const Basis&) const = default;
};

struct WrittenLine {
  std::string criterion{};
  std::string side{};
  std::int64_t points{};
  std::int64_t grade{};
  std::int64_t value{};
  bool avoided{};
};

struct WrittenOffer {
  std::string worker{};
  bool kept{};
  std::string explained_person{}; // the pair the explanation says it is about
  std::string explained_worker{};
  Basis basis{};
  std::string closeness{};
  std::vector<WrittenLine> lines{};
  std::vector<std::string> musts{};
  std::int64_t person_part{};
  std::int64_t worker_part{};
  std::int64_t service_part{};
  std::int64_t fit{};
  bool in_person{};
  bool remote{};
  std::vector<std::string> languages{};
};

struct WrittenPerson {
  std::string person{};
  std::int64_t klass{};
  std::int64_t waiting_days{};
  std::string promise_on{};
  std::string outcome{};
  std::string until{}; // "" when the plan says none
  std::vector<std::string> not_known{};
  std::vector<WrittenOffer> offers{};
};

struct ClassCount {
  std::int64_t klass{};
  std::int64_t people{};
  bool operator==(const ClassCount&) const = default;
};

struct WrittenMethod {
  std::string method{};
  std::vector<ClassCount> by_class{};
  std::int64_t people{};
  std::int64_t fit{};
  std::int64_t value{};
  std::int64_t rank_sum{};
  std::int64_t blocking_pairs{};
};

struct WrittenDial {
  std::string dial{};
  std::int64_t people{};
  std::int64_t median_wait_days{};
  std::int64_t ninetieth_wait_days{};
  std::int64_t fit{};
};

struct Amount { // a worker's price, a person's gain
  std::string id{};
  std::int64_t amount{};
};

struct PlanFile {
  std::string method{};
  std::string dial{};
  std::int64_t choices{};
  std::int64_t seed{};
  Basis basis{};
  std::vector<WrittenPerson> people{};
  std::int64_t with_choice{};
  std::int64_t with_one{};
  std::int64_t with_none{};
  std::vector<WrittenMethod> methods{};
  std::vector<WrittenDial> dials{};
  std::vector<Amount> prices{};
  std::string proved_over{};
  std::int64_t possible_pairs{};
  std::int64_t exchange_bound{};
  std::int64_t bound{};
  std::int64_t gap{};
  std::vector<Amount> gains{};
};

// Failures: those of record::parse_json, and plan.form with the pointer and what was expected as arguments.
Result<PlanFile> read_plan(std::string_view bytes);

} // namespace kith::verify
