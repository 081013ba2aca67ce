#include "sync-server/services/feed.hpp"

#include <algorithm>

#include "shared/protocol/limits.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::server {
namespace {

constexpr int stages = 3;

class Page {
 public:
  Page(Reader& reader, const Access& access, const PageRequest& request, const std::unordered_set<Uuid>& skip,
       protocol::AnswerWriter& writer)
      : reader_(reader),
        access_(access),
        left_(request.limit > 0 ? std::min(request.limit, protocol::max_page) : protocol::default_page),
        skip_(skip),
        begins_(request.from.is_first()),
        writer_(writer) {}

  /// Whether everything up to `upto` was written; otherwise `after` says how far it got. `scope`: that of one client,
  /// or every_scope.
  bool backfill(const Scope& scope, int stage, std::uint64_t& after, std::uint64_t upto) {
    bool finished = true;
    const auto visit = [&](const Head& head) {
      if (full()) return finished = false;
      // What a new device has pushed with this very request it has; of a scope granted later it has nothing for sure.
      if (!(begins_ && skip_.contains(head.id)) && write(head, 0)) --left_;
      after = head.seq;
      return true;
    };
    if (scope == every_scope)
      reader_.feed(after, upto, stage, visit);
    else
      reader_.feed_scope(scope, after, upto, stage, visit);
    return finished;
  }

  bool history(std::uint64_t& after, std::uint64_t upto, std::uint64_t since) {
    bool finished = true;
    // Where the atomic group ends in whose midst the page is full.
    std::uint64_t group_end = 0;
    reader_.feed(after, upto, 0, [&](const Head& head) {
      if (full() && head.seq > group_end) {
        group_end = after > 0 ? reader_.group_end(after) : 0;
        if (ANKETA_MUTANT("page_skips_row")) after = head.seq;
        if (head.seq > group_end) return finished = false;
      }
      if (!skip_.contains(head.id) && write(head, since)) --left_;
      after = head.seq;
      return true;
    });
    if (finished) after = ANKETA_MUTANT("lower_seq_committed_later") ? upto + 1 : upto;
    return finished;
  }

  void wanted(const std::vector<Uuid>& ids) {
    for (const auto& id : ids)
      if (const auto head = reader_.head(id)) write(*head, 0);
  }

 private:
  bool full() const { return left_ <= 0 || writer_.bytes() >= protocol::batch_bytes; }

  /// `since`: what the viewer's part of the record was then, he has. False: there is nothing for him.
  bool write(const Head& head, std::uint64_t since) {
    const auto mask = access_.sees(head.scope);
    if (!mask) return false;
    protocol::AnswerWriter::RecordRow row{head.id,      head.collection, head.scope, head.version, head.seq,
                                          head.deleted, head.by,         head.body,  head.cells,   head.removed};
    if (*mask == all_classes || ANKETA_MUTANT("classes_ignored")) {
      writer_.record(row);
      return true;
    }
    const auto view = reader_.class_view(head.id, *mask);
    if (!view || view->seq <= since) return false;
    const auto part = visible_part(parse_head(head), *mask);
    if (!part) return false;
    const auto body = canonical(part->body), cells = cells_text(*part), removed = removed_text(*part);
    row.version = view->version;
    row.seq = view->seq;
    row.body = body;
    row.cells = cells;
    row.removed = removed;
    writer_.record(row);
    return true;
  }

