#include "tools/simulation/transcript.hpp"

#include <ostream>

#include "client-core/sync/base64.hpp"
#include "shared/protocol/session_messages.hpp"
#include "shared/record/sha256.hpp"

namespace anketa::simulation {
namespace {

/// A database without its two counters of changes (bytes 24 and 92): SQLite raises them by when it happened to read the
/// first page anew, which is a matter of its cache.
std::string without_counters(std::string file) {
  for (const std::size_t at : {24U, 92U})
    if (file.size() >= at + 4) file.replace(at, 4, 4, '\0');
  return file;
}

}  // namespace

void TranscriptFile::write(const Json& line) {
  to_ << line.dump() << "\n";
}

std::string TranscriptFile::image(const MemoryDisk::Image& image) {
  std::string all;
  for (const auto& [name, content] : image) all += name + " " + hex(sha256(content)) + "\n";
  auto hash = hex(sha256(all));
  if (!images_.insert(hash).second) return hash;
  Json files = Json::object();
  for (const auto& [name, content] : image) files[name] = client::base64(content);
  write({{"image", hash}, {"files", std::move(files)}});
  return hash;
}

Transcript::Transcript(TranscriptFile& file, int device, const MemoryDisk& disk, VirtualEnvironment& environment)
    : file_(file), device_(device), disk_(disk), environment_(environment) {}

void Transcript::opens() {
  in_segment_ = true;
  asks({{"open", file_.image(disk_.image())}});
}

void Transcript::goes_on() {
  // What another program would see that opened these files now.
  opens();
  answered(nullptr);
}

void Transcript::asks(Json asked) {
  line_ = std::move(asked);
  (*line_)["device"] = device_;
  (*line_)["now"] = environment_.now();
  drawn_.clear();
  environment_.drawn = &drawn_;
}

void Transcript::answered(const Json& value) {
  finish({{"ok", value}});
}

void Transcript::refused(const Problem& problem) {
  finish({{"problem", problem.to_json(text::Language::Russian)}});
}

void Transcript::finish(const Json& answer) {
  environment_.drawn = nullptr;
  auto line = std::move(*line_);
  line_.reset();
  if (disk_.dead()) return break_off("died");
  // Nothing says where on another disk there would be no room.
  if (disk_.full()) return break_off("no room");
  line["random"] = protocol::hex_of_bytes(drawn_);
  line["answer"] = answer.dump(-1, ' ', false, Json::error_handler_t::replace);
  file_.write(line);
}

void Transcript::closed() {
  if (!std::exchange(in_segment_, false)) return;
  Json files = Json::object();
  for (const auto& [name, content] : disk_.image()) files[name] = hex(sha256(without_counters(content)));
  file_.write({{"device", device_}, {"close", std::move(files)}});
}

void Transcript::break_off(const char* why) {
  environment_.drawn = nullptr;
  line_.reset();
  if (std::exchange(in_segment_, false)) file_.write({{"device", device_}, {"break", why}});
}

}  // namespace anketa::simulation
