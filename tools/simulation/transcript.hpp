// What the program on a device was asked, and what it answered, as lines of JSON: for another build of the same core to
// be asked the same, and its answers and files to be compared (tests/client-core/wasm/replay.js).
//
// Model: a transcript is made of segments. One begins with the device's files as they lie on its disk and ends when the
// program is closed, with the files' hashes; or it breaks off, where the device died, had no room, or did something
// that no call of the API does. Each line holds the answer as the C API words it, what the clock said, and the random
// bytes that the core drew.
//
//   {"image": hash, "files": {name: base64}}                     files that segments begin with, once
//   {"device": n, "open": image hash, "now", "random", "answer"}
//   {"device": n, "call": method, "parameters", "now", "random", "answer"}
//   {"device": n, "start": parameters, …}   {"device": n, "feed": event, …}   {"device": n, "work": true, …}
//   {"device": n, "close": {name: hash}}    {"device": n, "break": why}
// The hashes at the end are of files without SQLite's counters of changes.
#pragma once

#include <iosfwd>
#include <optional>
#include <set>
#include <string>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"
#include "tools/simulation/memory_disk.hpp"
#include "tools/simulation/virtual_environment.hpp"

namespace anketa::simulation {

/// Where the lines of all devices of a run go.
class TranscriptFile {
 public:
  explicit TranscriptFile(std::ostream& to) : to_(to) {}

  void write(const Json& line);
  /// The image's hash; its files are written the first time.
  std::string image(const MemoryDisk::Image& image);

 private:
  std::ostream& to_;
  std::set<std::string> images_;
};

/// The lines of one device.
class Transcript {
 public:
  Transcript(TranscriptFile& file, int device, const MemoryDisk& disk, VirtualEnvironment& environment);

  bool in_segment() const { return in_segment_; }
  /// The program is being opened on the files as they are; answered() or refused() says what came of it.
  void opens();
  /// A segment begins in the middle of the program's work, no sync being under way.
  void goes_on();
  /// It is asked something. `asked`: {"call", "parameters"}, {"start"}, {"feed"} or {"work"}.
  void asks(Json asked);
  void answered(const Json& value);
  void refused(const Problem& problem);
  /// The program was closed in good order.
  void closed();
  void break_off(const char* why);

 private:
  void finish(const Json& answer);

  TranscriptFile& file_;
  const int device_;
  const MemoryDisk& disk_;
  VirtualEnvironment& environment_;
  bool in_segment_ = false;
  /// The line under way, and what the core drew for it.
  std::optional<Json> line_;
  std::string drawn_;
};

}  // namespace anketa::simulation
