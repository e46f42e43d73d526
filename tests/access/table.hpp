// The reviewed expectations, read from two text files beside this one: table.txt says what each role gets on
// each route, canaries.txt who may see which field. Tests only.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith::access {

// Who asks. code_due: a coordinator who gave the password but not yet the code. suspended: a coordinator
// whose role is suspended while the session still lives.
enum class Who : std::uint8_t {
  nobody,
  code_due,
  suspended,
  person,
  supporter,
  peer_worker,
  clinician,
  coordinator,
  administrator
};
std::vector<Who> everybody();
std::string_view name_of(Who who);

struct Row {
  int line{};
  std::string route{};               // "POST /offers/{id}/answer"
  std::string sends{};               // form or query, with placeholders
  std::string stage{};               // how far the story of the person behind the object has come
  std::map<Who, std::string> gets{}; // "403", or "303/404/404": own, another's, another organisation's
};

struct FieldRule {
  int line{};
  bool shown{}; // some page shows it today; the test fails when none does
  std::vector<std::string> seen_by{};
};

struct Expectations {
  std::vector<Row> rows{};
  std::map<std::string, FieldRule> fields{};
  std::vector<std::string> faults{}; // of the files themselves
};
Expectations read_expectations(const std::string& folder);

} // namespace kith::access
