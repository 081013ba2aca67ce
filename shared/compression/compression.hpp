// Content encodings of the wire: gzip (RFC 1952) and zstd (RFC 8878), streamed, with bounded output.
//
// Model: a Compressor or Decompressor takes input in pieces of any size and appends what comes out to a string that the
// caller owns. A Decompressor never lets the output grow past its bound, however small the input (a "gzip bomb"), and
// never allocates a window larger than 8 MB, whatever a frame asks for.
// Thread safety: an object belongs to one thread at a time; the free functions may be called from any thread.
// Not part of anketa_shared: the wire uses it, merge and forms do not.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace anketa {

enum class Encoding { Identity, Gzip, Zstd };

/// As in Content-Encoding: "identity", "gzip", "zstd".
std::string_view id(Encoding encoding);
/// The encoding a Content-Encoding header names; empty means Identity. nullopt for any other, lists included.
std::optional<Encoding> parse_encoding(std::string_view content_encoding);
/// The best encoding an Accept-Encoding header allows: zstd, else gzip, else Identity. Respects "q=0" and "*".
Encoding negotiate_encoding(std::string_view accept_encoding);

/// Compression levels that suit messages: most of the gain for little time.
inline constexpr int gzip_level = 1;
inline constexpr int zstd_level = 1;

class Compressor {
 public:
  /// A level of 0 means the one that suits messages.
  explicit Compressor(Encoding encoding, int level = 0);
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  void feed(std::string_view input, std::string& output);
  /// Writes the end of the stream. Nothing may be fed after it.
  void finish(std::string& output);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Decompressor {
 public:
  /// `max_output`: most bytes the whole stream may come to.
  Decompressor(Encoding encoding, std::size_t max_output);
  ~Decompressor();
  Decompressor(Decompressor&&) noexcept;
  Decompressor& operator=(Decompressor&&) noexcept;

  /// Throws ProblemError: TooLarge (argument `limit`) as soon as the output would pass the bound, BadRequest where the
  /// data is damaged. After a throw the object is good for nothing.
  void feed(std::string_view input, std::string& output);
  /// Throws ProblemError(BadRequest) where the stream was cut short.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A whole text at once.
std::string compress(Encoding encoding, std::string_view data, int level = 0);
/// As Decompressor, for a whole text.
std::string decompress(Encoding encoding, std::string_view data, std::size_t max_output);

}  // namespace anketa
