#include "tools/import/clients.hpp"

#include <algorithm>

#include "shared/record/record_state.hpp"
#include "tools/import/letters.hpp"
#include "tools/import/values.hpp"

namespace anketa::importer {
namespace {

const Uuid& import_space() {
  static const Uuid space = Uuid::derived(Uuid(), "anketa import");
  return space;
}

constexpr std::string_view contact_prefix = "contact.";

/// One row's values, by target.
struct RowValues {
  std::map<std::string, Json, std::less<>> values;
  std::vector<RowProblem> problems;

  std::string text(std::string_view target) const {
    const auto found = values.find(target);
    return found == values.end() ? std::string() : found->second.get<std::string>();
  }
};

RowValues parse_row(const CsvTable& table, const ColumnMapping& mapping, const CsvRow& row) {
  RowValues parsed;
  for (const auto& [target, column] : mapping.columns) {
    const auto& text = row.fields[column];
    if (text.empty()) continue;
    auto value = parse_value(text, find_target(target)->kind);
    if (const auto* unfit = std::get_if<Unfit>(&value))
      parsed.problems.push_back({row.line, table.header[column], unfit->reason, {{"value", text}}});
    else
      parsed.values.emplace(target, std::get<Json>(std::move(value)));
  }
  return parsed;
}

class ClientCollector {
 public:
  ClientCollector(const CsvTable& table, const ColumnMapping& mapping, const Existing& existing)
      : table_(table), mapping_(mapping), existing_(existing) {}

  ClientImport collect() {
    for (const auto& row : table_.rows) take(row);
    for (const auto& id : order_) {
      auto& client = clients_.at(id);
      if (!client.owned && existing_.usual_owner) add_owner(id, client, *existing_.usual_owner);
      import_.records.push_back({id, "client", id, std::move(client.body)});
      for (auto& record : client.below) import_.records.push_back(std::move(record));
    }
    import_.bad_rows.insert(import_.bad_rows.begin(), table_.bad_rows.begin(), table_.bad_rows.end());
    std::stable_sort(import_.bad_rows.begin(), import_.bad_rows.end(),
                     [](const RowProblem& a, const RowProblem& b) { return a.line < b.line; });
    return std::move(import_);
  }

 private:
  struct Client {
    Json body = Json::object();
    std::vector<WantedRecord> below;
    std::map<std::string, std::size_t> contacts;
    bool owned = false;
  };

  void take(const CsvRow& row) {
    auto parsed = parse_row(table_, mapping_, row);
    if (parsed.text("name").empty() && parsed.problems.empty())
      parsed.problems.push_back({row.line, table_.header[mapping_.columns.at("name")], "no_name", {}});
    if (!parsed.problems.empty()) {
      import_.bad_rows.insert(import_.bad_rows.end(), parsed.problems.begin(), parsed.problems.end());
      return;
    }
    const auto id = client_id(parsed);
    auto [entry, fresh] = clients_.try_emplace(id);
    if (fresh) order_.push_back(id);
    for (const auto& [target, value] : parsed.values) {
      if (target == "owner" || target.starts_with(contact_prefix)) continue;
      // What an earlier row of the same company said stays.
      if (value_at(entry->second.body, target).is_null()) put_value(entry->second.body, target, value);
    }
    take_contact(id, entry->second, parsed);
    take_owner(id, entry->second, parsed, row);
    ++import_.rows_taken;
  }

  Uuid client_id(const RowValues& parsed) {
    const auto inn = parsed.text("inn");
    const auto name = folded_company(parsed.text("name"));
    if (existing_.client)
      if (const auto known = existing_.client(inn, name)) return *known;
    return Uuid::derived(import_space(), inn.empty() ? "name:" + name : "inn:" + inn);
  }

  static void take_contact(const Uuid& id, Client& client, const RowValues& parsed) {
    Json body = Json::object();
    for (const auto& [target, value] : parsed.values)
      if (target.starts_with(contact_prefix)) body[target.substr(contact_prefix.size())] = value;
    const auto name = string_or_empty(body, "name");
    // Without a name, phone and e-mail of "somebody" would make a person nobody can ask for.
    if (name.empty()) return;
    body["client"] = id.text();
    const auto key = folded(name);
    if (const auto known = client.contacts.find(key); known != client.contacts.end()) {
      client.below[known->second].body.update(body);
      return;
    }
    client.contacts.emplace(key, client.below.size());
    client.below.push_back({Uuid::derived(id, "contact:" + key), "contact", id, std::move(body)});
  }

  void take_owner(const Uuid& id, Client& client, const RowValues& parsed, const CsvRow& row) {
    const auto name = parsed.text("owner");
    if (name.empty() || client.owned) return;
    const auto user = existing_.user ? existing_.user(name) : std::nullopt;
    if (!user) {
      import_.warnings.push_back({row.line,
                                  table_.header[mapping_.columns.at("owner")],
                                  existing_.usual_owner ? "other_owner" : "unknown_owner",
                                  {{"value", name}}});
      return;
    }
    add_owner(id, client, *user);
  }

  static void add_owner(const Uuid& id, Client& client, const Uuid& user) {
    client.owned = true;
    client.below.push_back({Uuid::derived(id, "assignment:owner"), "assignment", id,
                            Json{{"client", id.text()}, {"user", user.text()}, {"role", "owner"}}});
  }

  const CsvTable& table_;
  const ColumnMapping& mapping_;
  const Existing& existing_;
  ClientImport import_;
  std::map<Uuid, Client> clients_;
  std::vector<Uuid> order_;
};

}  // namespace

ClientImport read_clients(const CsvTable& table, const ColumnMapping& mapping, const Existing& existing) {
  return ClientCollector(table, mapping, existing).collect();
}

}  // namespace anketa::importer
