#include "sync-server/blobs/file_digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "shared/problem/problem.hpp"

namespace anketa::server {
namespace {

constexpr std::size_t piece_bytes = std::size_t{256} << 10;

const EVP_MD* algorithm_of(const std::string& name) {
  if (name == "sha1") return EVP_sha1();
  if (name == "sha256") return EVP_sha256();
  throw ProblemError(ProblemCode::BadRequest, {}, "Upload-Checksum");
}

}  // namespace

std::string digest_of_file(const FileSystem& files, const std::string& algorithm, const std::string& path,
                           std::uint64_t offset) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), algorithm_of(algorithm), nullptr) != 1)
    throw ProblemError(ProblemCode::Internal, {}, algorithm);
  const auto end = files.size(path).value_or(0);
  if (end < offset) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
  const auto rest = files.piece(path, offset, end - offset);
  std::vector<char> bytes(std::min<std::uint64_t>(piece_bytes, rest->length()));
  for (std::uint64_t at = 0; at < rest->length();) {
    const auto got = rest->read(at, bytes);
    if (got == 0) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
    EVP_DigestUpdate(context.get(), bytes.data(), got);
    at += got;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  return {digest.begin(), digest.begin() + size};
}

std::string sha256_of_file(const FileSystem& files, const std::string& path) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char c : digest_of_file(files, "sha256", path)) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace anketa::server
