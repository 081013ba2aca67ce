// A file between two parties: what goes in comes out, for the right one only, and any change shows.
#include "shared/bundle/bundle.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/test_environment.hpp"

using namespace anketa;
using namespace anketa::bundle;
using anketa::test::refused;

namespace {

struct Parties {
  anketa::test::TestEnvironment environment;
  KeySet device = make_keys(environment), server = make_keys(environment), stranger = make_keys(environment);
  Uuid id = Uuid::v7(environment);
  std::string file(std::string_view payload) {
    return seal(Kind::Push, id, payload, device, server.shown.box, environment);
  }
};

}  // namespace

TEST_CASE("a payload of any size comes out as it went in, and is not readable in the file") {
  Parties parties;
  for (const std::size_t size : {0U, 1U, 100U, 3'000'000U}) {
    std::string payload = "Секрет";
    payload.resize(size, 'x');
    const auto file = parties.file(payload);
    CHECK(file.find("Секрет") == std::string::npos);
    CHECK(open(file, parties.server, parties.device.shown.sign) == payload);
    const auto header = read_header(file);
    CHECK(header.device == parties.id);
    CHECK(header.kind == Kind::Push);
    CHECK(header.recipient == fingerprint(parties.server.shown.box));
  }
}

TEST_CASE("two files of the same payload share nothing but their form") {
  Parties parties;
  const auto one = parties.file("payload"), two = parties.file("payload");
  CHECK(one.size() == two.size());
  CHECK(one.substr(one.size() - 100) != two.substr(two.size() - 100));
}

TEST_CASE("a file cut or changed anywhere is damaged") {
  Parties parties;
  const auto file = parties.file("some payload to be kept");
  for (std::size_t at = 0; at < file.size(); ++at) {
    auto changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto code = refused([&] { open(changed, parties.server, parties.device.shown.sign); });
    // A changed version number may also look like a newer one.
    CHECK((code == ProblemCode::BundleDamaged || code == ProblemCode::BundleNewer));
    CHECK(refused([&] { open(file.substr(0, at), parties.server, parties.device.shown.sign); }) ==
          ProblemCode::BundleDamaged);
  }
  CHECK(refused([&] { open(file + "x", parties.server, parties.device.shown.sign); }) == ProblemCode::BundleDamaged);
  CHECK(refused([&] {
          read_header(
              "PK\x03\x04 some other file that is long enough to have a signature, or so it says, "
              "and on it goes for a while");
        }) == ProblemCode::BundleDamaged);
}

TEST_CASE("a file opens for its recipient only, and only as its sender's") {
  Parties parties;
  const auto file = parties.file("payload");
  CHECK(refused([&] { open(file, parties.stranger, parties.device.shown.sign); }) == ProblemCode::BundleDamaged);
  CHECK(refused([&] { open(file, parties.server, parties.stranger.shown.sign); }) == ProblemCode::BundleDamaged);
  // Somebody else's signature under the same ciphertext, in his own name: the header is bound to the text.
  auto forged = parties.file("payload");
  const auto other = Uuid::v7(parties.environment).text();
  forged.replace(forged.find(parties.id.text()), other.size(), other);
  CHECK(refused([&] { open(forged, parties.server, parties.device.shown.sign); }) == ProblemCode::BundleDamaged);
}

TEST_CASE("keys are the same again from their secrets") {
  Parties parties;
  const auto again = keys_from(parties.device.sign_secret, parties.device.box_secret);
  CHECK(again.shown.sign == parties.device.shown.sign);
  CHECK(again.shown.box == parties.device.shown.box);
  CHECK(refused([&] { keys_from("short", parties.device.box_secret); }) == ProblemCode::BundleDamaged);
}

TEST_CASE("lines of a payload") {
  CHECK(lines("").empty());
  CHECK(lines("a\n\nbc\n") == std::vector<std::string_view>{"a", "bc"});
  CHECK(lines("a\nb") == std::vector<std::string_view>{"a", "b"});
}
