#include "base/words.hpp"

#include <vector>

#include "base/check.hpp"
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"

namespace kith {

Words Words::load(std::string_view language) {
  const std::string wanted = "locales/" + std::string(language) + ".txt";
  for (const EmbeddedFile& file : embedded_files())
    if (file.name == wanted) return parse(language, file.bytes());
  FATAL(("no such catalogue: " + wanted).c_str());
}

Words Words::parse(std::string_view language, std::string_view catalogue) {
  Words words;
  words.language_ = language;
  for (const std::string& raw : split(catalogue, '\n')) {
    const std::string_view line = trim(raw);
    if (line.empty() || line[0] == '#') continue;
    const auto equals = line.find(" = ");
    if (equals == std::string_view::npos)
      FATAL(("catalogue line without ' = ': " + std::string(line)).c_str());
    const bool fresh =
        words.messages_
            .emplace(std::string(trim(line.substr(0, equals))), std::string(line.substr(equals + 3)))
            .second;
    if (!fresh) FATAL(("catalogue key twice: " + std::string(line)).c_str());
  }
  return words;
}

std::string Words::operator()(std::string_view key, std::initializer_list<WordArgument> arguments) const {
  const auto found = messages_.find(key);
  if (found == messages_.end()) FATAL(("no words for: " + std::string(key)).c_str());
  const std::string& pattern = found->second;
  if (pattern.find_first_of("{'") == std::string::npos) return pattern;
  if (arguments.size() == 0 && pattern.find('{') == std::string::npos) return pattern;
  std::vector<std::string> names, values;
  for (const WordArgument& argument : arguments) {
    names.push_back(argument.name);
    values.push_back(argument.value);
  }
  return format_message(pattern, language_, names.data(), values.data(), names.size());
}

bool Words::has(std::string_view key) const { return messages_.find(key) != messages_.end(); }

std::vector<std::string> Words::codes_after(std::string_view start) const {
  std::vector<std::string> out;
  for (auto at = messages_.lower_bound(start); at != messages_.end() && at->first.starts_with(start); ++at)
    out.push_back(at->first.substr(start.size()));
  return out;
}

} // namespace kith
