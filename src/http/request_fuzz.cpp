// Fuzzes the request reader: the strict head, Beast behind it, bodies, pipelining. The first byte chooses how
// the input is cut into reads; whatever the cuts, the requests that come out must be the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.hpp"
#include "http/request_reader.hpp"

namespace {

using kith::http::RequestReader;

constexpr kith::http::RequestLimits limits{
    .request_line_bytes = 256, .headers_bytes = 1024, .headers_count = 20, .body_bytes = 512};

void require(bool condition) {
  if (!condition) std::abort();
}

// One line for each request, then the refusal.
std::string story(std::string_view bytes, std::size_t step) {
  RequestReader reader(limits);
  std::string told;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.push(bytes.substr(at, step));
    while (reader.state() == RequestReader::State::complete) {
      const auto received = reader.take();
      const auto& request = received.request;
      require(!request.path.empty() && kith::valid_utf8(request.path));
      require(request.path.find('\0') == std::string::npos && request.path.find("/../") == std::string::npos);
      require(request.path == "*" || request.path[0] == '/');
      require(request.body.size() <= limits.body_bytes);
      require(request.headers.size() <= limits.headers_count && request.query.size() <= 100);
      told += request.path + '\1' + request.body + '\1' + std::to_string(request.headers.size()) +
              (received.keep_alive ? "+\n" : "-\n");
      reader.push({});
    }
    if (reader.state() == RequestReader::State::refused) {
      require(reader.refusal().status >= 400 && reader.refusal().status < 600);
      return told + "refused";
    }
    require(reader.held_bytes() <= 8192 + 2 * bytes.size());
  }
  return told;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  require(story(bytes, bytes.size()) == story(bytes, 1 + data[0] % 64U));
  return 0;
}
