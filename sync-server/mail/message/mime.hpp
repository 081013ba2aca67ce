// An e-mail as it travels: RFC 5322 headers, RFC 2047 words, two alternative parts in UTF-8 and base64.
//
// Invariants: every line ends with CR LF and has at most 76 characters; header values cannot break out of their line;
// the same message gives the same bytes.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "shared/record/environment.hpp"
#include "sync-server/mail/message/address.hpp"

namespace anketa::server::mail {

struct Message {
  Address from, to;
  std::string subject;
  /// Without the angle brackets: "0197….daily@anketa.example".
  std::string message_id;
  Instant date = 0;
  /// Minutes east of UTC that the date is shown in.
  int offset_minutes = 0;
  /// "ru" or "en".
  std::string language;
  std::string text, html;
};

/// The whole message, ready for DATA (without dot-stuffing, which is the transport's).
std::string compose(const Message& message);

/// A header value in RFC 2047 words where it is not plain ASCII, folded.
std::string encoded_words(std::string_view utf8, std::size_t column);

}  // namespace anketa::server::mail
