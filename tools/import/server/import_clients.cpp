#include "tools/import/server/import_clients.hpp"

#include <algorithm>

#include "shared/merge/merge.hpp"
#include "shared/programme/account_team.hpp"
#include "tools/import/letters.hpp"

namespace anketa::importer {
namespace {

using server::Head;
using server::Reader;

/// Mutations journalled in one transaction: enough that the commit costs little, few enough that devices get their
/// turn.
constexpr std::size_t batch_size = 500;

/// What the organisation has already, looked up by what a CRM knows.
class Known {
 public:
  explicit Known(Reader& reader) {
    history_ = reader.history();
    for (const auto& head : reader.heads_of("client", std::nullopt)) {
      if (head.deleted) continue;
      const auto body = Json::parse(head.body);
      if (const auto inn = string_or_empty(body, "inn"); !inn.empty()) by_inn_.emplace(inn, head.id);
      by_name_.emplace(folded_company(string_or_empty(body, "name")), head.id);
    }
    for (const auto& head : reader.heads_of("user", std::nullopt)) {
      const auto body = Json::parse(head.body);
      for (const auto* field : {"login", "name"}) users_.emplace(folded(string_or_empty(body, field)), head.id);
    }
    for (const auto& head : reader.heads_of("assignment", std::nullopt)) {
      if (head.deleted) continue;
      const auto body = Json::parse(head.body);
      if (programme::is_owner(body)) owners_[head.scope] = string_or_empty(body, "user");
    }
  }

  Existing existing() const {
    return {[this](const std::string& inn, const std::string& name) { return client(inn, name); },
            [this](const std::string& name) { return find(users_, folded(name)); },
            std::nullopt};
  }
  /// Who owns the client; empty: nobody yet.
  std::string owner(const Scope& scope) const {
    const auto found = owners_.find(scope);
    return found == owners_.end() ? std::string() : found->second;
  }
  const server::HistoryState& history() const { return history_; }

 private:
  template <typename Map>
  static std::optional<Uuid> find(const Map& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  }

  std::optional<Uuid> client(const std::string& inn, const std::string& name) const {
    return inn.empty() ? find(by_name_, name) : find(by_inn_, inn);
  }

  server::HistoryState history_;
  std::map<std::string, Uuid> by_inn_, by_name_, users_;
  std::map<Scope, std::string> owners_;
};

class Importer {
 public:
  Importer(server::Store& store, Environment& environment, const ImportOptions& options, ImportReport& report)
      : store_(store), environment_(environment), options_(options), report_(report) {}

  void run(const CsvTable& table, const ColumnMapping& mapping,
           const std::function<void(std::size_t, std::size_t)>& progress) {
    std::optional<Known> known;
    store_.read([&](Reader& reader) { known.emplace(reader); });
    history_ = known->history();
    auto existing = known->existing();
    if (!options_.owner.empty()) {
      existing.usual_owner = existing.user(options_.owner);
      if (!existing.usual_owner) throw ProblemError(ProblemCode::RecordNotFound, {}, options_.owner);
    }
    auto import = read_clients(table, mapping, existing);
    report_.rows_taken = import.rows_taken;
    report_.bad_rows = std::move(import.bad_rows);
    report_.warnings = std::move(import.warnings);
    for (std::size_t done = 0; done < import.records.size(); done += batch_size) {
      const auto end = std::min(done + batch_size, import.records.size());
      batch({import.records.begin() + static_cast<std::ptrdiff_t>(done),
             import.records.begin() + static_cast<std::ptrdiff_t>(end)},
            *known);
      if (progress) progress(end, import.records.size());
    }
  }

 private:
  void batch(const std::vector<WantedRecord>& records, const Known& known) {
    std::vector<Mutation> mutations;
    store_.read([&](Reader& reader) {
      for (const auto& wanted : records) {
        const auto head = reader.head(wanted.id);
        // Whoever looks after a client already goes on doing so (R37).
        if (const auto owner = known.owner(wanted.scope); wanted.collection == "assignment" && !owner.empty()) {
          (owner == string_or_empty(wanted.body, "user") ? report_.same : report_.owners_kept) += 1;
          continue;
        }
        auto ops = ops_for(wanted, head);
        (ops.empty() ? report_.same : head ? report_.changed : report_.created) += 1;
        if (!ops.empty()) mutations.push_back(mutation_of(wanted, std::move(ops)));
      }
    });
    if (options_.dry_run || mutations.empty()) return;
    server::SyncService service(store_, environment_);
    const server::Author author{history_.server, history_.server, Role::Admin, true};
    const auto results = service.submit(author, mutations);
    for (std::size_t i = 0; i < results.size(); ++i)
      if (results[i].problem) report_.parked.push_back({mutations[i].record, *results[i].problem});
  }

