#include "support/certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "support/test.hpp"

namespace kith::test {

Certificate::Certificate(std::int64_t seconds) {
  char name[] = "/tmp/kith_tls_XXXXXX";
  REQUIRE(mkdtemp(name) != nullptr);
  folder_ = name;
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), seconds < 0 ? seconds - 60 : -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                             -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  FILE* file = std::fopen(files().certificate_chain.c_str(), "w");
  PEM_write_X509(file, certificate.get());
  std::fclose(file);
  file = std::fopen(files().private_key.c_str(), "w");
  PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
}

Certificate::~Certificate() {
  std::remove(files().certificate_chain.c_str());
  std::remove(files().private_key.c_str());
  rmdir(folder_.c_str());
}

} // namespace kith::test
