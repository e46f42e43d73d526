// A self-signed certificate and its key in a folder of their own, removed at the end.
#pragma once
#include <cstdint>
#include <string>

#include "http/tls_context.hpp"

namespace kith::test {

class Certificate {
public:
  explicit Certificate(std::int64_t seconds = 3600); // that it lasts from now; below 0 it is over
  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;
  http::TlsFiles files() const { return {folder_ + "/chain.pem", folder_ + "/key.pem"}; }

private:
  std::string folder_{};
};

} // namespace kith::test
