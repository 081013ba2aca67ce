#include "tests/client-core/store/random_history.hpp"

#include <catch2/catch_test_macros.hpp>

#include "client-core/store/sql.hpp"

namespace anketa::client::test {

using protocol::ResultStatus;

ResultStatus ServerRecord::take(const Mutation& mutation) {
  merge::Context context;
  context.in_own_chain = [](const Uuid&) { return true; };
  const auto plan = merge::plan(state.by.is_nil() ? nullptr : &state, mutation, context);
  if (plan.parked) return ResultStatus::Parked;
  merge::apply(state, mutation, plan);
  return plan.as_in_own_view && !news ? ResultStatus::Applied : ResultStatus::Merged;
}

void RandomHistory::step() {
  fixture_.environment.advance(1 + static_cast<Instant>(pick(60'000)));
  if (records_.empty() || (records_.size() < 4 && pick(6) == 0)) {
    records_.push_back(fixture_.create_contact());
    return;
  }
  switch (pick(8)) {
    case 0:
      return edit_two_as_one();
    case 1:
      return seal();
    case 2:
      return colleague_edits(any_record());
    case 3:
    case 4:
      return exchange();
    default:
      return edit(any_record());
  }
}

void RandomHistory::edit(const Uuid& id) {
  static constexpr std::array<const char*, 4> texts{"post", "phone", "email", "work_interests"};
  static constexpr std::array<const char*, 3> tags{"vip", "golf", "tea"};
  LocalEdits edits(*fixture_.store);
  switch (pick(4)) {
    case 0:
      return fixture_.set(id, texts[pick(4)], "значение " + std::to_string(pick(5)));
    case 1:
      return fixture_.set(id, texts[pick(4)], nullptr);
    case 2:
      return edits.commit({id, "", {}, {{OpKind::Add, "tags", tags[pick(3)], {}, {}}}});
    default:
      return edits.commit({id, "", {}, {{OpKind::Remove, "tags", tags[pick(3)], {}, {}}}});
  }
}

void RandomHistory::edit_two_as_one() {
  std::vector<RecordEdit> group;
  for (const auto& id : std::set<Uuid>{any_record(), any_record()})
    group.push_back({id, "", {}, {{OpKind::Set, "post", "вместе " + std::to_string(pick(9)), {}, {}}}});
  LocalEdits(*fixture_.store).commit_group(std::move(group));
}

void RandomHistory::colleague_edits(const Uuid& id) {
  const auto found = server_.find(id);
  if (found == server_.end()) return;
  auto& record = found->second;
  Mutation mutation;
  mutation.id = Uuid::v7(fixture_.environment);
  mutation.record = id;
  mutation.collection = "contact";
  mutation.scope = account_scope;
  mutation.ops.push_back({OpKind::Set, "email", "mail" + std::to_string(pick(9)) + "@example.com", {}, {}});
  merge::note_what_was_seen(mutation.ops.front(), record.state);
  record.news = true;
  record.take(mutation);
  record.state.seq = ++seq_;
}

void RandomHistory::seal() {
  guarded([&] { fixture_.store->outbox().seal(); });
}

void RandomHistory::exchange() {
  const auto batch = fixture_.store->outbox().next_batch(0, 50, 1'000'000);
  std::vector<protocol::MutationResult> results;
  std::set<Uuid> to_send;
  for (const auto& text : batch.mutations) {
    const auto mutation = mutation_from_json(Json::parse(text));
    auto known = answered_.find(mutation.id);
    if (known == answered_.end()) {
      auto& record = server_[mutation.record];
      if (record.state.id.is_nil()) {
        record.state.id = mutation.record;
        record.state.collection = mutation.collection;
        record.state.scope = mutation.scope;
      }
      const auto status = record.take(mutation);
      record.state.seq = ++seq_;
      known = answered_.emplace(mutation.id, result(mutation.id, status, record.state.version, record.state.seq)).first;
    }
    if (known->second.status != ResultStatus::Applied) to_send.insert(mutation.record);
    results.push_back(known->second);
    if (!mutation.group && pick(6) == 0) break;
  }
  if (pick(5) == 0) return;
  std::vector<RecordState> records;
  for (const auto& [id, record] : server_)
    if (to_send.contains(id) || record.news) records.push_back(record.state);
  protocol::SyncAnswer answer;
  answer.cursor = "at " + std::to_string(seq_);
  answer.backup_seq = seq_ / 2;
  fixture_.settle(results, records, answer);
  for (auto& [id, record] : server_) record.news = false;
}

const ServerRecord* RandomHistory::on_server(const Uuid& id) const {
  const auto found = server_.find(id);
  return found == server_.end() ? nullptr : &found->second;
}

void check_record(Fixture& fixture, const Uuid& id) {
  const auto row = fixture.row(id);
  const auto pending = fixture.store->outbox().pending_of(row.key);
  CHECK(static_cast<std::size_t>(row.pending) == pending.size());
  CHECK(content(fixture.view(id)) == content(with_pending(fixture.server(id), pending)));
  CHECK((row.view != 0) == !pending.empty());
}

std::string everything(ClientStore& store) {
  auto& database = store.database();
  std::vector<std::string> tables;
  {
    auto found = database.statement("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'");
    while (found.step()) tables.push_back(found.string(0));
  }
  std::string all;
  for (const auto& table : tables) {
    auto rows = database.statement("SELECT * FROM " + table + " ORDER BY 1");
    while (rows.step()) {
      all += table;
      for (int column = 0; column < rows.columns(); ++column) all += "|" + rows.string(column);
      all += "\n";
    }
  }
  return all;
}

}  // namespace anketa::client::test
