#include <zlib.h>
#include <zstd.h>

#include <new>

#include "shared/compression/compression.hpp"
#include "shared/problem/problem.hpp"

namespace anketa {
namespace {

constexpr std::size_t step = std::size_t{64} << 10;
constexpr std::size_t zlib_piece = std::size_t{1} << 30;
constexpr int gzip_window_bits = 15 + 16;
/// 8 MB: what the highest level we ever use needs, and a bound on what a hostile frame can make us allocate.
constexpr int max_window_log = 23;

[[noreturn]] void damaged(Encoding encoding) {
  throw ProblemError(ProblemCode::BadRequest, {}, "Content-Encoding: " + std::string(id(encoding)));
}

}  // namespace

struct Decompressor::State {
  Encoding encoding = Encoding::Identity;
  std::size_t max_output = 0;
  std::size_t produced = 0;
  /// Between frames (or members), where the stream may end.
  bool at_boundary = false;
  z_stream zlib{};
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> zstd{nullptr, &ZSTD_freeDCtx};

  State(Encoding kind, std::size_t bound) : encoding(kind), max_output(bound), at_boundary(kind == Encoding::Identity) {
    if (kind == Encoding::Gzip) {
      if (inflateInit2(&zlib, gzip_window_bits) != Z_OK) throw std::bad_alloc();
    } else if (kind == Encoding::Zstd) {
      zstd.reset(ZSTD_createDCtx());
      if (!zstd) throw std::bad_alloc();
      ZSTD_DCtx_setParameter(zstd.get(), ZSTD_d_windowLogMax, max_window_log);
    }
  }
  ~State() {
    if (encoding == Encoding::Gzip) inflateEnd(&zlib);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void count(std::size_t bytes) {
    produced += bytes;
    if (produced > max_output) throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(max_output)}});
  }

  /// Room for the next step: one byte past the bound is enough to see that it is passed.
  std::size_t room() const { return std::min(step, max_output - produced + 1); }

  void inflate_piece(std::string_view input, std::string& output) {
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    zlib.avail_in = static_cast<uInt>(input.size());
    for (bool full = true; zlib.avail_in != 0 || full;) {
      if (at_boundary) {
        if (zlib.avail_in == 0) return;
        inflateReset(&zlib);
        at_boundary = false;
      }
      const auto used = output.size();
      const auto size = room();
      output.resize(used + size);
      zlib.next_out = reinterpret_cast<Bytef*>(output.data() + used);
      zlib.avail_out = static_cast<uInt>(size);
      const int result = inflate(&zlib, Z_NO_FLUSH);
      output.resize(used + size - zlib.avail_out);
      count(size - zlib.avail_out);
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) damaged(encoding);
      at_boundary = result == Z_STREAM_END;
      full = zlib.avail_out == 0;
    }
  }

  void zstd_piece(std::string_view input, std::string& output) {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    for (bool full = true; in.pos < in.size || full;) {
      const auto used = output.size();
      const auto size = room();
      output.resize(used + size);
      ZSTD_outBuffer out{output.data() + used, size, 0};
      const auto left = ZSTD_decompressStream(zstd.get(), &out, &in);
      output.resize(used + out.pos);
      if (ZSTD_isError(left)) damaged(encoding);
      count(out.pos);
      at_boundary = left == 0;
      full = out.pos == size && !at_boundary;
    }
  }
};

Decompressor::Decompressor(Encoding encoding, std::size_t max_output)
    : state_(std::make_unique<State>(encoding, max_output)) {}
Decompressor::~Decompressor() = default;
Decompressor::Decompressor(Decompressor&&) noexcept = default;
Decompressor& Decompressor::operator=(Decompressor&&) noexcept = default;

void Decompressor::feed(std::string_view input, std::string& output) {
  if (input.empty()) return;
  if (state_->encoding == Encoding::Identity) {
    state_->count(input.size());
    output.append(input);
  } else if (state_->encoding == Encoding::Zstd) {
    state_->zstd_piece(input, output);
  } else {
    for (; !input.empty(); input.remove_prefix(std::min(input.size(), zlib_piece)))
      state_->inflate_piece(input.substr(0, zlib_piece), output);
  }
}

void Decompressor::finish() {
  if (!state_->at_boundary) damaged(state_->encoding);
}

std::string decompress(Encoding encoding, std::string_view data, std::size_t max_output) {
  Decompressor decompressor(encoding, max_output);
  std::string out;
  decompressor.feed(data, out);
  decompressor.finish();
  return out;
}

}  // namespace anketa
