// Files that travel inside the binary: "migrations/…", "locales/…", "examples/kith.toml", "assets/…".
// Read-only, alive for the whole process. The table is written at build time by tools/embed.sh.
#pragma once
#include <span>
#include <string_view>

namespace kith {

struct EmbeddedFile {
  const char* name{};
  const char* begin{};
  const char* end{};
  std::string_view bytes() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

std::span<const EmbeddedFile> embedded_files();

} // namespace kith
