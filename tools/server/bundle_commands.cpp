// Sync by file.
#include <iostream>

#include "shared/bundle/bundle.hpp"
#include "shared/system/system_environment.hpp"
#include "sync-server/bundle/bundle_import.hpp"
#include "sync-server/bundle/server_keys.hpp"
#include "sync-server/system/files.hpp"
#include "tools/server/commands.hpp"

namespace anketa::server::program {
namespace {

/// How many results have each status, and how many the server had already.
Json counted(const std::vector<protocol::MutationResult>& results) {
  using Status = protocol::ResultStatus;
  Json counts{{"mutations", results.size()}};
  for (const auto status : {Status::Applied, Status::Merged, Status::Conflict, Status::Parked, Status::Waiting})
    counts[std::string(protocol::name(status))] =
        std::count_if(results.begin(), results.end(), [&](const auto& result) { return result.status == status; });
  counts["repeat"] = std::count_if(results.begin(), results.end(), [](const auto& result) { return result.repeat; });
  return counts;
}

}  // namespace

void bundle_import(const Setup& setup, const std::string& file, const std::string& answer_file) {
  SystemEnvironment environment;
  const auto store = open_sqlite_store({setup.config.data, 2, false}, environment);
  SyncService sync(*store, environment);
  const auto bytes = read_file(file);
  if (bytes.size() > bundle::max_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(bundle::max_bytes)}}, file);
  const auto imported =
      BundleImport(*store, sync, environment, server_keys(setup.config.data, environment)).import(bytes);
  if (!answer_file.empty()) write_private_file(answer_file, imported.answer);
  auto json = counted(imported.results);
  if (setup.json) {
    json["login"] = imported.account.login;
    json["device"] = imported.device.text();
    json["answer"] = answer_file.empty() ? Json() : Json(answer_file);
    std::cout << json.dump() << "\n";
    return;
  }
  text::Arguments arguments{{"name", imported.account.name}};
  for (const auto& [key, count] : json.items()) arguments[key] = std::to_string(count.get<std::uint64_t>());
  std::cout << text::get(setup.language, "server.did.bundle", arguments) << "\n";
  if (!answer_file.empty())
    std::cout << text::get(setup.language, "server.did.bundle_answer", {{"path", answer_file}}) << "\n";
}

}  // namespace anketa::server::program
