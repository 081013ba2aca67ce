// `anketa-server import clients FILE.csv`: reads a CRM's export and journals what is new or different in it.
//
// What the file says goes in as ordinary mutations of the server's own, by the same service that takes devices'
// edits; members the file does not speak of stay as they are, so importing a file again changes nothing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sync-server/services/sync_service.hpp"
#include "tools/import/clients.hpp"

namespace anketa::importer {

struct ImportOptions {
  CsvOptions csv;
  /// Targets by header, as the user gave them.
  std::map<std::string, std::string, std::less<>> mapping;
  /// Log-in or name of who owns clients for which the file names nobody; empty: they wait for their owner.
  std::string owner;
  /// Only report what would be done.
  bool dry_run = false;
};

/// A mutation the service did not put into effect.
struct ParkedRecord {
  Uuid record;
  Problem problem;
};

struct ImportReport {
  Encoding encoding = Encoding::Utf8;
  char delimiter = ',';
  std::vector<std::string> unused_columns;
  std::size_t rows_taken = 0, created = 0, changed = 0, same = 0;
  /// Clients that keep the owner they have, although the file names another one.
  std::size_t owners_kept = 0;
  std::vector<RowProblem> bad_rows, warnings;
  std::vector<ParkedRecord> parked;
};

/// `progress` is told how many records of how many are done. Throws ProblemError(CsvInvalid, TooLarge) where the file
/// as a whole cannot be read; nothing is imported then.
ImportReport import_clients(server::Store& store, Environment& environment, std::string_view bytes,
                            const ImportOptions& options,
                            const std::function<void(std::size_t, std::size_t)>& progress = {});

Json to_json(const ImportReport& report, text::Language language);
/// For people, line by line.
std::string describe(const ImportReport& report, text::Language language);

}  // namespace anketa::importer
