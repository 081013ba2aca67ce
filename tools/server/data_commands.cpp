// Import, backup, restore, verify.
#include <filesystem>
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/blobs/blob_folder.hpp"
#include "sync-server/store/restore.hpp"
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
  options.owner = arguments.owner;
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
  // After the database: a content that it names and that was here is here still.
  const auto contents = copy_blobs(real_files(), blob_folder(setup.config.data), blob_folder_of_backup(file));
  if (setup.json)
    std::cout << Json{{"file", file}, {"seq", reached}, {"attachments", contents}}.dump() << "\n";
  else
    std::cout << text::get(setup.language, "server.did.backup", {{"path", file}, {"seq", std::to_string(reached)}})
              << "\n";
}

void restore(const Setup& setup, const std::string& file, bool force) {
  const auto& data = setup.config.data;
  if (fs::exists(fs::path(data) / "anketa.db") && !force)
    throw ProblemError(ProblemCode::AlreadyExists, {{"name", data}});
  SystemEnvironment environment;
  make_private_folder(data);
  const auto aside = restore_sqlite_store(file, data, environment);
  // Only what is missing: a content is never other than its hash says.
  const auto contents = copy_blobs(real_files(), blob_folder_of_backup(file), blob_folder(data));
  if (setup.json) {
    std::cout << Json{{"data", data},
                      {"replaced", aside.empty() ? Json(nullptr) : Json(aside)},
                      {"attachments", contents}}
                     .dump()
              << "\n";
    return;
  }
  std::cout << text::get(setup.language, "server.did.restored", {{"path", data}}) << "\n";
  if (!aside.empty()) std::cout << text::get(setup.language, "server.did.replaced", {{"path", aside}}) << "\n";
}

void verify(const Setup& setup) {
  SystemEnvironment environment;
  auto found = open_store(setup.config.data, environment)->verify();
  for (const auto& path : damaged_blobs(real_files(), blob_folder(setup.config.data)))
    found.push_back(text::get(setup.language, "server.did.damaged_attachment", {{"path", path}}));
  report_unsound(setup, found);
}

}  // namespace anketa::server::program
