// Import, backup, restore, verify.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "shared/system/system_environment.hpp"
#include "sync-server/store/store.hpp"
#include "sync-server/system/files.hpp"
#include "tools/import/server/import_clients.hpp"
#include "tools/server/commands.hpp"
#include "tools/server/terminal.hpp"

namespace anketa::server::program {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<Store> open_store(const std::string& folder, Environment& environment) {
  return open_sqlite_store({folder, 2, false}, environment);
}

importer::ImportOptions options_of(const ImportArguments& arguments) {
  importer::ImportOptions options;
  options.dry_run = arguments.dry_run;
  if (!arguments.delimiter.empty())
    options.csv.delimiter =
        arguments.delimiter == "tab" || arguments.delimiter == "\\t" ? '\t' : arguments.delimiter[0];
  if (!arguments.encoding.empty()) {
    options.csv.encoding = importer::parse_encoding(arguments.encoding);
    if (!options.csv.encoding)
      throw ProblemError(ProblemCode::InvalidValue, {{"value", arguments.encoding}}, "--encoding");
  }
  for (const auto& column : arguments.columns) {
    const auto equals = column.rfind('=');
    if (equals == std::string::npos) throw ProblemError(ProblemCode::InvalidValue, {{"value", column}}, "--map");
    options.mapping[column.substr(0, equals)] = column.substr(equals + 1);
  }
  return options;
}

void report_unsound(const Setup& setup, const std::vector<std::string>& found) {
  if (setup.json) std::cout << Json{{"sound", found.empty()}, {"found", found}}.dump() << "\n";
  if (found.empty()) {
    if (!setup.json) std::cout << text::get(setup.language, "server.did.verified") << "\n";
    return;
  }
  if (!setup.json)
    for (const auto& line : found) std::cout << line << "\n";
  throw ProblemError(ProblemCode::DatabaseDamaged);
}

/// The copy under the name a store has, checked before anything is replaced.
void check_copy(const std::string& file, const fs::path& folder, Environment& environment) {
  fs::create_directories(folder);
  fs::copy_file(file, folder / "anketa.db", fs::copy_options::overwrite_existing);
  const auto copy = open_store(folder.string(), environment);
  if (!copy->verify().empty()) throw ProblemError(ProblemCode::DatabaseDamaged, {}, file);
  // A new epoch: devices that know more of the history than the copy holds must notice, and send it again.
  copy->write_and_wait([&](Writer& writer) { writer.set_epoch(Uuid::v7(environment).text()); });
}

}  // namespace

void import_clients(const Setup& setup, const ImportArguments& arguments) {
  const auto options = options_of(arguments);
  const auto bytes = read_file(arguments.file);
  SystemEnvironment environment;
  const auto store = open_store(setup.config.data, environment);
  const auto report = importer::import_clients(*store, environment, bytes, options, progress_line(setup.language));
  if (setup.json)
    std::cout << importer::to_json(report, setup.language).dump() << "\n";
  else
    std::cout << importer::describe(report, setup.language);
}

void backup(const Setup& setup, const std::string& file) {
  SystemEnvironment environment;
  const auto reached = open_store(setup.config.data, environment)->backup(file);
  if (setup.json)
    std::cout << Json{{"file", file}, {"seq", reached}}.dump() << "\n";
  else
    std::cout << text::get(setup.language, "server.did.backup", {{"path", file}, {"seq", std::to_string(reached)}})
              << "\n";
}

void restore(const Setup& setup, const std::string& file, bool force) {
  if (!fs::exists(file)) throw ProblemError(ProblemCode::FileUnreadable, {{"path", file}});
  const fs::path data(setup.config.data);
  if (fs::exists(data / "anketa.db") && !force)
    throw ProblemError(ProblemCode::AlreadyExists, {{"name", data.string()}});
  SystemEnvironment environment;
  make_private_folder(data.string());
  const auto staging = data / "restore.part";
  fs::remove_all(staging);
  check_copy(file, staging, environment);
  for (const auto* left_over : {"anketa.db-wal", "anketa.db-shm"}) fs::remove(data / left_over);
  // What was there stays beside it: a restore that was a mistake can be undone.
  if (fs::exists(data / "anketa.db")) fs::rename(data / "anketa.db", data / "anketa.db.replaced");
  fs::rename(staging / "anketa.db", data / "anketa.db");
  fs::remove_all(staging);
  if (setup.json)
    std::cout << Json{{"data", data.string()}}.dump() << "\n";
  else
    std::cout << text::get(setup.language, "server.did.restored", {{"path", data.string()}}) << "\n";
}

void verify(const Setup& setup) {
  SystemEnvironment environment;
  report_unsound(setup, open_store(setup.config.data, environment)->verify());
}

}  // namespace anketa::server::program
