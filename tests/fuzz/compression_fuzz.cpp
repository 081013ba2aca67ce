// Compressed bodies: whatever comes, no more is unpacked than is allowed.
#include "shared/compression/compression.hpp"
#include "tests/fuzz/target.hpp"

using namespace anketa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t most = 1 << 16;
  for (const auto encoding : {Encoding::Gzip, Encoding::Zstd})
    fuzz::accepted([&] {
      const auto plain = decompress(encoding, fuzz::text_of(data, size), most);
      fuzz::promise(plain.size() <= most, "the bound holds");
    });
  return 0;
}
