// A bundle: messages of the sync protocol in a file, for a device without a network (docs/protocol.md, "Sync by file").
//
// Model: a file has one sender and one recipient. Its header says which device it belongs to and whom it is for; the
// payload is compressed, encrypted to the recipient's key with the header bound to it, and all of that is signed by the
// sender. Files may be read in any order and any number of times: what they do is idempotent by the protocol's rules.
// A file is bounded, and is handled whole in memory. Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/bundle/keys.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::bundle {

/// Bytes of a payload before compression, and so of a file: years of a rep's work.
inline constexpr std::size_t max_bytes = std::size_t{64} << 20;

enum class Kind {
  Push,   ///< a device's requests, for the server
  Answer  ///< the server's answers, for that device
};

struct Header {
  Kind kind = Kind::Push;
  Uuid device;
  /// fingerprint() of the key the file is encrypted to.
  std::string recipient;
};

/// Encrypts to `recipient_box` (a public key) and signs. Throws ProblemError(TooLarge).
std::string seal(Kind kind, const Uuid& device, std::string_view payload, const KeySet& sender,
                 std::string_view recipient_box, Environment& environment);

/// Nothing of it is proven before open(). Throws ProblemError: BundleDamaged, BundleNewer.
Header read_header(std::string_view file);

/// The payload. Throws ProblemError: BundleDamaged where the file is not, to the byte, what `sender_sign` signed for
/// this recipient; BundleNewer.
std::string open(std::string_view file, const KeySet& recipient, std::string_view sender_sign);

/// A payload is lines of JSON.
std::vector<std::string_view> lines(std::string_view payload);

}  // namespace anketa::bundle
