// Text encodings of files that come out of CRMs: UTF-8, Windows-1251, and UTF-16 as Excel saves it.
//
// Detection goes by the whole file: a byte order mark decides; otherwise it is UTF-8 if every byte fits UTF-8, and
// Windows-1251 if not (Russian text in Windows-1251 is practically never valid UTF-8). Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anketa::importer {

enum class Encoding { Utf8, Windows1251, Utf16LittleEndian, Utf16BigEndian };

/// "utf-8", "windows-1251", "utf-16le", "utf-16be".
std::string_view id(Encoding encoding);
/// Also the usual other names: "utf8", "cp1251", "1251". nullopt for an unknown one.
std::optional<Encoding> parse_encoding(std::string_view name);

Encoding detect_encoding(std::string_view bytes);

/// Whether a text is UTF-8 without overlong forms and surrogates.
bool is_utf8(std::string_view bytes);

/// A file whose every ASCII byte means itself: UTF-16 becomes UTF-8, the byte order mark goes; what is in UTF-8 or
/// Windows-1251 stays as it is, to be decoded field by field, so that one bad byte spoils one row and not the file.
/// `encoding` is moved to what the result is in.
std::string to_ascii_compatible(std::string_view bytes, Encoding& encoding);

/// A field as UTF-8; nullopt where its bytes are not text of that encoding.
std::optional<std::string> decode_field(std::string_view bytes, Encoding encoding);

}  // namespace anketa::importer
