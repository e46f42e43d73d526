// The wording of one language: a catalogue `locales/<language>.txt` inside the binary, one `key = ICU
// message` a line. Every sentence kith shows or sends comes from here. A key that is missing is our mistake
// (Defect), found by the test that reads every key used in src/. Immutable after loading, so any thread may
// use it.
#pragma once
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

struct WordArgument {
  std::string name{};
  std::string value{};
};

class Words {
public:
  // `language` names an embedded catalogue, e.g. "en". A malformed line is a Defect with its number.
  static Words load(std::string_view language);
  static Words parse(std::string_view language, std::string_view catalogue);

  std::string operator()(std::string_view key, std::initializer_list<WordArgument> arguments = {}) const;
  bool has(std::string_view key) const;
  // What follows `start` in each key that begins so, in order: the codes of a list that has words.
  std::vector<std::string> codes_after(std::string_view start) const;
  const std::string& language() const { return language_; }

private:
  std::string language_{};
  std::map<std::string, std::string, std::less<>> messages_{};
};

} // namespace kith
