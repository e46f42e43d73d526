// Any bytes as a CSV file: read to the end or refused, never a crash.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto reader = kith::CsvReader::open(std::string(reinterpret_cast<const char*>(bytes), size));
  if (!reader) return 0;
  while (!reader->at_end())
    if (!reader->next()) return 0;
  return 0;
}
