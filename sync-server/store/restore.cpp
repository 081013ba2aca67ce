#include "sync-server/store/restore.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "shared/problem/problem.hpp"
#include "shared/record/mutant.hpp"
#include "sync-server/store/erasure.hpp"

namespace anketa::server {
namespace {

namespace fs = std::filesystem;

constexpr auto own_file = fs::perms::owner_read | fs::perms::owner_write;

fs::path with_suffix(fs::path path, const char* suffix) {
  path += suffix;
  return path;
}

/// The folder in which the copy is checked; gone whatever comes of it.
class Staging {
 public:
  explicit Staging(fs::path folder) : folder_(std::move(folder)) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
  }
  ~Staging() {
    std::error_code left_over;  // the next restore removes it
    fs::remove_all(folder_, left_over);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

/// Puts the copy there under the name a store has, and checks it.
void stage(const fs::path& file, const fs::path& staging, Environment& environment) {
  const auto staged = staging / "anketa.db";
  fs::copy_file(file, staged);
  fs::permissions(staged, own_file);
  // A database that was put aside as damaged has its last writes beside it.
  if (const auto log = with_suffix(file, "-wal"); fs::exists(log)) fs::copy_file(log, with_suffix(staged, "-wal"));
  const auto copy = open_sqlite_store({staging.string(), 1, false}, environment);
  if (!copy->verify().empty()) throw ProblemError(ProblemCode::DatabaseDamaged, {}, file.string());
  begin_history(*copy, read_beside(real_files(), staging.parent_path().string()), environment);
}

/// Whether a connection of any program holds the database open. SQLite is not asked: to open a damaged database is to
/// lose its write-ahead log.
bool in_use(const fs::path& database) {
  const int file = ::open(database.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) throw ProblemError(ProblemCode::FileUnwritable, {{"path", database.string()}}, database.string());
  // The lock-byte page of SQLite's file format; a connection in WAL mode keeps a lock there as long as it lives.
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = 0x40000000;
  lock.l_len = 512;
  const bool asked = ::fcntl(file, F_OFD_GETLK, &lock) == 0;
  ::close(file);
  if (!asked) throw ProblemError(ProblemCode::FileUnreadable, {{"path", database.string()}}, database.string());
  return lock.l_type != F_UNLCK;
}

fs::path free_name(const fs::path& database) {
  auto name = with_suffix(database, ".replaced");
  for (int number = 2; fs::exists(name); ++number)
    name = with_suffix(database, (".replaced-" + std::to_string(number)).c_str());
  return name;
}

std::string put_aside(const fs::path& database) {
  if (!fs::exists(database)) return {};
  const auto aside = free_name(database);
  fs::rename(database, aside);
  if (fs::exists(with_suffix(database, "-wal"))) fs::rename(with_suffix(database, "-wal"), with_suffix(aside, "-wal"));
  fs::remove(with_suffix(database, "-shm"));
  return aside.string();
}

}  // namespace

Beside read_beside(const FileSystem& files, const std::string& folder) {
  return {read_ledger(files, folder), read_handed_over(files, folder)};
}

void begin_history(Store& copy, const Beside& beside, Environment& environment) {
  copy.write_and_wait([&](Writer& writer) {
    writer.set_backup_seq(writer.history().last_seq);
    writer.set_epoch(Uuid::v7(environment).text());
    for (const auto& row : beside.handed_over)
      if (!writer.journal(row.id) && !ANKETA_MUTANT("handed_over_forgotten")) writer.append(row);
  });
  if (beside.erasures.empty() || ANKETA_MUTANT("ledger_not_replayed")) return;
  copy.write_and_wait([&](Writer& writer) {
    for (const auto& erasure : beside.erasures) apply_erasure(writer, erasure, environment.now());
  });
  copy.scrub();
}

std::string restore_sqlite_store(const std::string& file, const std::string& folder, Environment& environment) {
  if (!fs::is_regular_file(file)) throw ProblemError(ProblemCode::FileUnreadable, {{"path", file}}, file);
  try {
    const Staging staging(fs::path(folder) / "restore.part");
    stage(file, staging.folder(), environment);
    const auto database = fs::path(folder) / "anketa.db";
    if (fs::exists(database) && in_use(database))
      throw ProblemError(ProblemCode::DatabaseInUse, {{"path", database.string()}});
    auto aside = put_aside(database);
    fs::rename(staging.folder() / "anketa.db", database);
    return aside;
  } catch (const fs::filesystem_error& error) {
    const bool full = error.code() == std::errc::no_space_on_device;
    throw ProblemError(full ? ProblemCode::DiskFull : ProblemCode::FileUnwritable, {{"path", folder}}, folder);
  }
}

}  // namespace anketa::server
