#include "client-core/keyring/store_key.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "shared/problem/problem.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

using namespace anketa;
using namespace anketa::client;
using anketa::test::refused;
using anketa::test::TemporaryFolder;
using anketa::test::TestEnvironment;

namespace {

/// A stand-in for secret-tool that keeps secrets in files of a folder.
std::string fake_secret_tool(const TemporaryFolder& folder) {
  const auto program = folder.file("secret-tool");
  std::ofstream(program) << "#!/bin/sh\n"
                            "for last; do :; done\n"
                            "case \"$1\" in\n"
                            "  store) cat > \"$(dirname \"$0\")/$last.secret\" ;;\n"
                            "  lookup) cat \"$(dirname \"$0\")/$last.secret\" 2>/dev/null || exit 1 ;;\n"
                            "esac\n";
  ::chmod(program.c_str(), 0700);
  return program;
}

std::string content(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a passphrase gives the same key every time, another one another key") {
  TemporaryFolder folder;
  TestEnvironment environment;
  CHECK_FALSE(key_kind(folder.path()));
  const auto key = make_passphrase_key(folder.path(), "двенадцать букв", environment);
  CHECK(key.size() == 32);
  CHECK(key_kind(folder.path()) == KeyKind::Passphrase);
  CHECK(passphrase_key(folder.path(), "двенадцать букв") == key);
  CHECK(passphrase_key(folder.path(), "двенадцать букы") != key);
  CHECK(content(folder.file("key.json")).find("букв") == std::string::npos);
  struct stat status {};
  REQUIRE(::stat(folder.file("key.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a passphrase is twelve characters or more, counted as characters") {
  TemporaryFolder folder;
  TestEnvironment environment;
  CHECK(refused([&] { make_passphrase_key(folder.path(), "одиннадцать", environment); }) == ProblemCode::InvalidValue);
  CHECK_FALSE(key_kind(folder.path()));
}

TEST_CASE("a key is never made over another one") {
  TemporaryFolder folder;
  TestEnvironment environment;
  const auto key = make_passphrase_key(folder.path(), "correct horse battery", environment);
  CHECK(refused([&] { make_passphrase_key(folder.path(), "correct horse battery", environment); }) ==
        ProblemCode::AlreadyExists);
  CHECK(passphrase_key(folder.path(), "correct horse battery") == key);
}

TEST_CASE("a broken or missing key file is told as such") {
  TemporaryFolder folder;
  CHECK(refused([&] { passphrase_key(folder.path(), "correct horse battery"); }) == ProblemCode::NotInitialised);
  std::ofstream(folder.file("key.json")) << "{\"kind\":\"passphrase\",\"log_n\":60,\"salt\":\"00\"}";
  CHECK(refused([&] { passphrase_key(folder.path(), "correct horse battery"); }) == ProblemCode::FileUnreadable);
  std::ofstream(folder.file("key.json")) << "rubbish";
  CHECK(refused([&] { key_kind(folder.path()); }) == ProblemCode::FileUnreadable);
}

TEST_CASE("a key in the keyring is random and found again") {
  TemporaryFolder folder, tools;
  TestEnvironment environment;
  const auto keyring = secret_service(fake_secret_tool(tools));
  const auto key = make_keyring_key(folder.path(), *keyring, environment);
  CHECK(key.size() == 32);
  CHECK(key_kind(folder.path()) == KeyKind::Keyring);
  CHECK(keyring_key(folder.path(), *keyring) == key);
  CHECK(keyring->find("another") == std::nullopt);
}

TEST_CASE("without a keyring the key is not made, and what the keyring has lost is told") {
  TemporaryFolder folder, tools;
  TestEnvironment environment;
  const auto missing = secret_service(tools.file("no-such-program"));
  CHECK(refused([&] { make_keyring_key(folder.path(), *missing, environment); }) == ProblemCode::KeyringUnavailable);
  CHECK_FALSE(key_kind(folder.path()));
  const auto forgetful = secret_service("true");
  CHECK(refused([&] { make_keyring_key(folder.path(), *forgetful, environment); }) == ProblemCode::KeyringUnavailable);
  CHECK_FALSE(key_kind(folder.path()));
  const auto keyring = secret_service(fake_secret_tool(tools));
  make_keyring_key(folder.path(), *keyring, environment);
  const auto other = TemporaryFolder();
  CHECK(refused([&] { keyring_key(folder.path(), *secret_service(fake_secret_tool(other))); }) ==
        ProblemCode::KeyringUnavailable);
}
