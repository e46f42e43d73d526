#include "fhir/patient_mapping.hpp"

#include "support/test.hpp"

namespace kith {
namespace {

using connections::ImportRow;

std::string cell(const ImportRow& row, std::string_view field) {
  for (const auto& cell : row.cells)
    if (cell.field == field) return cell.text;
  return {};
}

std::string bundle(const std::string& resources) {
  return R"({"resourceType":"Bundle","type":"transaction","entry":[)" + resources + "]}";
}

TEST_CASE("a bundle's person becomes a row and other entries are passed over") {
  const auto rows = fhir::read_people("a.json", bundle(R"(
    {"resource":{"resourceType":"Organization","name":"Clinic"}},
    {"resource":{"resourceType":"Patient","id":"p1",
      "identifier":[{"value":"no system"},{"system":"urn:x","value":"7"}],
      "name":[{"use":"maiden","family":"Rowe","given":["Liz"]},
              {"use":"official","family":"Conn","given":["Elisabeth","Ann"]},
              {"use":"usual","family":"Conn","given":["Liz"]}],
      "birthDate":"1986-11-28","gender":"female","address":[{"use":"old","city":"Lynn"},{"city":"Beverly"}],
      "communication":[{"language":{"coding":[{"code":"en-US"}]}},
                       {"language":{"coding":[{"code":"zh-Hant-TW"}]},"preferred":true}],
      "deceasedDateTime":"2006-05-08T07:21:10+00:00"}})"));
  REQUIRE(rows.rows.size() == 1);
  CHECK(rows.passed_over == 1);
  CHECK(rows.problems.empty());
  const ImportRow& row = rows.rows[0];
  CHECK(row.line == 2);
  CHECK(cell(row, "source_key") == "fhir:urn:x|7");
  CHECK(cell(row, "chosen_name") == "Liz");
  CHECK(cell(row, "family_name") == "Conn");
  CHECK(cell(row, "born_on") == "1986-11-28");
  CHECK(cell(row, "gender") == "woman");
  CHECK(cell(row, "area") == "Beverly");
  CHECK(cell(row, "languages") == "zh-Hant en");
  CHECK(cell(row, "died_on") == "2006-05-08");
}

TEST_CASE("what is not known stays absent") {
  const auto rows = fhir::read_people("a.json", R"({"resourceType":"Patient","id":"p2","gender":"unknown",
    "name":[{"text":"Sam"}],"deceasedBoolean":false})");
  REQUIRE(rows.rows.size() == 1);
  CHECK(cell(rows.rows[0], "source_key") == "fhir:|p2");
  CHECK(cell(rows.rows[0], "chosen_name") == "Sam");
  for (const char* field : {"gender", "born_on", "languages", "area", "died", "died_on"})
    CHECK(cell(rows.rows[0], field).empty());
}

TEST_CASE("a wrong value names its entry, path, what was expected and what was found") {
  const auto rows = fhir::read_people("a.json", bundle(R"(
    {"resource":{"resourceType":"Patient","id":"1","name":[{"given":["A"]}],"birthDate":"last week"}},
    {"resource":{"resourceType":"Patient","id":"2","name":"B"}},
    {"resource":{"resourceType":"Patient","id":"3","name":[{"given":["C"]}],"deceasedBoolean":true}},
    {"fullUrl":"urn:uuid:x"})"));
  CHECK(rows.rows.size() == 1);
  CHECK(cell(rows.rows[0], "died") == "yes");
  CHECK(rows.refused == 3);
  const auto& first = rows.problems.all().at(0);
  CHECK(first.column == "Patient.birthDate");
  CHECK(first.expected.starts_with("a whole date"));
  CHECK(first.places.at(0).line == 1);
  CHECK(first.places.at(0).found == "last week");
  CHECK_FALSE(rows.unusable);
}

TEST_CASE("a file that is no bundle is refused whole") {
  for (const char* bytes :
       {"", "[]", "{\"resourceType\":\"Bundle\",\"entry\":3}", "{\"a\":", "{\"entry\":[]}"})
    CHECK(fhir::read_people("a.json", bytes).unusable);
}

} // namespace
} // namespace kith
