#include "sync-server/store/store.hpp"

#include <condition_variable>
#include <mutex>

namespace anketa::server {
namespace {

Json cells_json(const std::map<std::string, Uuid>& cells) {
  Json json = Json::object();
  for (const auto& [path, id] : cells) json[path] = id.text();
  return json;
}

std::map<std::string, Uuid> cells_from(const Json& json) {
  std::map<std::string, Uuid> cells;
  for (const auto& [path, id] : json.items()) cells.emplace_hint(cells.end(), path, Uuid::from(id.get<std::string>()));
  return cells;
}

}  // namespace

RecordState parse_head(const Head& head) {
  RecordState record;
  record.id = head.id;
  record.collection = head.collection;
  record.scope = head.scope;
  record.version = head.version;
  record.seq = head.seq;
  record.deleted = head.deleted;
  record.by = head.by;
  record.body = Json::parse(head.body);
  if (head.cells.size() > 2) record.cells = cells_from(Json::parse(head.cells));
  if (head.removed.size() > 2) {
    const auto removed = Json::parse(head.removed);
    for (const auto& [path, row] : removed.items())
      record.removed[path] = {Uuid::from(row.at("by").get<std::string>()), row.at("value"),
                              cells_from(row.at("cells"))};
  }
  return record;
}

Head make_head(const RecordState& record) {
  Head head{record.id,      record.collection, record.scope, record.version, record.seq,
            record.deleted, record.by,         {},           "{}",           "{}"};
  head.body = canonical(record.body);
  if (!record.cells.empty()) head.cells = cells_json(record.cells).dump();
  if (!record.removed.empty()) {
    Json removed = Json::object();
    for (const auto& [path, row] : record.removed)
      removed[path] = {{"by", row.by.text()}, {"value", row.value}, {"cells", cells_json(row.cells)}};
    head.removed = removed.dump();
  }
  return head;
}

void Store::write_and_wait(const std::function<void(Writer&)>& work) {
  std::mutex mutex;
  std::condition_variable changed;
  bool finished = false;
  std::exception_ptr failure;
  write(work, [&](std::exception_ptr error) {
    // Notified under the lock: the waiter's stack holds all of this and goes once it may go on.
    const std::lock_guard lock(mutex);
    failure = error;
    finished = true;
    changed.notify_one();
  });
  write_queued();
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return finished; });
  if (failure) std::rethrow_exception(failure);
}

Mutation mutation_of(const JournalRow& row) {
  auto mutation = mutation_from_json(Json::parse(row.text));
  mutation.id = row.id;
  return mutation;
}

}  // namespace anketa::server