  Reader& reader_;
  const Access& access_;
  int left_;
  const std::unordered_set<Uuid>& skip_;
  const bool begins_;
  protocol::AnswerWriter& writer_;
};

/// Scopes of a stage, by id: all those of a first sync, or those whose grants opened in (opened_after, upto].
std::vector<Scope> scopes_of(const Access& access, int stage, std::uint64_t opened_after, std::uint64_t upto) {
  std::vector<Scope> scopes;
  if (stage > 0 && access.sees_every_scope()) return {every_scope};
  if (stage > 0) scopes.push_back(company_scope);
  if (access.sees_every_scope()) return scopes;
  for (const auto& [scope, grant] : access.scopes())
    if (grant.from > opened_after && grant.from <= upto) scopes.push_back(scope);
  return scopes;
}

/// Goes on with a backfill; false where the page is full before its end.
bool fill(Page& page, const Access& access, Cursor& cursor) {
  auto& backfill = *cursor.backfill;
  const bool first_sync = backfill.stage > 0;
  for (;;) {
    const auto scopes = scopes_of(access, backfill.stage, first_sync ? 0 : cursor.granted, backfill.granted);
    for (auto scope = std::lower_bound(scopes.begin(), scopes.end(), backfill.scope); scope != scopes.end(); ++scope) {
      if (!(*scope == backfill.scope)) backfill.scope = *scope, backfill.after = 0;
      if (!page.backfill(*scope, backfill.stage, backfill.after, cursor.seq)) return false;
    }
    if (!first_sync || backfill.stage == stages) break;
    backfill = {backfill.stage + 1, backfill.granted, Scope(), 0};
  }
  cursor.granted = backfill.granted;
  cursor.backfill.reset();
  return true;
}

/// Everything the cursor lacks, as far as the page holds it; true: nothing is left.
bool go_on(Page& page, const Access& access, Cursor& cursor, std::uint64_t last_seq) {
  if (cursor.backfill && !fill(page, access, cursor)) return false;
  if (!scopes_of(access, 0, cursor.granted, last_seq).empty() && !ANKETA_MUTANT("not_backfilled")) {
    cursor.backfill = Cursor::Backfill{0, last_seq, Scope(), 0};
    if (!fill(page, access, cursor)) return false;
  }
  cursor.granted = last_seq;
  return page.history(cursor.seq, last_seq, cursor.since);
}

/// What the device should hold in the scopes whose sums differ from the device's own.
std::vector<protocol::ScopeList> differing(Reader& reader, const Access& access,
                                           const std::vector<protocol::ScopeSum>& theirs) {
  std::map<Scope, protocol::ContentSum> held;
  for (const auto& one : theirs) held[one.scope] = one.total;
  std::vector<protocol::ScopeList> lists;
  std::size_t listed = 0;
  const auto compare = [&](const Scope& scope, ClassMask mask, const protocol::ContentSum& ours) {
    const auto found = held.find(scope);
    if ((found == held.end() ? protocol::ContentSum() : found->second) == ours) return;
    if (listed >= protocol::max_listed) return;
    lists.push_back({scope, reader.record_sums(scope, mask)});
    listed += lists.back().records.size();
  };
  if (const auto every = access.sees_every_scope() ? access.sees(every_scope) : std::nullopt) {
    std::map<Scope, protocol::ContentSum> all;
    for (const auto& one : theirs) all[one.scope] = {};
    reader.scope_sums(*every, [&](const protocol::ScopeSum& one) { all[one.scope] = one.total; });
    for (const auto& [scope, ours] : all) compare(scope, *every, ours);
    return lists;
  }
  compare(company_scope, all_classes, reader.scope_sum(company_scope, all_classes));
  for (const auto& [scope, grant] : access.scopes()) {
    const auto mask = access.sees(scope).value();
    compare(scope, mask, reader.scope_sum(scope, mask));
  }
  return lists;
}

void tell_grants(const Access& access, const PageRequest& request, protocol::SyncAnswer& rest) {
  const bool anew = request.from.is_first() || request.rewind;
  if (!anew && access.changed_at() <= request.from.granted) return;
  rest.grants = access.travelling();
  rest.granted = access.changed_at();
  if (!anew) rest.revokes = access.revoked_since(request.from.granted);
}

}  // namespace

Cursor climb(Reader& reader, const Access& access, const std::vector<protocol::HistoryPoint>& ladder) {
  const auto history = reader.history();
  Cursor cursor;
  for (const auto& step : ladder) {
    if (step.seq > history.last_seq || step.seq <= cursor.seq || reader.salt_at(step.seq) != step.salt) continue;
    const auto start = reader.epoch_start(step.epoch);
    if (!start || *start > step.seq) continue;
    cursor.epoch = history.epoch;
    cursor.seq = cursor.since = cursor.granted = cursor.upto = step.seq;
    cursor.salt = step.salt;
    cursor.standing = access.standing();
  }
  return cursor;
}

void write_page(Reader& reader, const Access& access, const PageRequest& request, const std::unordered_set<Uuid>& skip,
                protocol::AnswerWriter& writer, protocol::SyncAnswer& rest) {
  const auto now = reader.history();
  Page page(reader, access, request, skip, writer);
  page.wanted(request.want);
  auto asked = request;
  // Rights of another role show other records: everything comes anew.
  if (!asked.from.is_first() && asked.from.standing != access.standing()) asked.from = {};
  tell_grants(access, asked, rest);
  auto cursor = asked.from;
  if (cursor.is_first()) {
    cursor.seq = cursor.since = cursor.granted = now.last_seq;
    cursor.backfill = Cursor::Backfill{1, now.last_seq, Scope(), 0};
  }
  cursor.epoch = now.epoch;
  cursor.standing = access.standing();
  rest.complete = go_on(page, access, cursor, now.last_seq);
  cursor.upto = now.last_seq;
  cursor.salt = now.salt;
  if (rest.complete) {
    cursor.since = cursor.seq;
    rest.at = protocol::HistoryPoint{now.epoch, now.last_seq, now.salt};
    rest.sum = access.sum(reader);
    if (request.sums) rest.lists = differing(reader, access, *request.sums);
  }
  rest.epoch = now.epoch;
  rest.backup_seq = now.backup_seq;
  rest.rewind = request.rewind;
  rest.cursor = encode(cursor);
}

}  // namespace anketa::server
