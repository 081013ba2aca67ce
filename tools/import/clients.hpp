// Rows of a CRM's export as records: clients, their contact persons, and who looks after them.
//
// Model: several rows of one company are one client with several contacts. A company is the same by its INN, without
// one by its name. Ids follow from that, so importing a file again finds the same records and changes nothing; a client
// that is there already under another id is found by `existing`. A row is taken whole or, if its company cannot be told
// or a value of it cannot be a value of that field, named as bad. Pure.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"
#include "tools/import/columns.hpp"
#include "tools/import/csv.hpp"

namespace anketa::importer {

/// A record as the file wants it. Members that the file says nothing of are absent.
struct WantedRecord {
  Uuid id;
  std::string collection;
  Scope scope;
  Json body;
};

struct ClientImport {
  /// Clients first, each followed by its contacts and its assignment.
  std::vector<WantedRecord> records;
  std::vector<RowProblem> bad_rows;
  /// Rows that were taken though something of them was not: an unknown owner.
  std::vector<RowProblem> warnings;
  std::size_t rows_taken = 0;
};

/// What the import asks of the data that is there.
struct Existing {
  /// The client with that INN, or (empty INN) with that folded_company() name.
  std::function<std::optional<Uuid>(const std::string& inn, const std::string& folded_name)> client;
  /// The user with that log-in or full name.
  std::function<std::optional<Uuid>(const std::string& name)> user;
  /// Who owns clients for which the file names nobody known.
  std::optional<Uuid> usual_owner;
};

ClientImport read_clients(const CsvTable& table, const ColumnMapping& mapping, const Existing& existing);

}  // namespace anketa::importer
