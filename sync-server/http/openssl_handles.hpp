// Owning handles for the OpenSSL objects that certificates.cpp and x509.cpp work with.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace anketa::server::http {

template <typename T, void (*release)(T*)>
struct Releaser {
  void operator()(T* object) const noexcept { release(object); }
};

using KeyHandle = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY, EVP_PKEY_free>>;
using CertificateHandle = std::unique_ptr<X509, Releaser<X509, X509_free>>;
using ExtensionHandle = std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION, X509_EXTENSION_free>>;
using BioHandle = std::unique_ptr<BIO, Releaser<BIO, BIO_free_all>>;

}  // namespace anketa::server::http