  static std::vector<Op> ops_for(const WantedRecord& wanted, const std::optional<Head>& head) {
    if (!head) return {{OpKind::Set, "", wanted.body, {}, {}}};
    return merge::diff(server::parse_head(*head), *schema::collection(wanted.collection), wanted.body);
  }

  Mutation mutation_of(const WantedRecord& wanted, std::vector<Op> ops) {
    Mutation mutation;
    mutation.id = Uuid::v7(environment_);
    mutation.device = mutation.user = history_.server;
    mutation.epoch = history_.epoch;
    mutation.schema = schema::version;
    mutation.record = wanted.id;
    mutation.collection = wanted.collection;
    mutation.scope = wanted.scope;
    mutation.at = environment_.now();
    mutation.ops = std::move(ops);
    return mutation;
  }

  server::Store& store_;
  Environment& environment_;
  const ImportOptions& options_;
  ImportReport& report_;
  server::HistoryState history_;
};

Json rows_json(const std::vector<RowProblem>& rows, text::Language language) {
  Json all = Json::array();
  for (const auto& row : rows) {
    Json one{{"line", row.line}, {"reason", row.reason}, {"message", row.message(language)}};
    if (!row.column.empty()) one["column"] = row.column;
    all.push_back(std::move(one));
  }
  return all;
}

std::string delimiter_name(char delimiter) {
  return delimiter == '\t' ? "Tab" : std::string("«") + delimiter + "»";
}

}  // namespace

ImportReport import_clients(server::Store& store, Environment& environment, std::string_view bytes,
                            const ImportOptions& options,
                            const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto table = read_csv(bytes, options.csv);
  const auto mapping = map_columns(table.header, options.mapping);
  ImportReport report;
  report.encoding = table.encoding;
  report.delimiter = table.delimiter;
  report.unused_columns = mapping.unused;
  Importer(store, environment, options, report).run(table, mapping, progress);
  return report;
}

Json to_json(const ImportReport& report, text::Language language) {
  Json parked = Json::array();
  for (const auto& record : report.parked)
    parked.push_back({{"record", record.record.text()}, {"problem", record.problem.to_json(language)}});
  return {{"encoding", id(report.encoding)},
          {"delimiter", std::string(1, report.delimiter)},
          {"unused_columns", report.unused_columns},
          {"rows_taken", report.rows_taken},
          {"created", report.created},
          {"changed", report.changed},
          {"same", report.same},
          {"owners_kept", report.owners_kept},
          {"bad_rows", rows_json(report.bad_rows, language)},
          {"warnings", rows_json(report.warnings, language)},
          {"parked", std::move(parked)}};
}

std::string describe(const ImportReport& report, text::Language language) {
  std::string out;
  const auto line = [&](std::string_view key, const text::Arguments& arguments) {
    out += text::get(language, "import.summary." + std::string(key), arguments) + "\n";
  };
  const auto rows = [&](const std::vector<RowProblem>& problems) {
    for (const auto& row : problems)
      out += "  " + text::get(language, "import.line", {{"line", std::to_string(row.line)}}) + ": " +
             row.message(language) + "\n";
  };
  line("read", {{"encoding", std::string(id(report.encoding))}, {"delimiter", delimiter_name(report.delimiter)}});
  line("rows", {{"count", std::to_string(report.rows_taken)}});
  line("records", {{"created", std::to_string(report.created)},
                   {"changed", std::to_string(report.changed)},
                   {"same", std::to_string(report.same)}});
  if (report.owners_kept > 0) line("owners_kept", {{"count", std::to_string(report.owners_kept)}});
  if (!report.unused_columns.empty()) {
    std::string columns;
    for (const auto& column : report.unused_columns) columns += (columns.empty() ? "" : ", ") + column;
    line("unused", {{"columns", columns}});
  }
  if (!report.bad_rows.empty()) {
    line("bad", {{"count", std::to_string(report.bad_rows.size())}});
    rows(report.bad_rows);
  }
  if (!report.warnings.empty()) {
    line("warnings", {});
    rows(report.warnings);
  }
  for (const auto& record : report.parked)
    line("parked", {{"record", record.record.text()}, {"message", record.problem.what(language)}});
  return out;
}

}  // namespace anketa::importer
