#include <catch2/catch_test_macros.hpp>

#include "shared/record/sha256.hpp"
#include "shared/record/sha256_block.hpp"

using namespace anketa;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4 and NIST's examples") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(hex(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmno"
                   "pqrstnopqrstu")) == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(hex(sha256(std::string(1'000'000, 'a'))) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 by the processor's instructions agrees with plain C++") {
  const auto fast = sha256_block::accelerated();
  if (!fast) SKIP("this processor has no SHA instructions");
  std::uint32_t noise = 1;
  for (std::size_t blocks = 0; blocks < 40; ++blocks) {
    std::vector<std::uint8_t> data(blocks * 64);
    for (auto& byte : data) byte = static_cast<std::uint8_t>((noise = noise * 1664525 + 1013904223) >> 24);
    sha256_block::State one{1, 2, 3, 0xffffffff, 5, 6, 7, 0x80000000}, other = one;
    fast(one, data.data(), blocks);
    sha256_block::portable(other, data.data(), blocks);
    CAPTURE(blocks);
    REQUIRE(one == other);
  }
}

TEST_CASE("SHA-256 pads every length around a block rightly: adding a byte changes all") {
  std::set<std::string> seen;
  for (std::size_t length = 0; length < 200; ++length) seen.insert(hex(sha256(std::string(length, 'x'))));
  CHECK(seen.size() == 200);
}
