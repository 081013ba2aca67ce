#include "sync-server/store/handed_over.hpp"

#include <filesystem>

#include "sync-server/store/erasure.hpp"
#include "sync-server/store/json_lines.hpp"

namespace anketa::server {
namespace {

std::string folder_below(const std::string& folder) {
  return (std::filesystem::path(folder) / "handed-over").string();
}

Json to_json(const JournalRow& row) {
  Json json{{"id", row.id.text()},
            {"hash", hex(row.hash)},
            {"record", row.record.text()},
            {"scope", row.scope.text()},
            {"device", row.device.text()},
            {"user", row.user.text()},
            {"received_at", row.received_at},
            {"marks", row.marks},
            {"text", row.text}};
  if (row.group) json["group"] = row.group->text();
  if (row.prev) json["prev"] = row.prev->text();
  return json;
}

std::optional<Uuid> optional_id(const Json& json, const char* name) {
  const auto text = string_or_empty(json, name);
  return text.empty() ? std::nullopt : std::optional(Uuid::from(text));
}

JournalRow row_from(const Json& json) {
  JournalRow row;
  row.id = Uuid::from(json.at("id").get<std::string>());
  row.hash = digest_from(json.at("hash").get<std::string>());
  row.record = Uuid::from(json.at("record").get<std::string>());
  row.scope = Uuid::from(json.at("scope").get<std::string>());
  row.device = Uuid::from(json.at("device").get<std::string>());
  row.user = Uuid::from(json.at("user").get<std::string>());
  row.received_at = json.at("received_at").get<Instant>();
  row.group = optional_id(json, "group");
  row.prev = optional_id(json, "prev");
  // Whatever became of it once: where it is lost, it is for the lead to decide on again.
  row.marks = json.at("marks").get<int>() | QuarantineMark;
  row.text = json.at("text").get<std::string>();
  row.result.id = row.id;
  row.result.status = protocol::ResultStatus::Parked;
  row.result.problem = Problem{ProblemCode::DeviceRevoked, {}, {}};
  return row;
}

std::vector<JournalRow> read_file(const FileSystem& files, const std::string& path) {
  std::vector<JournalRow> rows;
  each_json_line(files, path, [&](const Json& json) { rows.push_back(row_from(json)); });
  return rows;
}

std::string lines(const std::vector<JournalRow>& rows) {
  std::string text;
  for (const auto& row : rows) text += canonical(to_json(row)) + "\n";
  return text;
}

std::vector<std::string> paths_of(const FileSystem& files, const std::string& folder) {
  const auto below = folder_below(folder);
  std::vector<std::string> paths;
  for (const auto& name : files.files_below(below))
    if (name.ends_with(".jsonl")) paths.push_back((std::filesystem::path(below) / name).string());
  return paths;
}

/// Whether anything was taken out.
bool erase_from_row(JournalRow& row, const std::vector<Erasure>& erasures) {
  bool erased = false;
  for (const auto& erasure : erasures) {
    if (!names(erasure, row.id)) continue;
    row.text = text_without(row, erasure.paths);
    row.marks |= ErasedMark;
    erased = true;
  }
  return erased;
}

}  // namespace

void keep_handed_over(FileSystem& files, const std::string& folder, const Uuid& device,
                      const std::vector<JournalRow>& rows) {
  const auto path = (std::filesystem::path(folder_below(folder)) / (device.text() + ".jsonl")).string();
  std::set<Uuid> there;
  for (const auto& row : read_file(files, path)) there.insert(row.id);
  std::vector<JournalRow> added;
  for (const auto& row : rows)
    if (there.insert(row.id).second) added.push_back(row);
  if (added.empty()) return;
  files.make_folders(folder_below(folder));
  append_json_lines(files, path, lines(added));
}

std::vector<JournalRow> read_handed_over(const FileSystem& files, const std::string& folder) {
  std::vector<JournalRow> all;
  for (const auto& path : paths_of(files, folder)) {
    auto rows = read_file(files, path);
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
  }
  return all;
}

void erase_handed_over(FileSystem& files, const std::string& folder, const std::vector<Erasure>& erasures) {
  for (const auto& path : paths_of(files, folder)) {
    auto rows = read_file(files, path);
    bool erased = false;
    for (auto& row : rows) erased = erase_from_row(row, erasures) || erased;
    if (erased) files.replace(path, lines(rows));
  }
}

}  // namespace anketa::server
