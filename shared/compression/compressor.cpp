#include <zlib.h>
#include <zstd.h>

#include <new>
#include <stdexcept>

#include "shared/compression/compression.hpp"

namespace anketa {
namespace {

constexpr std::size_t step = std::size_t{64} << 10;
/// zlib takes lengths as unsigned int; longer input goes in pieces of this size.
constexpr std::size_t zlib_piece = std::size_t{1} << 30;
constexpr int gzip_window_bits = 15 + 16;

/// Runs a coder that writes into the tail of `output`, which is grown step by step and cut back at the end.
/// `code(room, size)` returns {bytes written, whether to go on}.
template <typename Code>
void append(std::string& output, Code code) {
  for (bool more = true; more;) {
    const auto used = output.size();
    output.resize(used + step);
    const auto [written, go_on] = code(output.data() + used, step);
    output.resize(used + written);
    more = go_on;
  }
}

}  // namespace

struct Compressor::State {
  Encoding encoding = Encoding::Identity;
  z_stream zlib{};
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> zstd{nullptr, &ZSTD_freeCCtx};

  State(Encoding kind, int level) : encoding(kind) {
    if (kind == Encoding::Gzip) {
      const int chosen = level == 0 ? gzip_level : level;
      if (deflateInit2(&zlib, chosen, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    } else if (kind == Encoding::Zstd) {
      zstd.reset(ZSTD_createCCtx());
      if (!zstd) throw std::bad_alloc();
      ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_compressionLevel, level == 0 ? zstd_level : level);
    }
  }
  ~State() {
    if (encoding == Encoding::Gzip) deflateEnd(&zlib);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void deflate_piece(std::string_view input, int flush, std::string& output) {
    // zlib's interface lacks const; it does not write to its input.
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    zlib.avail_in = static_cast<uInt>(input.size());
    append(output, [&](char* room, std::size_t size) {
      zlib.next_out = reinterpret_cast<Bytef*>(room);
      zlib.avail_out = static_cast<uInt>(size);
      if (deflate(&zlib, flush) == Z_STREAM_ERROR) throw std::logic_error("deflate after finish");
      return std::pair(size - zlib.avail_out, zlib.avail_out == 0);
    });
  }

  void zstd_piece(std::string_view input, ZSTD_EndDirective directive, std::string& output) {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    append(output, [&](char* room, std::size_t size) {
      ZSTD_outBuffer out{room, size, 0};
      const auto left = ZSTD_compressStream2(zstd.get(), &out, &in, directive);
      if (ZSTD_isError(left)) throw std::runtime_error(std::string("zstd: ") + ZSTD_getErrorName(left));
      return std::pair(out.pos, directive == ZSTD_e_end ? left != 0 : in.pos < in.size);
    });
  }
};

Compressor::Compressor(Encoding encoding, int level) : state_(std::make_unique<State>(encoding, level)) {}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

void Compressor::feed(std::string_view input, std::string& output) {
  if (input.empty()) return;
  if (state_->encoding == Encoding::Identity) {
    output.append(input);
  } else if (state_->encoding == Encoding::Zstd) {
    state_->zstd_piece(input, ZSTD_e_continue, output);
  } else {
    for (; !input.empty(); input.remove_prefix(std::min(input.size(), zlib_piece)))
      state_->deflate_piece(input.substr(0, zlib_piece), Z_NO_FLUSH, output);
  }
}

void Compressor::finish(std::string& output) {
  if (state_->encoding == Encoding::Gzip) state_->deflate_piece({}, Z_FINISH, output);
  if (state_->encoding == Encoding::Zstd) state_->zstd_piece({}, ZSTD_e_end, output);
}

std::string compress(Encoding encoding, std::string_view data, int level) {
  if (encoding == Encoding::Identity) return std::string(data);
  std::string out;
  if (encoding == Encoding::Zstd) {
    // A context is costly to make; each thread keeps one. In one call zstd sizes its tables to the input.
    thread_local std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    if (!context) throw std::bad_alloc();
    out.resize(ZSTD_compressBound(data.size()));
    const auto written = ZSTD_compressCCtx(context.get(), out.data(), out.size(), data.data(), data.size(),
                                           level == 0 ? zstd_level : level);
    if (ZSTD_isError(written)) throw std::runtime_error(std::string("zstd: ") + ZSTD_getErrorName(written));
    out.resize(written);
    out.shrink_to_fit();
    return out;
  }
  Compressor compressor(encoding, level);
  compressor.feed(data, out);
  compressor.finish(out);
  return out;
}

}  // namespace anketa
