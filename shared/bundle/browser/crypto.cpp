#include "shared/bundle/crypto.hpp"

#include "shared/problem/problem.hpp"

// library.js: each gives 1 where the answer was written to `into`, 0 where there is none, -1 where the page has brought
// no library.
extern "C" {
int anketa_bundle_sign_public(const char* secret, char* into);
int anketa_bundle_box_public(const char* secret, char* into);
int anketa_bundle_sign(const char* secret, const char* message, std::size_t size, char* into);
int anketa_bundle_verify(const char* key, const char* message, std::size_t size, const char* signature);
int anketa_bundle_agree(const char* secret, const char* key, const char* salt, std::size_t salt_size,
                        const char* purpose, std::size_t purpose_size, char* into);
int anketa_bundle_encrypt(const char* key, const char* bound, std::size_t bound_size, const char* text,
                          std::size_t size, char* into);
int anketa_bundle_decrypt(const char* key, const char* bound, std::size_t bound_size, const char* sealed,
                          std::size_t size, char* into);
}

namespace anketa::bundle::crypto {
namespace {

bool done(int code) {
  if (code < 0) throw ProblemError(ProblemCode::Internal, {{"detail", "cryptography"}}, "cryptography");
  return code > 0;
}

void must(int code) {
  done(done(code) ? code : -1);
}

void need_size(std::string_view bytes, std::size_t size) {
  must(bytes.size() == size ? 1 : -1);
}

}  // namespace

std::string sign_public(std::string_view secret) {
  need_size(secret, key_bytes);
  std::string key(key_bytes, '\0');
  must(anketa_bundle_sign_public(secret.data(), key.data()));
  return key;
}

std::string box_public(std::string_view secret) {
  need_size(secret, key_bytes);
  std::string key(key_bytes, '\0');
  must(anketa_bundle_box_public(secret.data(), key.data()));
  return key;
}

std::string sign(std::string_view secret, std::string_view message) {
  need_size(secret, key_bytes);
  std::string signature(signature_bytes, '\0');
  must(anketa_bundle_sign(secret.data(), message.data(), message.size(), signature.data()));
  return signature;
}

bool verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  return public_key.size() == key_bytes && signature.size() == signature_bytes &&
         done(anketa_bundle_verify(public_key.data(), message.data(), message.size(), signature.data()));
}

std::optional<std::string> agree(std::string_view secret, std::string_view public_key, std::string_view salt,
                                 std::string_view purpose) {
  need_size(secret, key_bytes);
  std::string key(key_bytes, '\0');
  if (public_key.size() != key_bytes ||
      !done(anketa_bundle_agree(secret.data(), public_key.data(), salt.data(), salt.size(), purpose.data(),
                                purpose.size(), key.data())))
    return std::nullopt;
  return key;
}

std::string encrypt(std::string_view key, std::string_view bound, std::string_view text) {
  need_size(key, key_bytes);
  std::string sealed(text.size() + tag_bytes, '\0');
  must(anketa_bundle_encrypt(key.data(), bound.data(), bound.size(), text.data(), text.size(), sealed.data()));
  return sealed;
}

std::optional<std::string> decrypt(std::string_view key, std::string_view bound, std::string_view sealed) {
  need_size(key, key_bytes);
  if (sealed.size() < tag_bytes) return std::nullopt;
  std::string text(sealed.size() - tag_bytes, '\0');
  if (!done(anketa_bundle_decrypt(key.data(), bound.data(), bound.size(), sealed.data(), sealed.size(), text.data())))
    return std::nullopt;
  return text;
}

}  // namespace anketa::bundle::crypto
