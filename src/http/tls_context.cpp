#include "http/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctime>

namespace kith::http {

void TlsContextDeleter::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<TlsContext> make_tls_context(const TlsFiles& files) {
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  CHECK(context);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(),
                      SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
  CHECK(SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20") == 1);
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate_chain.c_str()) != 1) {
    ERR_clear_error();
    return invalid("http.tls_certificate_invalid");
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.private_key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    ERR_clear_error();
    return invalid("http.tls_key_invalid");
  }
  return context;
}

Result<Instant> certificate_ends_at(const std::string& certificate_chain) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(certificate_chain.c_str(), "r"),
                                                       BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr, X509_free);
  ERR_clear_error();
  std::tm at{};
  if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &at) != 1)
    return invalid("http.tls_certificate_invalid");
  const Date on = date_of({at.tm_year + 1900, at.tm_mon + 1, at.tm_mday});
  return start_of_utc_day(on) + seconds_ms(at.tm_hour * 3600 + at.tm_min * 60 + at.tm_sec);
}

} // namespace kith::http
