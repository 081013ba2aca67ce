#include "shared/compression/compression.hpp"

#include <zstd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <random>

#include "shared/problem/problem.hpp"

using namespace anketa;

namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20;

ProblemCode problem_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Count;
}

std::string noise(std::size_t size) {
  std::mt19937_64 random(7);
  std::string out(size, '\0');
  for (auto& c : out) c = static_cast<char>(random());
  return out;
}

std::string in_pieces(Encoding encoding, std::string_view data, std::size_t piece, std::size_t bound) {
  Decompressor decompressor(encoding, bound);
  std::string out;
  for (; !data.empty(); data.remove_prefix(std::min(piece, data.size()))) decompressor.feed(data.substr(0, piece), out);
  decompressor.finish();
  return out;
}

}  // namespace

TEST_CASE("What is compressed comes out the same, in one piece or many") {
  const auto encoding = GENERATE(Encoding::Identity, Encoding::Gzip, Encoding::Zstd);
  for (const auto& data : {std::string("Анкета"), std::string(3 * megabyte, 'a'), noise(300'000)}) {
    const auto packed = compress(encoding, data);
    CHECK(decompress(encoding, packed, data.size()) == data);
    CHECK(in_pieces(encoding, packed, 1000, data.size()) == data);
    std::string streamed;
    Compressor compressor(encoding);
    for (std::size_t at = 0; at < data.size(); at += 7001)
      compressor.feed(std::string_view(data).substr(at, 7001), streamed);
    compressor.finish(streamed);
    CHECK(decompress(encoding, streamed, data.size()) == data);
  }
}

TEST_CASE("An empty text survives compression") {
  const auto encoding = GENERATE(Encoding::Gzip, Encoding::Zstd);
  CHECK(decompress(encoding, compress(encoding, ""), 0).empty());
}

TEST_CASE("Output of exactly the bound passes, one byte more does not") {
  const auto encoding = GENERATE(Encoding::Identity, Encoding::Gzip, Encoding::Zstd);
  const auto packed = compress(encoding, std::string(200'000, 'x'));
  CHECK(decompress(encoding, packed, 200'000).size() == 200'000);
  CHECK(problem_of([&] { decompress(encoding, packed, 199'999); }) == ProblemCode::TooLarge);
}

TEST_CASE("A bomb is refused before its output is made") {
  const auto encoding = GENERATE(Encoding::Gzip, Encoding::Zstd);
  std::string bomb;
  Compressor compressor(encoding, 9);
  const std::string zeros(megabyte, '\0');
  for (int i = 0; i < 256; ++i) compressor.feed(zeros, bomb);
  compressor.finish(bomb);
  REQUIRE(bomb.size() < megabyte);
  Decompressor decompressor(encoding, megabyte);
  std::string out;
  CHECK(problem_of([&] { decompressor.feed(bomb, out); }) == ProblemCode::TooLarge);
  CHECK(out.size() <= megabyte + 1);
  CHECK(out.capacity() < 4 * megabyte);
}

TEST_CASE("A zstd frame that asks for a huge window is refused") {
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 26);
  const auto data = noise(100);
  std::string packed(1000, '\0');
  ZSTD_inBuffer in{data.data(), data.size(), 0};
  ZSTD_outBuffer out{packed.data(), packed.size(), 0};
  ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_flush);
  ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_end);
  packed.resize(out.pos);
  CHECK(problem_of([&] { decompress(Encoding::Zstd, packed, megabyte); }) == ProblemCode::BadRequest);
}

TEST_CASE("A stream cut short is noticed") {
  const auto encoding = GENERATE(Encoding::Gzip, Encoding::Zstd);
  const auto packed = compress(encoding, noise(50'000));
  for (const std::size_t length : {std::size_t{0}, std::size_t{5}, packed.size() / 2, packed.size() - 1})
    CHECK(problem_of([&] { decompress(encoding, packed.substr(0, length), megabyte); }) == ProblemCode::BadRequest);
}

TEST_CASE("Damaged data is refused") {
  const auto encoding = GENERATE(Encoding::Gzip, Encoding::Zstd);
  CHECK(problem_of([&] { decompress(encoding, "this was never compressed", megabyte); }) == ProblemCode::BadRequest);
}

TEST_CASE("Members one after another are one stream") {
  const auto encoding = GENERATE(Encoding::Gzip, Encoding::Zstd);
  CHECK(decompress(encoding, compress(encoding, "one ") + compress(encoding, "two"), 7) == "one two");
}

TEST_CASE("Content-Encoding names one known encoding") {
  CHECK(parse_encoding("") == Encoding::Identity);
  CHECK(parse_encoding(" GZIP ") == Encoding::Gzip);
  CHECK(parse_encoding("zstd") == Encoding::Zstd);
  CHECK_FALSE(parse_encoding("br"));
  CHECK_FALSE(parse_encoding("gzip, gzip"));
}

TEST_CASE("Accept-Encoding is honoured, zstd first") {
  CHECK(negotiate_encoding("") == Encoding::Identity);
  CHECK(negotiate_encoding("gzip, deflate, br, zstd") == Encoding::Zstd);
  CHECK(negotiate_encoding("gzip;q=1.0, zstd;q=0") == Encoding::Gzip);
  CHECK(negotiate_encoding("GZip ; q=0.5") == Encoding::Gzip);
  CHECK(negotiate_encoding("*;q=0, gzip") == Encoding::Gzip);
  CHECK(negotiate_encoding("gzip;q=0.000") == Encoding::Identity);
  CHECK(negotiate_encoding("*") == Encoding::Zstd);
  CHECK(negotiate_encoding("br, deflate") == Encoding::Identity);
}
