#include "sync-server/store/json_lines.hpp"

#include <sstream>

#include "shared/problem/problem.hpp"

namespace anketa::server {

void append_json_lines(FileSystem& files, const std::string& path, const std::string& lines) {
  files.append(path, (files.size(path) ? "\n" : "") + lines);
}

void each_json_line(const FileSystem& files, const std::string& path, const std::function<void(const Json&)>& take) {
  if (!files.size(path)) return;
  std::istringstream content(files.read(path));
  for (std::string line; std::getline(content, line);) {
    if (line.empty()) continue;
    const auto json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) continue;
    try {
      take(json);
    } catch (const std::exception&) {
      throw ProblemError(ProblemCode::FileUnreadable, {{"path", path}}, path);
    }
  }
}

}  // namespace anketa::server
