#include "shared/protocol/reconcile.hpp"

#include "shared/problem/problem.hpp"
#include "shared/record/sha256.hpp"

namespace anketa::protocol {
namespace {

[[noreturn]] void wrong() {
  throw ProblemError(ProblemCode::WrongType);
}

const Json& element(const Json& json, std::size_t index, std::size_t size) {
  if (!json.is_array() || json.size() != size) wrong();
  return json[index];
}

std::uint64_t count_of(const Json& json) {
  if (!json.is_number_unsigned()) wrong();
  return json.get<std::uint64_t>();
}

std::uint64_t hex_of(const Json& json) {
  const auto value = json.is_string() ? parse_hex64(json.get_ref<const std::string&>()) : std::nullopt;
  if (!value) wrong();
  return *value;
}

Scope scope_of(const Json& json) {
  const auto scope = json.is_string() ? parse_scope(json.get_ref<const std::string&>()) : std::nullopt;
  if (!scope) wrong();
  return *scope;
}

RecordSum record_sum_from_json(const Json& json) {
  const auto& text = element(json, 0, 3);
  const auto id = text.is_string() ? Uuid::parse(text.get_ref<const std::string&>()) : std::nullopt;
  if (!id) wrong();
  return {*id, count_of(json[1]), hex_of(json[2])};
}

}  // namespace

std::uint64_t hash64(std::string_view text) {
  const auto digest = sha256(text);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | digest[i];
  return value;
}

std::uint64_t record_sum(const Uuid& id, std::uint64_t version, std::uint64_t body_hash) {
  return hash64(id.text() + ':' + std::to_string(version) + ':' + hex64(body_hash));
}

std::string hex64(std::uint64_t value) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = digits[value & 15];
  return text;
}

std::optional<std::uint64_t> parse_hex64(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
    if (!digit && !letter) return std::nullopt;
    value = value << 4 | static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
  }
  return value;
}

Json to_json(const HistoryPoint& point) {
  return Json::array({point.epoch, point.seq, hex64(point.salt)});
}

HistoryPoint history_point_from_json(const Json& json) {
  const auto& epoch = element(json, 0, 3);
  if (!epoch.is_string()) wrong();
  return {epoch.get<std::string>(), count_of(json[1]), hex_of(json[2])};
}

Json to_json(const ContentSum& total) {
  return Json::array({total.count, hex64(total.sum)});
}

ContentSum content_sum_from_json(const Json& json) {
  return {count_of(element(json, 0, 2)), hex_of(json[1])};
}

Json to_json(const ScopeSum& sum) {
  return Json::array({scope_text(sum.scope), sum.total.count, hex64(sum.total.sum)});
}

ScopeSum scope_sum_from_json(const Json& json) {
  return {scope_of(element(json, 0, 3)), {count_of(json[1]), hex_of(json[2])}};
}

Json to_json(const ScopeList& list) {
  Json records = Json::array();
  for (const auto& record : list.records)
    records.push_back(Json::array({record.id.text(), record.version, hex64(record.sum)}));
  return {{"scope", scope_text(list.scope)}, {"records", std::move(records)}};
}

ScopeList scope_list_from_json(const Json& json) {
  if (!json.is_object() || !json.contains("scope") || !json.contains("records")) wrong();
  ScopeList list{scope_of(json["scope"]), {}};
  if (!json["records"].is_array()) wrong();
  for (const auto& record : json["records"]) list.records.push_back(record_sum_from_json(record));
  return list;
}

}  // namespace anketa::protocol
