#include "tools/simulation/server_watch.hpp"

#include "tools/simulation/closing_check.hpp"
#include "tools/simulation/effect_check.hpp"
#include "tools/simulation/violation.hpp"

namespace anketa::simulation {
namespace {

/// Whether the op gives the side's value, or takes the very step that the side wants.
bool brings(const Op& op, const Json& side) {
  if (op.kind != OpKind::Transition) return op.value == side;
  if (!side.is_object()) return op.value.at("to") == side;
  const auto facts = [](const Json& step) { return step.value("facts", Json::object()); };
  return op.value.at("to") == side.value("to", Json()) && facts(op.value) == facts(side);
}

std::optional<Uuid> parsed(const Json& json, const char* member) {
  return Uuid::parse(string_or_empty(json, member));
}

}  // namespace

ServerWatch::ServerWatch() : closing_(std::make_unique<ClosingCheck>()) {}
ServerWatch::~ServerWatch() = default;

void ServerWatch::observe(server::Store& store, const Committed& committed) {
  store.read([&](server::Reader& reader) {
    const auto history = reader.history();
    server_ = history.server;
    if (history.last_seq < last_seq_)
      throw Violation(Invariant::SurvivesServer, "history went back from " + std::to_string(last_seq_) + " to " +
                                                     std::to_string(history.last_seq));
    Changes changes;
    read_journal(reader, &committed, changes);
    std::map<Uuid, RecordState> before;
    reader.feed(last_seq_, history.last_seq, 0, [&](const server::Head& head) {
      auto& change = changes[head.id];
      if (const auto known = heads_.find(head.id); known != heads_.end())
        change.before = &(before[head.id] = std::move(known->second));
      change.after = &(heads_[head.id] = server::parse_head(head));
      return true;
    });
    check_history(history.last_seq, changes);
    check_groups();
    last_seq_ = history.last_seq;
    check_changes(changes);
  });
}

void ServerWatch::begin_anew(server::Store& store) {
  journal_.clear();
  heads_.clear();
  waiting_.clear();
  erased_.clear();
  aliases_.clear();
  taken_out_.clear();
  groups_.clear();
  committed_.clear();
  forgotten_.clear();
  last_position_ = 0;
  store.read([&](server::Reader& reader) {
    Changes unused;
    read_journal(reader, nullptr, unused);
    last_seq_ = reader.history().last_seq;
    reader.feed(0, last_seq_, 0, [&](const server::Head& head) {
      heads_[head.id] = server::parse_head(head);
      return true;
    });
  });
  for (const auto& [id, row] : journal_)
    if (row.seq > 0 && !heads_.contains(row.record)) ++forgotten_[row.record];
}

void ServerWatch::read_erasures(server::Reader& reader) {
  reader.select("SELECT record, paths FROM erasure", {}, [&](const server::Row& row) {
    auto& whole = erased_[row.id(0).value()];
    for (const auto& path : Json::parse(row.text(1))) whole = whole || path == "";
  });
}

void ServerWatch::read_journal(server::Reader& reader, const Committed* committed, Changes& changes) {
  read_erasures(reader);
  reader.select("SELECT device, mutation, kept FROM mutation_alias", {}, [&](const server::Row& row) {
    aliases_[{row.id(0).value(), row.id(1).value()}] = row.id(2).value();
  });
  std::vector<Uuid> rows(waiting_.begin(), waiting_.end());
  const server::SqlValue after = last_position_;
  reader.select("SELECT id, position FROM journal WHERE position > ?1 ORDER BY position", {&after, 1},
                [&](const server::Row& row) {
                  rows.push_back(row.id(0).value());
                  last_position_ = row.integer(1);
                });
  for (const auto& id : rows) {
    const auto row = reader.journal(id);
    if (!row) throw Violation(Invariant::SurvivesServer, "mutation " + id.text() + " has left the journal");
    take_row(*row, committed, changes);
  }
  for (auto& [record, change] : changes)
    std::sort(change.mutations.begin(), change.mutations.end(),
              [&](const Mutation& a, const Mutation& b) { return journal_.at(a.id).seq < journal_.at(b.id).seq; });
}

void ServerWatch::take_row(const server::JournalRow& row, const Committed* committed, Changes& changes) {
  const auto json = Json::parse(row.text);
  const bool known = journal_.contains(row.id);
  bool somebodys = false;
  for (const auto& original : as_committed(row)) {
    const auto asked = parsed(Json::parse(original), "id").value_or(row.id);
    // Of what was erased the hash of the original is kept.
    const auto hash = row.marks & server::ErasedMark ? row.hash : mutation_hash(original);
    committed_.emplace(asked, hash);
    // What an erasure left of a mutation may be pushed again, to a restored server that has never seen more of it.
    const bool any_text = erased(row.record) != ErasedPart::None;
    somebodys =
        somebodys || known || !committed || row.user == server_ || (*committed)(asked, any_text ? nullptr : &hash);
  }
  if (!somebodys) throw Violation(Invariant::Accounted, "the journal holds what nobody committed: " + row.text);
  const bool was_in_effect = known && journal_.at(row.id).seq > 0;
  auto mutation = row.result.status == protocol::ResultStatus::Parked ? Mutation() : mutation_from_json(json);
  mean_own(mutation, row.device);
  mutation.id = row.id;
  auto& entry = journal_[row.id];
  const bool decided = !known || entry.status != row.result.status;
  entry = {row.position, row.result.seq, row.result.status, row.record, row.user, mutation.prev};
  const bool handed_over = row.marks & server::QuarantineMark && row.result.status == protocol::ResultStatus::Parked;
  if (row.result.status == protocol::ResultStatus::Waiting || handed_over)
    waiting_.insert(row.id);
  else
    waiting_.erase(row.id);
  if (committed && decided) count(entry);
  if (row.group) {
    const std::pair group(row.device, *row.group);
    groups_[group].insert(row.id);
    changed_groups_.insert(group);
  }
  if (entry.seq == 0 || was_in_effect) return;
  for (const auto& op : mutation.ops)
    if (op.kind == OpKind::Remove)
      for (const auto& seen : op.over)
        taken_out_.emplace(seen, op.value.is_string() ? join_path(op.path, op.value.get<std::string>()) : op.path);
  changes[row.record].mutations.push_back(std::move(mutation));
}

/// A mutation's text as its device may have it: the server puts its own ids in place of those that another copy's have,
/// and the device itself names the server's once it has seen a record.
std::vector<std::string> ServerWatch::as_committed(const server::JournalRow& row) const {
  constexpr std::size_t most = 256;
  std::vector<std::string> texts{row.text};
  for (const auto& [of, kept] : aliases_) {
    if (!(of.first == row.device)) continue;
    const auto from = kept.text(), to = of.second.text();
    for (auto at = row.text.find(from); at != std::string::npos && texts.size() < most;
         at = row.text.find(from, at + 1))
      for (auto left = texts.size(); left-- > 0;) texts.push_back(std::string(texts[left]).replace(at, to.size(), to));
  }
  return texts;
}

/// Ids that a device's mutations name mean its own mutations, where another copy's have the same ids.
void ServerWatch::mean_own(Mutation& mutation, const Uuid& device) const {
  const auto own = [&](Uuid& id) {
    if (const auto alias = aliases_.find({device, id}); alias != aliases_.end()) id = alias->second;
  };
  if (mutation.prev) own(*mutation.prev);
  for (auto& op : mutation.ops) {
    std::for_each(op.over.begin(), op.over.end(), own);
    std::for_each(op.consumes.begin(), op.consumes.end(), own);
  }
}

void ServerWatch::count(const Journalled& row) {
  if (!(row.user == server_) && row.status != protocol::ResultStatus::Waiting)
    ++merges_[std::string(protocol::name(row.status))];
}

/// Every place in history is taken once, by one mutation.
void ServerWatch::check_history(std::uint64_t last_seq, const Changes& changes) const {
  std::set<std::uint64_t> places;
  for (const auto& [record, change] : changes) {
    for (const auto& mutation : change.mutations) {
      const auto seq = journal_.at(mutation.id).seq;
      if (seq <= last_seq_ || seq > last_seq || !places.insert(seq).second)
        throw Violation(Invariant::OneEffect, "place " + std::to_string(seq) + " in history is taken twice");
    }
    if (!change.after)
      throw Violation(Invariant::Accounted, "record " + record.text() + " did not change with its mutation");
    const auto forgotten = forgotten_.find(record);
    const auto before = change.before ? change.before->version : forgotten != forgotten_.end() ? forgotten->second : 0;
    if (change.after->version != before + change.mutations.size())
      throw Violation(Invariant::OneEffect, "record " + record.text() + " went from version " + std::to_string(before) +
                                                " to " + std::to_string(change.after->version) + " by " +
                                                std::to_string(change.mutations.size()) + " mutations");
  }
  if (places.size() != last_seq - last_seq_)
    throw Violation(Invariant::OneEffect, "history has a gap before place " + std::to_string(last_seq));
}

/// Of an atomic group all is in effect, or nothing.
void ServerWatch::check_groups() {
  for (const auto& group : std::exchange(changed_groups_, {})) {
    const auto& members = groups_.at(group);
    const auto in_effect =
        std::count_if(members.begin(), members.end(), [&](const Uuid& id) { return journal_.at(id).seq > 0; });
    if (in_effect != 0 && static_cast<std::size_t>(in_effect) != members.size())
      throw Violation(Invariant::OwnWritesRead, "of the " + std::to_string(members.size()) + " edits of group " +
                                                    group.second.text() + " only " + std::to_string(in_effect) +
                                                    " are in effect");
  }
}

void ServerWatch::check_changes(const Changes& changes) {
  for (const auto& [record, change] : changes) {
    closing_->observe(change,
                      [this](const Mutation& mutation, const Uuid& ancestor) { return in_chain(mutation, ancestor); });
    if (change.after->collection == "conflict")
      check_conflict(change, changes);
    else
      EffectCheck(*this, change, texts_, merges_).run();
  }
}

/// Sides only ever join a conflict; one is settled by whoever named it, or saw it and went on, or by being what is in
/// effect when nothing else is left. A side that was in effect itself is replaced as any value is (EffectCheck).
void ServerWatch::check_conflict(const RecordChange& change, const Changes& changes) const {
  if (!change.before || erased(change.after->id) != ErasedPart::None) return;
  const auto before = merge::conflict_from_json(change.before->body);
  const auto after = merge::conflict_from_json(change.after->body);
  const auto record = changes.find(after.record);
  const auto touched_by = [&](const merge::Side& side) {
    return record != changes.end() &&
           std::any_of(record->second.mutations.begin(), record->second.mutations.end(), [&](const Mutation& mutation) {
             if (in_chain(mutation, side.mutation)) return true;
             return std::any_of(mutation.ops.begin(), mutation.ops.end(), [&](const Op& op) {
               const auto names = [&](const std::vector<Uuid>& ids) {
                 return std::find(ids.begin(), ids.end(), side.mutation) != ids.end();
               };
               return names(op.consumes) || names(op.over);
             });
           });
  };
  const auto was_in_effect = [&](const merge::Side& side) {
    const auto head = heads_.find(after.record);
    if (head == heads_.end() || record == changes.end()) return false;
    if (after.path.empty() && head->second.deleted == side.value.is_null()) return true;
    if (!after.path.empty() && head->second.at(after.path) == side.value) return true;
    const auto& change = record->second;
    if (change.before && change.before->provenance(after.path) == side.mutation) return true;
    return std::any_of(change.mutations.begin(), change.mutations.end(), [&](const Mutation& mutation) {
      return std::any_of(mutation.ops.begin(), mutation.ops.end(),
                         [&](const Op& op) { return op.path == after.path && brings(op, side.value); });
    });
  };
  for (const auto& side : before.sides) {
    const auto same = std::find_if(after.sides.begin(), after.sides.end(),
                                   [&](const merge::Side& other) { return other.mutation == side.mutation; });
    if (was_in_effect(side)) continue;
    const bool kept = same != after.sides.end() && same->value == side.value && (side.consumed || !same->consumed);
    if (kept || touched_by(side)) continue;
    Json ops = Json::array();
    if (record != changes.end())
      for (const auto& mutation : record->second.mutations) ops.push_back(to_json(mutation));
    throw Violation(Invariant::Accounted, "a side of the conflict at '" + after.path + "' of record " +
                                              after.record.text() + " went: " + side.value.dump() +
                                              "; the commit: " + ops.dump() + " before: " + change.before->body.dump() +
                                              " after: " + change.after->body.dump());
  }
}

void ServerWatch::check_all(server::Store& store) const {
  store.read([&](server::Reader& reader) {
    std::size_t rows = 0;
    reader.select("SELECT id, position FROM journal", {}, [&](const server::Row& row) {
      const auto known = journal_.find(row.id(0).value());
      if (known == journal_.end() || known->second.position != row.integer(1))
        throw Violation(Invariant::SurvivesServer, "the journal was changed");
      ++rows;
    });
    if (rows != journal_.size()) throw Violation(Invariant::SurvivesServer, "the journal has lost rows");
  });
  if (const auto found = store.verify(); !found.empty())
    throw Violation(Invariant::SurvivesServer, "the store is unsound: " + found.front());
}

bool ServerWatch::has(const Uuid& id, const std::string* text) const {
  if (text) return committed_.contains({id, mutation_hash(*text)});
  const auto found = committed_.lower_bound({id, Digest{}});
  return found != committed_.end() && found->first == id;
}

const Journalled* ServerWatch::find(const Uuid& id) const {
  const auto found = journal_.find(id);
  return found == journal_.end() ? nullptr : &found->second;
}

bool ServerWatch::in_chain(const Mutation& mutation, const Uuid& ancestor) const {
  auto at = mutation.prev;
  while (at) {
    if (*at == ancestor) return true;
    const auto* row = find(*at);
    if (!row) return false;
    at = row->prev;
  }
  return false;
}

std::optional<merge::Conflict> ServerWatch::conflict(const Uuid& record, std::string_view path) const {
  const auto head = heads_.find(merge::conflict_id(record, path));
  if (head == heads_.end() || head->second.deleted) return std::nullopt;
  return merge::conflict_from_json(head->second.body);
}

std::set<Scope> ServerWatch::scopes_of(const Uuid& user) const {
  std::set<Scope> scopes;
  for (const auto& [id, head] : heads_)
    if (head.collection == "assignment" && !head.deleted && string_or_empty(head.body, "user") == user.text())
      scopes.insert(head.scope);
  return scopes;
}

}  // namespace anketa::simulation
