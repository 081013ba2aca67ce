#include "sync-server/services/attachments.hpp"

#include <algorithm>

namespace anketa::server {
namespace {

constexpr std::string_view collection_name = "attachment";

/// With the grants that his device has yet to give up: what it still brings was made under them (R34).
Access access_of(Reader& reader, const Author& author) {
  const auto state = reader.device_state(author.device);
  return Access(author, reader.grants(author.user), state ? state->honoured : reader.history().last_seq);
}

bool shows_cell(ClassMask mask, std::string_view collection, std::string_view path) {
  const auto* declared = schema::collection(collection);
  const auto field_class = declared == nullptr ? schema::FieldClass::Restricted
                                               : schema::resolve(*declared, path, OpKind::Set, Json()).field_class;
  return field_class == schema::FieldClass::General || (mask >> static_cast<unsigned>(field_class) & 1U) != 0;
}

/// Whether the attachment is his to see, and the field it belongs to, where it names one.
bool shows(Reader& reader, ClassMask mask, const Head& attachment, const Json& body) {
  if (!visible_part(parse_head(attachment), mask)) return false;
  const auto field = string_or_empty(body, "field");
  const auto record = Uuid::parse(string_or_empty(body, "record"));
  if (field.empty() || !record) return true;
  const auto owner = reader.head(*record);
  return owner && shows_cell(mask, owner->collection, field);
}

/// The attachment records of the scope that name the content.
template <typename Visit>
bool any_naming(Reader& reader, const Scope& scope, std::string_view sha256, Visit visit) {
  const auto heads = reader.heads_of(collection_name, scope);
  return std::any_of(heads.begin(), heads.end(), [&](const Head& head) {
    if (head.deleted) return false;
    const auto body = Json::parse(head.body, nullptr, false);
    return string_or_empty(body, "sha256") == sha256 && visit(head, body);
  });
}

bool wrote_record_of(Reader& reader, const Author& author, const Scope& scope, std::string_view sha256) {
  return any_naming(reader, scope, sha256, [&](const Head& head, const Json&) {
    const auto history = reader.journal_of(head.id);
    return std::any_of(history.begin(), history.end(), [&](const JournalRow& row) { return row.user == author.user; });
  });
}

}  // namespace

void require_upload(Reader& reader, const Author& author, const Scope& scope, std::string_view sha256) {
  const auto access = access_of(reader, author);
  static const Op creation{OpKind::Set, {}, Json::object(), {}, {}};
  const auto refused = schema::permit(*schema::collection(collection_name), creation, access.right(scope), true);
  if (!refused || wrote_record_of(reader, author, scope, sha256)) return;
  throw ProblemError(access.sees(scope) ? ProblemCode::Forbidden : ProblemCode::NotFound);
}

bool may_download(Reader& reader, const Author& author, const Scope& scope, std::string_view sha256) {
  const auto access = access_of(reader, author);
  const auto mask = access.sees(scope);
  if (!mask) return false;
  if (!shows_cell(*mask, collection_name, "sha256")) return false;
  return any_naming(reader, scope, sha256,
                    [&](const Head& head, const Json& body) { return shows(reader, *mask, head, body); });
}

}  // namespace anketa::server
