// Devices that are revoked, and what is erased for good.
#include "client-core/bundle/device_bundle.hpp"
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

/// The texts of a value that nobody else has typed.
void collect(const Json& value, std::set<std::string>& texts) {
  each_cell(value, "", [&](const std::string&, const Json& leaf) {
    if (!leaf.is_string()) return;
    const auto& text = leaf.get_ref<const std::string&>();
    if (text.size() > 40 && text[0] == 'p') texts.insert(text);
  });
}

}  // namespace

void World::revoke_device(Device& device) {
  if (!server_.running()) return;
  tell(device.name + " is lost, and revoked");
  contents_may_be_lost_ = true;
  try {
    const auto id = client::guarded([&] { return device.store().device().get().id; });
    server_.store().accounts().revoke_device(id, "lead", now_);
  } catch (const ProblemError& error) {
    if (error.problem().code != ProblemCode::DiskFull && !server_.disk.dead()) throw;
  }
  after_server();
}

/// It has handed its work over and forgotten everything; its user has it back, or another one.
void World::check_wiped(Device& device) {
  client::guarded([&] {
    auto& database = device.store().database();
    for (const auto* table : {"record", "outbox", "content", "outbox_text", "grant_in_force", "account", "blob_chunk"})
      if (database.query_integer("SELECT count(*) FROM " + std::string(table)) != 0)
        throw Violation(Invariant::NothingDisclosed, device.name + " was revoked and keeps rows of " + table);
    device.ledger.check(device.store(), in_journal());
  });
  device.ledger.hand_over(orphans_);
  device.epoch.clear();
  device.cursor_seq = 0;
  device.copy_of_index = -1;
  device.copied = true;
}

void World::check_orphans() {
  orphans_.check_orphans(in_journal());
}

/// The lead takes what revoked devices have handed over.
void World::accept_handed_over() {
  if (!server_.running()) return;
  std::map<Uuid, Uuid> owners;
  server_.store().read([&](server::Reader& reader) {
    reader.select("SELECT DISTINCT device, person FROM journal WHERE status = 3 AND marks & 8 <> 0", {},
                  [&](const server::Row& row) { owners.emplace(row.id(0).value(), row.id(1).value()); });
  });
  for (const auto& [device, user] : owners) {
    const auto owner = server_.store().accounts().account(user);
    if (!owner) continue;
    tell("the lead accepts what a revoked device of " + owner->name + " handed over");
    try {
      server_.program().quarantine().accept({user, device, owner->role, false});
    } catch (const ProblemError& error) {
      if (error.problem().code != ProblemCode::DiskFull && !server_.disk.dead()) throw;
    }
    after_server();
    if (!server_.running()) return;
  }
}

/// The texts that any mutation brought to one of the paths of a record.
std::set<std::string> World::texts_at(const Uuid& record, const std::vector<std::string>& paths) {
  std::set<std::string> texts;
  server_.store().read([&](server::Reader& reader) {
    for (const auto& row : reader.journal_of(record))
      for (const auto& op : Json::parse(row.text).value("ops", Json::array())) {
        const auto at = string_or_empty(op, "path");
        const auto value = op.value("value", Json());
        for (const auto& path : paths) {
          if (is_below(at, path)) collect(value, texts);
          if (at.empty() && !path.empty()) collect(value_at(value, path), texts);
        }
      }
  });
  return texts;
}

void World::erase(const Uuid& record, const std::vector<std::string>& paths) {
  if (!server_.running()) return;
  auto& eraser = server_.program().eraser();
  try {
    const auto plan = eraser.plan({record, paths, false, "lead", "asked to"});
    const auto texts = texts_at(record, paths);
    tell("'" + paths.front() + "' and " + std::to_string(paths.size() - 1) + " more of " + record.text().substr(24) +
         " are erased");
    eraser.erase(plan);
    erased_texts_.insert(texts.begin(), texts.end());
  } catch (const ProblemError& error) {
    const auto code = error.problem().code;
    const bool ordinary = code == ProblemCode::DiskFull || code == ProblemCode::RecordNotFound;
    if (!ordinary && !server_.disk.dead()) throw;
  }
  after_server();
}

/// The rows of the server that still hold a text.
std::string World::server_rows_with(const std::string& text) {
  std::string found;
  const server::SqlValue pattern = "%" + text + "%";
  server_.store().read([&](server::Reader& reader) {
    for (const auto* rows : {"SELECT 'head', hex(id), body FROM head WHERE body LIKE ?1",
                             "SELECT 'journal', hex(id), text FROM journal WHERE text LIKE ?1 OR problem LIKE ?1"})
      reader.select(rows, {&pattern, 1}, [&](const server::Row& row) {
        for (int column = 0; column < 3; ++column) found += (column ? " " : "\n") + std::string(row.text(column));
      });
  });
  return found;
}

/// Those of a device, whatever the table.
std::string World::device_rows_with(Device& device, const std::string& text) {
  std::string found;
  auto& database = device.store().database();
  std::vector<std::pair<std::string, std::string>> columns;
  {
    auto row = database.statement(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.sql "
        "NOT "
        "LIKE 'CREATE VIRTUAL%'");
    while (row.step()) columns.emplace_back(row.string(0), row.string(1));
  }
  for (const auto& [table, column] : columns) {
    const auto cell = "CAST(\"" + table + "\".\"" + column + "\" AS TEXT)";
    auto row = database.statement("SELECT " + cell + " FROM \"" + table + "\" WHERE instr(" + cell + ", ?1) > 0");
    row.bind(text);
    while (row.step()) found += "\n" + table + "." + column + " " + row.string(0);
  }
  return found;
}

/// In no file of the server and of no device.
void World::check_erased() {
  if (erased_texts_.empty()) return;
  const auto text_in = [&](const MemoryDisk& disk) -> const std::string* {
    for (const auto& [name, bytes] : disk.image())
      for (const auto& text : erased_texts_)
        if (bytes.find(text) != std::string::npos) return &text;
    return nullptr;
  };
  if (const auto* text = text_in(server_.disk))
    throw Violation(Invariant::Erased, "the server keeps '" + *text + "'" + server_rows_with(*text));
  for (const auto& device : devices_)
    if (const auto* text = text_in(device->disk))
      throw Violation(Invariant::Erased, device->name + " keeps '" + *text + "'" + device_rows_with(*device, *text));
}

}  // namespace anketa::simulation
