#include "sync-server/store/erasure.hpp"

#include "shared/merge/erase.hpp"
#include "shared/merge/merge.hpp"
#include "sync-server/store/own_record.hpp"

namespace anketa::server {
namespace {

void erase_journal(Writer& writer, const Erasure& erasure) {
  for (const auto& row : writer.journal_of(erasure.record))
    if (names(erasure, row.id)) writer.erase_text(row.id, text_without(row, erasure.paths));
}

/// The server's own mutation that takes the values out of the record, for its place in history.
Mutation taking_out(Writer& writer, const Erasure& erasure, const RecordState& record, Instant now) {
  const auto history = writer.history();
  Mutation mutation;
  mutation.id = Uuid::derived(erasure.id, "record");
  mutation.device = mutation.user = history.server;
  mutation.epoch = history.epoch;
  mutation.schema = schema::version;
  mutation.record = record.id;
  mutation.collection = record.collection;
  mutation.scope = record.scope;
  mutation.at = now;
  for (const auto& path : erasure.paths) {
    Op op;
    op.kind = path.empty() ? OpKind::Remove : OpKind::Set;
    op.path = path;
    const auto seen = record.provenance_below(path);
    op.over.assign(seen.begin(), seen.end());
    mutation.ops.push_back(std::move(op));
  }
  return mutation;
}

/// The record without the values; its place in history, 0 where there is none to change.
std::uint64_t erase_head(Writer& writer, const Erasure& erasure, Instant now) {
  const auto head = writer.head(erasure.record);
  if (!head) return 0;
  auto record = parse_head(*head);
  const auto mutation = taking_out(writer, erasure, record, now);
  if (writer.journal(mutation.id)) return 0;
  std::vector<std::string> gone;
  for (const auto& path : erasure.paths)
    each_cell(value_at(record.body, path), path, [&](const std::string& cell, const Json&) { gone.push_back(cell); });
  merge::erase_from(record, erasure.paths);
  for (const auto& cell : gone) record.cells[cell] = mutation.id;
  if (erases_whole(erasure)) record.deleted = true, record.cells = {{"", mutation.id}}, record.by = mutation.id;
  ++record.version;
  record.seq = writer.take_seq();
  writer.put_head(make_head(record), &*head);
  writer.project(record, now);
  JournalRow row;
  row.id = mutation.id;
  row.text = canonical(to_json(mutation));
  row.hash = mutation_hash(row.text);
  row.record = record.id;
  row.scope = record.scope;
  row.device = row.user = mutation.device;
  row.received_at = now;
  row.result = {mutation.id, protocol::ResultStatus::Applied, false, record.version, record.seq, {}, {}};
  writer.append(row);
  return record.seq;
}

Json ids(const std::vector<ErasedMutation>& mutations) {
  std::set<std::string> all;
  for (const auto& mutation : mutations) all.insert(mutation.id.text());
  return Json(all);
}

}  // namespace

bool erases_whole(const Erasure& erasure) {
  return std::find(erasure.paths.begin(), erasure.paths.end(), std::string()) != erasure.paths.end();
}

bool names(const Erasure& erasure, const Uuid& mutation) {
  return std::any_of(erasure.mutations.begin(), erasure.mutations.end(),
                     [&](const ErasedMutation& named) { return named.id == mutation; });
}

std::string text_without(const JournalRow& row, const std::vector<std::string>& paths) {
  const auto json = Json::parse(row.text, nullptr, false);
  try {
    auto mutation = mutation_from_json(json);
    merge::erase_from(mutation, paths);
    return canonical(to_json(mutation));
  } catch (const ProblemError&) {
    return canonical({{"id", row.id.text()}, {"record", row.record.text()}});
  }
}

bool apply_erasure(Writer& writer, const Erasure& erasure, Instant now) {
  if (writer.erasure(erasure.id)) return false;
  writer.put_erasure(erasure);
  erase_journal(writer, erasure);
  const auto seq = erase_head(writer, erasure, now);
  Json body{{"record", erasure.record.text()}, {"place", seq ? seq : writer.history().last_seq}};
  if (!erases_whole(erasure)) body["paths"] = Json(std::set<std::string>(erasure.paths.begin(), erasure.paths.end()));
  if (!erasure.mutations.empty()) body["mutations"] = ids(erasure.mutations);
  put_own_record(writer, "erasure", erasure.id, company_scope, body, "erasure", now);
  return true;
}

void extend_erasure(Writer& writer, const Erasure& erasure, const std::vector<ErasedMutation>& more, Instant now) {
  auto all = erasure.mutations;
  std::string cause = "named";
  for (const auto& mutation : more) {
    writer.note_erased(erasure.id, mutation);
    all.push_back(mutation);
    cause += " " + mutation.id.text();
  }
  put_own_record(writer, "erasure", erasure.id, company_scope, {{"mutations", ids(all)}}, cause, now);
}

Json to_json(const Erasure& erasure) {
  Json mutations = Json::object();
  for (const auto& mutation : erasure.mutations) mutations[mutation.id.text()] = hex(mutation.hash);
  return {{"id", erasure.id.text()}, {"at", format_instant(erasure.at)}, {"by", erasure.by},
          {"why", erasure.why},      {"record", erasure.record.text()},  {"collection", erasure.collection},
          {"paths", erasure.paths},  {"mutations", std::move(mutations)}};
}

}  // namespace anketa::server
