#include "sync-server/mail/message/mime.hpp"

#include <algorithm>
#include <array>

#include "shared/record/sha256.hpp"

namespace anketa::server::mail {
namespace {

constexpr std::string_view crlf = "\r\n";
constexpr std::size_t line_length = 76;
/// RFC 2047: an encoded word has at most 75 characters, "=?UTF-8?B?" and "?=" included; 45 bytes make 60.
constexpr std::size_t word_bytes = 45;
constexpr std::size_t first_word_bytes = 30;

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) -> unsigned {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
    };
    const unsigned group = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (unsigned k = 0; k < 4; ++k) text += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63U];
  }
  return text;
}

std::string base64_lines(std::string_view bytes) {
  const auto text = base64(bytes);
  std::string lines;
  for (std::size_t i = 0; i < text.size(); i += line_length) {
    lines += text.substr(i, line_length);
    lines += crlf;
  }
  return lines;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }) &&
         text.find("=?") == std::string_view::npos;
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string without_control(std::string_view text) {
  std::string clean;
  for (const char c : text) clean += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
  return clean;
}

/// A name before an address: quoted where it is plain, encoded where it is not.
std::string phrase(const std::string& name, std::size_t column) {
  if (!is_plain(name)) return encoded_words(name, column);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string header(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + without_control(value) + std::string(crlf);
}

std::string address_header(const std::string& name, const Address& address) {
  const auto mailbox = "<" + without_control(address.mailbox) + ">";
  if (address.name.empty()) return name + ": " + mailbox + std::string(crlf);
  // The folds of the phrase are the only line breaks a header has.
  return name + ": " + phrase(without_control(address.name), name.size() + 2) + std::string(crlf) + " " + mailbox +
         std::string(crlf);
}

std::string part(std::string_view type, std::string_view boundary, const std::string& content) {
  return "--" + std::string(boundary) + std::string(crlf) +
         header("Content-Type", std::string(type) + "; charset=UTF-8") + header("Content-Transfer-Encoding", "base64") +
         std::string(crlf) + base64_lines(content);
}

std::string two_digits(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// "Tue, 10 Jun 2025 18:00:00 +0300".
std::string date_text(Instant instant, int offset_minutes) {
  using namespace std::chrono;
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_time<milliseconds> local{milliseconds(instant) + minutes(offset_minutes)};
  const auto day = floor<std::chrono::days>(local);
  const year_month_day date(day);
  const hh_mm_ss time(floor<seconds>(local - day));
  const int offset = std::abs(offset_minutes);
  return std::string(days[weekday(day).c_encoding()]) + ", " + two_digits(static_cast<int>(unsigned(date.day()))) +
         " " + months[unsigned(date.month()) - 1] + " " + std::to_string(int(date.year())) + " " +
         two_digits(static_cast<int>(time.hours().count())) + ":" +
         two_digits(static_cast<int>(time.minutes().count())) + ":" +
         two_digits(static_cast<int>(time.seconds().count())) + (offset_minutes < 0 ? " -" : " +") +
         two_digits(offset / 60) + two_digits(offset % 60);
}

}  // namespace

std::string encoded_words(std::string_view utf8, std::size_t column) {
  const auto clean = without_control(utf8);
  if (is_plain(clean) && column + clean.size() <= line_length) return clean;
  std::string words;
  for (std::size_t begin = 0; begin < clean.size();) {
    // The first word shares its line with the header's name.
    const std::size_t room = words.empty() && column > 0 ? first_word_bytes : word_bytes;
    auto end = std::min(begin + room, clean.size());
    while (end > begin && end < clean.size() && continues_character(clean[end])) --end;
    if (end == begin) end = std::min(begin + room, clean.size());
    if (!words.empty()) words += std::string(crlf) + " ";
    words += "=?UTF-8?B?" + base64(std::string_view(clean).substr(begin, end - begin)) + "?=";
    begin = end;
  }
  return words;
}

std::string compose(const Message& message) {
  const auto boundary = "anketa-" + hex(sha256(message.message_id + message.text + message.html)).substr(0, 32);
  std::string all = address_header("From", message.from) + address_header("To", message.to) +
                    "Subject: " + encoded_words(message.subject, std::string_view("Subject: ").size()) +
                    std::string(crlf);
  all += header("Date", date_text(message.date, message.offset_minutes));
  all += header("Message-ID", "<" + message.message_id + ">");
  // No out-of-office answers, please.
  all += header("Auto-Submitted", "auto-generated");
  all += header("Content-Language", message.language);
  all += header("MIME-Version", "1.0");
  all +=
      "Content-Type: multipart/alternative;" + std::string(crlf) + " boundary=\"" + boundary + "\"" + std::string(crlf);
  all += crlf;
  all += part("text/plain", boundary, message.text) + part("text/html", boundary, message.html);
  all += "--" + boundary + "--" + std::string(crlf);
  return all;
}

}  // namespace anketa::server::mail
