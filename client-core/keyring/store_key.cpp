#include "client-core/keyring/store_key.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"

namespace anketa::client {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t salt_bytes = 16;
/// scrypt: 64 MB and about 0.2 s, what a phone of today can bear at every start.
constexpr int log_n = 16;
constexpr int block = 8;
constexpr int parallel = 1;
constexpr int largest_log_n = 20;

std::string file_of(const std::string& folder) {
  return folder + "/key.json";
}

std::string hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

/// Empty for what is no hex.
std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
    if (error != std::errc() || end != text.data() + i + 2) return {};
    bytes += static_cast<char>(static_cast<unsigned char>(value));
  }
  return text.size() % 2 == 0 ? bytes : std::string();
}

std::string random_bytes(Environment& environment, std::size_t size) {
  std::string bytes(size, '\0');
  environment.random(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::optional<Json> read_file(const std::string& folder) {
  const auto path = file_of(folder);
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto json = Json::parse(text, nullptr, false);
  if (!in || !json.is_object()) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
  return json;
}

Json need_file(const std::string& folder) {
  auto json = read_file(folder);
  if (!json) throw ProblemError(ProblemCode::NotInitialised, {}, file_of(folder));
  return std::move(*json);
}

/// Durable before the first record is written under the key.
void write_file(const std::string& folder, const Json& json) {
  const auto path = file_of(folder);
  const auto text = json.dump(2) + "\n";
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) throw ProblemError(ProblemCode::FileUnwritable, {}, path);
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  if (::close(file) != 0 || !written) {
    ::unlink(path.c_str());
    throw ProblemError(ProblemCode::FileUnwritable, {}, path);
  }
}

void must_be_new(const std::string& folder) {
  if (read_file(folder)) throw ProblemError(ProblemCode::AlreadyExists, {{"name", file_of(folder)}}, file_of(folder));
}

std::string scrypt(std::string_view passphrase, const std::string& salt, int cost) {
  std::string key(key_bytes, '\0');
  const auto n = std::uint64_t{1} << cost;
  const auto memory = std::uint64_t{256} * block * n + (std::uint64_t{4} << 20);
  const int made =
      EVP_PBE_scrypt(passphrase.data(), passphrase.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                     salt.size(), n, block, parallel, memory, reinterpret_cast<unsigned char*>(key.data()), key.size());
  if (made != 1) throw ProblemError(ProblemCode::Internal, {}, "scrypt");
  return key;
}

}  // namespace

std::optional<KeyKind> key_kind(const std::string& folder) {
  const auto json = read_file(folder);
  if (!json) return std::nullopt;
  const auto kind = string_or_empty(*json, "kind");
  if (kind == "passphrase") return KeyKind::Passphrase;
  if (kind == "keyring") return KeyKind::Keyring;
  throw ProblemError(ProblemCode::FileUnreadable, {}, file_of(folder));
}

std::string make_passphrase_key(const std::string& folder, std::string_view passphrase, Environment& environment) {
  if (characters(passphrase) < min_passphrase)
    throw ProblemError(
        ProblemCode::InvalidValue,
        {{"value", "***"}, {"reason", "client.passphrase.short"}, {"min", std::to_string(min_passphrase)}});
  must_be_new(folder);
  const auto salt = random_bytes(environment, salt_bytes);
  auto key = scrypt(passphrase, salt, log_n);
  write_file(folder,
             {{"version", 1}, {"kind", "passphrase"}, {"kdf", "scrypt"}, {"log_n", log_n}, {"salt", hex(salt)}});
  return key;
}

std::string passphrase_key(const std::string& folder, std::string_view passphrase) {
  const auto json = need_file(folder);
  const auto salt = from_hex(string_or_empty(json, "salt"));
  const auto cost = json.value("log_n", 0);
  if (salt.empty() || cost < 1 || cost > largest_log_n)
    throw ProblemError(ProblemCode::FileUnreadable, {}, file_of(folder));
  return scrypt(passphrase, salt, cost);
}

std::string make_keyring_key(const std::string& folder, Keyring& keyring, Environment& environment) {
  must_be_new(folder);
  const auto name = hex(random_bytes(environment, salt_bytes));
  auto key = random_bytes(environment, key_bytes);
  keyring.keep(name, hex(key), "Anketa: " + folder);
  // A keyring that says yes and keeps nothing would cost the rep all his records.
  if (keyring.find(name) != hex(key)) throw ProblemError(ProblemCode::KeyringUnavailable);
  write_file(folder, {{"version", 1}, {"kind", "keyring"}, {"name", name}});
  return key;
}

std::string keyring_key(const std::string& folder, Keyring& keyring) {
  const auto json = need_file(folder);
  const auto secret = keyring.find(string_or_empty(json, "name"));
  auto key = from_hex(secret.value_or(""));
  if (key.size() != key_bytes) throw ProblemError(ProblemCode::KeyringUnavailable);
  return key;
}

}  // namespace anketa::client
