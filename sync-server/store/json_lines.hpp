// Files of JSON, a value to a line, that are only added to: what lies beside a database and outlives it.
#pragma once

#include <functional>
#include <string>

#include "shared/record/json.hpp"
#include "sync-server/system/file_system.hpp"

namespace anketa::server {

/// Durably adds lines, each with its end. They begin on a line of their own, whatever a crash has left of the last one.
/// Throws ProblemError: FileUnwritable, DiskFull.
void append_json_lines(FileSystem& files, const std::string& path, const std::string& lines);
/// Every line in order; none where there is no file. An unfinished one (a crash while writing) is passed over. Throws
/// ProblemError(FileUnreadable) where `take` throws: that is no such line.
void each_json_line(const FileSystem& files, const std::string& path, const std::function<void(const Json&)>& take);

}  // namespace anketa::server
