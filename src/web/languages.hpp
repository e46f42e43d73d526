// Names of languages as people type them, read into codes. The referral forms use it. Pure; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.hpp"

namespace kith::web {

// "English, Tigrinya", "english and ti" -> {"en", "ti"}; "" is no language. Nothing: one of them is unknown.
std::optional<std::vector<std::string>> read_languages(const Words& words, std::string_view text);

} // namespace kith::web
