#include "sync-server/services/cursor.hpp"

#include <charconv>
#include <vector>

#include "shared/problem/problem.hpp"

namespace anketa::server {
namespace {

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw ProblemError(ProblemCode::CursorInvalid);
  return value;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto colon = text.find(':');
    parts.push_back(text.substr(0, colon));
    if (colon == std::string_view::npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

std::string encode(const Cursor& cursor) {
  auto text = "1:" + cursor.epoch + ':' + std::to_string(cursor.seq) + ':' + std::to_string(cursor.granted);
  if (cursor.backfill) text += ':' + cursor.backfill->scope.text() + ':' + std::to_string(cursor.backfill->after);
  return text;
}

Cursor decode_cursor(std::string_view text) {
  if (text.empty()) return {};
  const auto parts = split(text);
  if ((parts.size() != 4 && parts.size() != 6) || parts[0] != "1") throw ProblemError(ProblemCode::CursorInvalid);
  Cursor cursor{std::string(parts[1]), number(parts[2]), number(parts[3]), std::nullopt};
  if (parts.size() == 6) {
    const auto scope = Uuid::parse(parts[4]);
    if (!scope) throw ProblemError(ProblemCode::CursorInvalid);
    cursor.backfill = Cursor::Backfill{*scope, number(parts[5])};
  }
  return cursor;
}

}  // namespace anketa::server
