#include "tools/simulation/memory_files.hpp"

#include <algorithm>

#include "shared/problem/problem.hpp"

namespace anketa::simulation {
namespace {

class MemoryPiece final : public server::FilePiece {
 public:
  explicit MemoryPiece(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t length() const noexcept override { return bytes_.size(); }
  std::size_t read(std::uint64_t at, std::span<char> into) const override {
    if (at >= bytes_.size()) return 0;
    return bytes_.copy(into.data(), into.size(), static_cast<std::size_t>(at));
  }

 private:
  std::string bytes_;
};

}  // namespace

std::shared_ptr<MemoryFile> MemoryFiles::need(const std::string& path) const {
  auto file = disk_.before_read() == SQLITE_OK ? disk_.open(path, false) : nullptr;
  if (!file) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
  return file;
}

void MemoryFiles::ask(const std::string& path, std::int64_t growth) {
  const int code = disk_.before_write(SQLITE_IOERR_WRITE, std::max<std::int64_t>(growth, 0));
  if (code == SQLITE_OK) return;
  throw ProblemError(code == SQLITE_FULL ? ProblemCode::DiskFull : ProblemCode::FileUnwritable, {{"path", path}}, path);
}

std::optional<std::uint64_t> MemoryFiles::size(const std::string& path) const {
  const auto file = disk_.open(path, false);
  return file ? std::optional<std::uint64_t>(file->bytes().size()) : std::nullopt;
}

std::string MemoryFiles::read(const std::string& path) const {
  return need(path)->bytes();
}

std::shared_ptr<const server::FilePiece> MemoryFiles::piece(const std::string& path, std::uint64_t offset,
                                                            std::uint64_t length) const {
  const auto& bytes = need(path)->bytes();
  if (offset > bytes.size()) throw ProblemError(ProblemCode::FileUnreadable, {}, path);
  return std::make_shared<MemoryPiece>(
      bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length)));
}

std::vector<std::string> MemoryFiles::files_below(const std::string& folder) const {
  return disk_.names_below(folder + "/");
}

void MemoryFiles::replace(const std::string& path, std::string_view content) {
  ask(path, static_cast<std::int64_t>(content.size()));
  disk_.open(path, true)->set_bytes(std::string(content));
}

void MemoryFiles::write_at(const std::string& path, std::uint64_t offset, std::string_view bytes) {
  const auto file = need(path);
  ask(path, static_cast<std::int64_t>(offset + bytes.size()) - static_cast<std::int64_t>(file->bytes().size()));
  file->write(static_cast<std::size_t>(offset), bytes);
  // Between the write and its sync the machine may die.
  ask(path);
  file->sync();
}

void MemoryFiles::append(const std::string& path, std::string_view bytes) {
  const auto file = disk_.open(path, true);
  ask(path, static_cast<std::int64_t>(bytes.size()));
  file->write(file->bytes().size(), bytes);
  ask(path);
  file->sync();
}

void MemoryFiles::truncate(const std::string& path, std::uint64_t length) {
  const auto file = need(path);
  ask(path);
  file->truncate(static_cast<std::size_t>(length));
  file->sync();
}

void MemoryFiles::rename(const std::string& from, const std::string& to) {
  auto bytes = need(from)->bytes();
  ask(to);
  disk_.open(to, true)->set_bytes(std::move(bytes));
  disk_.remove(from);
}

void MemoryFiles::remove(const std::string& path) {
  if (!disk_.exists(path)) return;
  ask(path);
  disk_.remove(path);
}

void MemoryFiles::copy(const std::string& from, const std::string& to) {
  replace(to, need(from)->bytes());
}

}  // namespace anketa::simulation
