#include "sync-server/services/attachments.hpp"

#include <algorithm>

namespace anketa::server {
namespace {

constexpr std::string_view collection_name = "attachment";

using Classes = std::vector<schema::FieldClass>;

/// With the grants that his device has yet to give up: what it still brings was made under them (R34).
Access access_of(Reader& reader, const Author& author) {
  const auto state = reader.device_state(author.device);
  return Access(author, reader.grants(author.user), state ? state->honoured : reader.history().last_seq);
}

bool shows(const Classes& classes, schema::FieldClass field_class) {
  return field_class == schema::FieldClass::General ||
         std::find(classes.begin(), classes.end(), field_class) != classes.end();
}

bool shows_cell(const Classes& classes, std::string_view collection, std::string_view path) {
  const auto* declared = schema::collection(collection);
  if (declared == nullptr) return shows(classes, schema::FieldClass::Restricted);
  return shows(classes, schema::resolve(*declared, path, OpKind::Set, Json()).field_class);
}

/// Whether the field the attachment belongs to is one that he sees; the record itself, where it names none.
bool shows_owner(Reader& reader, const Classes& classes, const Json& attachment) {
  const auto field = string_or_empty(attachment, "field");
  const auto record = Uuid::parse(string_or_empty(attachment, "record"));
  if (field.empty() || !record) return true;
  const auto owner = reader.head(*record);
  return owner && shows_cell(classes, owner->collection, field);
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
  const auto classes = classes_of(*mask);
  if (!shows_cell(classes, collection_name, "sha256")) return false;
  return any_naming(reader, scope, sha256,
                    [&](const Head&, const Json& body) { return shows_owner(reader, classes, body); });
}

}  // namespace anketa::server
