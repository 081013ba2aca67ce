#include "sync-server/services/cursor.hpp"

#include <charconv>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/protocol/reconcile.hpp"

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
  auto text = "2:" + cursor.epoch;
  for (const auto value : {cursor.seq, cursor.since, cursor.granted, cursor.upto}) text += ':' + std::to_string(value);
  text += ':' + protocol::hex64(cursor.salt) + ':' + cursor.standing;
  if (const auto& backfill = cursor.backfill)
    text += ':' + std::to_string(backfill->stage) + ':' + std::to_string(backfill->granted) + ':' +
            backfill->scope.text() + ':' + std::to_string(backfill->after);
  return text;
}

Cursor decode_cursor(std::string_view text) {
  if (text.empty()) return {};
  const auto parts = split(text);
  if ((parts.size() != 8 && parts.size() != 12) || parts[0] != "2" || parts[1].empty())
    throw ProblemError(ProblemCode::CursorInvalid);
  const auto salt = protocol::parse_hex64(parts[6]);
  if (!salt) throw ProblemError(ProblemCode::CursorInvalid);
  Cursor cursor{std::string(parts[1]), number(parts[2]), number(parts[3]), number(parts[4]), number(parts[5]), *salt,
                std::string(parts[7]), std::nullopt};
  if (parts.size() == 12) {
    const auto stage = number(parts[8]);
    const auto scope = Uuid::parse(parts[10]);
    if (!scope || stage > 3) throw ProblemError(ProblemCode::CursorInvalid);
    cursor.backfill = Cursor::Backfill{static_cast<int>(stage), number(parts[9]), *scope, number(parts[11])};
  }
  return cursor;
}

}  // namespace anketa::server
