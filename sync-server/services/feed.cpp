#include "sync-server/services/feed.hpp"

#include "shared/protocol/limits.hpp"

namespace anketa::server {
namespace {

class Page {
 public:
  Page(Reader& reader, const Access& access, int limit, const std::unordered_set<Uuid>& skip,
       protocol::AnswerWriter& writer)
      : reader_(reader),
        access_(access),
        left_(limit > 0 ? std::min(limit, protocol::max_page) : protocol::default_page),
        skip_(skip),
        writer_(writer) {}

  /// Whether the whole scope was written; otherwise `after` says how far it got.
  bool backfill(const Scope& scope, std::uint64_t& after, std::uint64_t upto) {
    bool finished = true;
    reader_.feed_scope(scope, after, upto, [&](const Head& head) {
      if (full()) return finished = false;
      write(head);
      after = head.seq;
      return true;
    });
    return finished;
  }

  bool history(std::uint64_t& after, std::uint64_t upto) {
    bool finished = true;
    reader_.feed(after, upto, [&](const Head& head) {
      if (full()) return finished = false;
      if (!skip_.contains(head.id)) write(head);
      after = head.seq;
      return true;
    });
    if (finished) after = upto;
    return finished;
  }

 private:
  bool full() const { return left_ <= 0 || writer_.bytes() >= protocol::batch_bytes; }

  void write(const Head& head) {
    const auto* classes = access_.classes(head.scope);
    if (!classes) return;
    --left_;
    protocol::AnswerWriter::RecordRow row{head.id,      head.collection, head.scope, head.version, head.seq,
                                          head.deleted, head.by,         head.body,  head.cells,   head.removed};
    if (Access::complete(*classes) || head.scope == company_scope) {
      writer_.record(row);
      return;
    }
    const auto* collection = schema::collection(head.collection);
    static const schema::Collection undeclared;
    const auto& declared = collection ? *collection : undeclared;
    const auto body = schema::visible(declared, Json::parse(head.body), *classes).dump();
    const auto cells = visible_paths(declared, head.cells, *classes);
    const auto removed = visible_paths(declared, head.removed, *classes);
    row.body = body;
    row.cells = cells;
    row.removed = removed;
    writer_.record(row);
  }

  /// The members of an object keyed by path whose cells the classes show.
  static std::string visible_paths(const schema::Collection& declared, const std::string& text,
                                   const std::vector<schema::FieldClass>& classes) {
    if (text.size() <= 2) return text;
    Json shown = Json::object();
    const auto all = Json::parse(text);
    for (const auto& [path, value] : all.items()) {
      const auto field_class = schema::resolve(declared, path, OpKind::Set, Json()).field_class;
      if (field_class == schema::FieldClass::General ||
          std::find(classes.begin(), classes.end(), field_class) != classes.end())
        shown[path] = value;
    }
    return shown.dump();
  }

  Reader& reader_;
  const Access& access_;
  int left_;
  const std::unordered_set<Uuid>& skip_;
  protocol::AnswerWriter& writer_;
};

/// Scopes granted since the cursor, in the order of their grants; a backfill under way goes first.
std::vector<Scope> to_backfill(const Access& access, const Cursor& cursor) {
  std::vector<Scope> scopes;
  for (const auto& grant : access.open_grants())
    if (grant.from > cursor.granted) scopes.push_back(grant.scope);
  if (!cursor.backfill) return scopes;
  const auto resumed = std::find(scopes.begin(), scopes.end(), cursor.backfill->scope);
  if (resumed != scopes.end()) scopes.erase(scopes.begin(), resumed);
  return scopes;
}

}  // namespace

void write_page(Reader& reader, const Access& access, const Cursor& from, int limit,
                const std::unordered_set<Uuid>& skip, protocol::AnswerWriter& writer, protocol::SyncAnswer& rest) {
  const auto now = reader.history();
  Page page(reader, access, limit, skip, writer);
  Cursor cursor = from;
  cursor.epoch = now.epoch;
  cursor.backfill.reset();
  rest.epoch = now.epoch;
  rest.backup_seq = now.backup_seq;
  const bool first_sync = from.seq == 0 && from.granted == 0;
  if (first_sync || access.changed_since(from.granted)) {
    rest.grants = access.travelling();
    rest.revokes = first_sync ? std::vector<Scope>() : access.revoked_since(from.granted);
  }
  rest.complete = true;
  // From the beginning of history everything granted comes by itself.
  if (from.seq > 0 && !access.sees_every_scope())
    for (const auto& scope : to_backfill(access, from)) {
      std::uint64_t after = from.backfill && from.backfill->scope == scope ? from.backfill->after : 0;
      if (page.backfill(scope, after, now.last_seq)) continue;
      cursor.backfill = Cursor::Backfill{scope, after};
      rest.complete = false;
      rest.cursor = encode(cursor);
      return;
    }
  cursor.granted = now.last_seq;
  rest.complete = page.history(cursor.seq, now.last_seq);
  rest.cursor = encode(cursor);
}

}  // namespace anketa::server
