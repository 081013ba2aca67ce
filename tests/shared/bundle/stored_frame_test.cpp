// What a browser packs its files in is read by zstd itself.
#include "shared/bundle/stored_frame.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/compression/compression.hpp"

using namespace anketa;

TEST_CASE("a stored frame of any size is unpacked by libzstd as it was") {
  for (const std::size_t size : {0U, 1U, 131'071U, 131'072U, 131'073U, 400'000U}) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 % 251);
    const auto frame = bundle::stored_frame(text);
    INFO(size);
    CHECK(decompress(Encoding::Zstd, frame, size) == text);
    CHECK(frame.size() == 6 + size + 3 * std::max<std::size_t>(1, (size + 131'071) / 131'072));
  }
}
