// The OpenSSL settings of a server: TLS 1.2 or later, forward secrecy and authenticated ciphers only, no
// renegotiation, no compression. Used by the server at start, and by kith doctor, which asks how long the
// certificate lasts. The context is immutable once made.
#pragma once
#include <memory>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"

struct ssl_ctx_st;

namespace kith::http {

struct TlsContextDeleter {
  void operator()(ssl_ctx_st* context) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, TlsContextDeleter>;

struct TlsFiles { // PEM; both or neither
  std::string certificate_chain{};
  std::string private_key{};
  bool empty() const { return certificate_chain.empty() && private_key.empty(); }
};

// Refusals: invalid "http.tls_certificate_invalid" and "http.tls_key_invalid" (unreadable or not the pair).
Result<TlsContext> make_tls_context(const TlsFiles& files);
// When the first certificate of the file ends. Refusal: "http.tls_certificate_invalid".
Result<Instant> certificate_ends_at(const std::string& certificate_chain);

} // namespace kith::http
