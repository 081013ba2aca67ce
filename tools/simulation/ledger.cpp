#include "tools/simulation/ledger.hpp"

#include "client-core/store/sql.hpp"
#include "tools/simulation/violation.hpp"

namespace anketa::simulation {
namespace {

struct Row {
  Uuid id;
  client::OutboxState state{};
  std::string text;
};

std::vector<Row> rows(client::ClientStore& store, std::string_view where) {
  auto found = store.database().statement(
      "SELECT o.id, o.state, t.text FROM outbox o JOIN outbox_text t ON t.counter = o.counter WHERE " +
      std::string(where));
  std::vector<Row> all;
  while (found.step())
    all.push_back({client::uuid_at(found, 0), static_cast<client::OutboxState>(found.integer(1)), found.string(2)});
  return all;
}

Uuid record_of(const std::string& text) {
  return Uuid::from(string_or_empty(Json::parse(text), "record"));
}

}  // namespace

void DeviceLedger::note(client::ClientStore& store) {
  for (auto& row : rows(store, "o.state < 2")) {
    const auto& entry = entries_[row.id];
    if (entry.text == row.text) continue;
    if (!entry.text.empty() && row.state != client::OutboxState::Open && erased(entry) == ErasedPart::None)
      throw Violation(Invariant::KeptForEver, "mutation " + row.id.text() + " was changed after it was sealed");
    put(row.id, std::move(row.text));
  }
}

void DeviceLedger::note_after_crash(client::ClientStore& store, bool in_doubt) {
  for (auto& row : rows(store, "o.state < 2")) {
    const auto& entry = entries_[row.id];
    if (entry.text == row.text) continue;
    if (!in_doubt)
      throw Violation(Invariant::KeptForEver, entry.text.empty()
                                                  ? "the outbox has " + row.id.text() + ", which nobody committed"
                                                  : "mutation " + row.id.text() + " has lost an edit");
    put(row.id, std::move(row.text));
  }
  std::set<Uuid> kept;
  for (auto& row : rows(store, "1")) kept.insert(row.id);
  for (auto& [id, entry] : entries_) {
    entry.excused = entry.excused || (entry.in_doubt && !kept.contains(id));
    entry.in_doubt = false;
  }
}

void DeviceLedger::check(client::ClientStore& store, const InJournal& in_journal) const {
  std::map<Uuid, std::string> kept;
  for (auto& row : rows(store, "1")) kept.emplace(row.id, std::move(row.text));
  for (const auto& [id, entry] : entries_) {
    if (entry.excused) continue;
    const auto row = kept.find(id);
    if (row != kept.end() && (row->second == entry.text || erased(entry) == ErasedPart::Some)) continue;
    if (is_kept(id, entry, in_journal)) continue;
    throw Violation(Invariant::KeptForEver, "mutation " + id.text() +
                                                (row == kept.end() ? " is" : " as it was committed is") +
                                                " neither in the outbox nor in the journal: " + entry.text);
  }
}

std::vector<Uuid> DeviceLedger::missing(client::ClientStore& store, const InJournal& in_journal) const {
  std::set<Uuid> parked;
  for (auto& row : rows(store, "o.state = 3")) parked.insert(row.id);
  std::vector<Uuid> missing;
  for (const auto& [id, entry] : entries_)
    if (!entry.excused && !parked.contains(id) && erased(entry) == ErasedPart::None && !in_journal(id, &entry.text))
      missing.push_back(id);
  return missing;
}

void DeviceLedger::excuse_pending(client::ClientStore& store, const Uuid& record) {
  const auto row = store.records().find(record);
  if (!row) return;
  // With what was made in one step with them, and in one with that.
  std::set<client::RecordKey> seen;
  std::vector<client::RecordKey> next{row->key};
  while (!next.empty()) {
    const auto key = next.back();
    next.pop_back();
    if (!seen.insert(key).second) continue;
    for (const auto& pending : store.outbox().pending_of(key)) {
      if (const auto entry = entries_.find(pending.id); entry != entries_.end()) entry->second.excused = true;
      const auto mutation = mutation_from_json(Json::parse(pending.text));
      if (!mutation.group) continue;
      for (const auto& member : store.outbox().pending_of_group(mutation.group->id)) next.push_back(member.record);
    }
  }
}

void DeviceLedger::doubt(const DeviceLedger& excused) {
  for (auto& [id, entry] : entries_) {
    const auto other = excused.entries_.find(id);
    entry.in_doubt = !entry.excused && other != excused.entries_.end() && other->second.excused;
  }
}

void DeviceLedger::hand_over(DeviceLedger& to) {
  for (auto& [id, entry] : entries_) {
    if (!entry.excused) to.entries_.insert_or_assign(id, entry);
    entry.excused = true;
  }
}

void DeviceLedger::check_orphans(const InJournal& in_journal) const {
  for (const auto& [id, entry] : entries_) {
    if (is_kept(id, entry, in_journal)) continue;
    throw Violation(Invariant::SurvivesServer,
                    "mutation " + id.text() + ", handed over by a revoked device, is in no journal: " + entry.text);
  }
}

void DeviceLedger::excuse_all_but(const DeviceLedger& older) {
  auto now = older.entries_;
  for (auto& [id, entry] : entries_) {
    entry.excused = true;
    now.emplace(id, std::move(entry));
  }
  entries_ = std::move(now);
}

bool DeviceLedger::gave_up(const Uuid& record) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const auto& entry) { return entry.second.excused && entry.second.record == record; });
}

void DeviceLedger::put(const Uuid& id, std::string text) {
  texts_.emplace(id, mutation_hash(text));
  auto& entry = entries_[id];
  entry.record = record_of(text);
  entry.text = std::move(text);
}

}  // namespace anketa::simulation
