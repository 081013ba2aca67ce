#include "shared/bundle/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <memory>

#include "shared/problem/problem.hpp"

namespace anketa::bundle::crypto {
namespace {

template <auto release>
struct Release {
  template <typename T>
  void operator()(T* handle) const {
    release(handle);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Release<EVP_CIPHER_CTX_free>>;

constexpr std::array<unsigned char, 12> nonce{};

const unsigned char* in(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* out(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

void must(bool done) {
  if (!done) throw ProblemError(ProblemCode::Internal, {{"detail", "cryptography"}}, "cryptography");
}

Key secret_key(int type, std::string_view secret) {
  Key key(EVP_PKEY_new_raw_private_key(type, nullptr, in(secret), secret.size()));
  must(key != nullptr);
  return key;
}

std::string public_of(int type, std::string_view secret) {
  const auto key = secret_key(type, secret);
  std::string bytes(key_bytes, '\0');
  auto size = bytes.size();
  must(EVP_PKEY_get_raw_public_key(key.get(), out(bytes), &size) == 1);
  return bytes;
}

std::string derive(std::string_view shared, std::string_view salt, std::string_view purpose) {
  const std::unique_ptr<EVP_KDF, Release<EVP_KDF_free>> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  must(kdf != nullptr);
  const std::unique_ptr<EVP_KDF_CTX, Release<EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(kdf.get()));
  std::string digest = "SHA256", secret(shared), with_salt(salt), info(purpose);
  const std::array<OSSL_PARAM, 5> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, with_salt.data(), with_salt.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
  std::string key(key_bytes, '\0');
  must(EVP_KDF_derive(context.get(), out(key), key.size(), parameters.data()) == 1);
  return key;
}

}  // namespace

std::string sign_public(std::string_view secret) {
  return public_of(EVP_PKEY_ED25519, secret);
}

std::string box_public(std::string_view secret) {
  return public_of(EVP_PKEY_X25519, secret);
}

std::string sign(std::string_view secret, std::string_view message) {
  const auto key = secret_key(EVP_PKEY_ED25519, secret);
  const DigestContext context(EVP_MD_CTX_new());
  std::string signature(signature_bytes, '\0');
  auto size = signature.size();
  must(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
       EVP_DigestSign(context.get(), out(signature), &size, in(message), message.size()) == 1);
  return signature;
}

bool verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, in(public_key), public_key.size()));
  const DigestContext context(EVP_MD_CTX_new());
  return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), in(signature), signature.size(), in(message), message.size()) == 1;
}

std::optional<std::string> agree(std::string_view secret, std::string_view public_key, std::string_view salt,
                                 std::string_view purpose) {
  const auto own = secret_key(EVP_PKEY_X25519, secret);
  const Key other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, in(public_key), public_key.size()));
  const KeyContext context(EVP_PKEY_CTX_new(own.get(), nullptr));
  std::string shared(key_bytes, '\0');
  auto size = shared.size();
  // A point of small order gives no secret, and OpenSSL says so.
  if (!other || EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
      EVP_PKEY_derive(context.get(), out(shared), &size) != 1)
    return std::nullopt;
  return derive(shared, salt, purpose);
}

std::string encrypt(std::string_view key, std::string_view bound, std::string_view text) {
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string sealed(text.size() + tag_bytes, '\0');
  int size = 0;
  must(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, in(key), nonce.data()) == 1 &&
       EVP_EncryptUpdate(context.get(), nullptr, &size, in(bound), static_cast<int>(bound.size())) == 1 &&
       EVP_EncryptUpdate(context.get(), out(sealed), &size, in(text), static_cast<int>(text.size())) == 1 &&
       EVP_EncryptFinal_ex(context.get(), out(sealed) + size, &size) == 1 &&
       EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_bytes),
                           out(sealed) + text.size()) == 1);
  return sealed;
}

std::optional<std::string> decrypt(std::string_view key, std::string_view bound, std::string_view sealed) {
  if (sealed.size() < tag_bytes) return std::nullopt;
  const auto text_bytes = sealed.size() - tag_bytes;
  std::string tag(sealed.substr(text_bytes));
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string text(text_bytes, '\0');
  int size = 0;
  must(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, in(key), nonce.data()) == 1 &&
       EVP_DecryptUpdate(context.get(), nullptr, &size, in(bound), static_cast<int>(bound.size())) == 1 &&
       EVP_DecryptUpdate(context.get(), out(text), &size, in(sealed), static_cast<int>(text_bytes)) == 1 &&
       EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_bytes), tag.data()) == 1);
  if (EVP_DecryptFinal_ex(context.get(), out(text) + size, &size) != 1) return std::nullopt;
  return text;
}

}  // namespace anketa::bundle::crypto
