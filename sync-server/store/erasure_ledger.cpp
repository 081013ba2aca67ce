// The ledger of erasures: a line of JSON each, beside the database.
#include <filesystem>

#include "shared/protocol/session_messages.hpp"
#include "sync-server/store/erasure.hpp"
#include "sync-server/store/json_lines.hpp"

namespace anketa::server {
namespace {

std::string ledger_path(const std::string& folder) {
  return (std::filesystem::path(folder) / "erasures.jsonl").string();
}

Erasure erasure_from(const Json& json) {
  Erasure erasure;
  erasure.id = Uuid::from(json.at("id").get<std::string>());
  erasure.at = parse_instant(json.at("at").get<std::string>());
  erasure.by = json.at("by").get<std::string>();
  erasure.why = json.at("why").get<std::string>();
  erasure.record = Uuid::from(json.at("record").get<std::string>());
  erasure.collection = json.at("collection").get<std::string>();
  erasure.paths = json.at("paths").get<std::vector<std::string>>();
  for (const auto& [id, hash] : json.at("mutations").items())
    erasure.mutations.push_back({Uuid::from(id), digest_from(hash.get<std::string>())});
  return erasure;
}

}  // namespace

Digest digest_from(const std::string& hex) {
  const auto bytes = protocol::bytes_of_hex(hex);
  Digest digest{};
  if (bytes.size() != digest.size()) throw ProblemError(ProblemCode::InvalidValue);
  std::memcpy(digest.data(), bytes.data(), bytes.size());
  return digest;
}

void write_ledger(FileSystem& files, const std::string& folder, const std::vector<Erasure>& erasures) {
  std::string lines;
  for (const auto& erasure : erasures) lines += canonical(to_json(erasure)) + "\n";
  append_json_lines(files, ledger_path(folder), lines);
}

std::vector<Erasure> read_ledger(const FileSystem& files, const std::string& folder) {
  std::vector<Erasure> erasures;
  each_json_line(files, ledger_path(folder), [&](const Json& json) { erasures.push_back(erasure_from(json)); });
  return erasures;
}

}  // namespace anketa::server
