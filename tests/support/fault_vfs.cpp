#include "tests/support/fault_vfs.hpp"

#include <algorithm>
#include <stdexcept>

namespace anketa::test {
namespace {

struct File {
  sqlite3_file base;
  FaultVfs* faults;
  sqlite3_file* real;
  /// Lives as long as the open file; null for SQLite's own temporary files.
  const char* path;
};

File* file(sqlite3_file* base) {
  return reinterpret_cast<File*>(base);
}
sqlite3_file* real(sqlite3_file* base) {
  return file(base)->real;
}
/// Tells of a change, where it worked.
int told(sqlite3_file* base, int code, DiskChange::Kind kind, std::int64_t at = 0, std::string_view bytes = {}) {
  if (code == SQLITE_OK && file(base)->path)
    file(base)->faults->changed({kind, file(base)->path, at, std::string(bytes)});
  return code;
}
FaultVfs* faults(sqlite3_vfs* vfs) {
  return static_cast<FaultVfs*>(vfs->pAppData);
}
sqlite3_vfs* system_vfs() {
  return sqlite3_vfs_find("unix");
}

int close_file(sqlite3_file* base) {
  const int code = real(base)->pMethods->xClose(real(base));
  sqlite3_free(file(base)->real);
  return code;
}
int read_file(sqlite3_file* base, void* into, int size, sqlite3_int64 at) {
  return real(base)->pMethods->xRead(real(base), into, size, at);
}
int write_file(sqlite3_file* base, const void* from, int size, sqlite3_int64 at) {
  sqlite3_int64 now = 0;
  real(base)->pMethods->xFileSize(real(base), &now);
  const auto growth = std::max<sqlite3_int64>(0, at + size - now);
  if (const int code = file(base)->faults->before_write(growth)) return code;
  return told(base, real(base)->pMethods->xWrite(real(base), from, size, at), DiskChange::Kind::Write, at,
              {static_cast<const char*>(from), static_cast<std::size_t>(size)});
}
int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
  if (const int code = file(base)->faults->before_operation(SQLITE_IOERR_TRUNCATE)) return code;
  return told(base, real(base)->pMethods->xTruncate(real(base), size), DiskChange::Kind::Truncate, size);
}
int sync_file(sqlite3_file* base, int flags) {
  if (const int code = file(base)->faults->before_operation(SQLITE_IOERR_FSYNC)) return code;
  return told(base, real(base)->pMethods->xSync(real(base), flags), DiskChange::Kind::Sync);
}
int file_size(sqlite3_file* base, sqlite3_int64* size) {
  return real(base)->pMethods->xFileSize(real(base), size);
}
int lock_file(sqlite3_file* base, int level) {
  return real(base)->pMethods->xLock(real(base), level);
}
int unlock_file(sqlite3_file* base, int level) {
  return real(base)->pMethods->xUnlock(real(base), level);
}
int check_lock(sqlite3_file* base, int* out) {
  return real(base)->pMethods->xCheckReservedLock(real(base), out);
}
int control_file(sqlite3_file* base, int op, void* argument) {
  return real(base)->pMethods->xFileControl(real(base), op, argument);
}
int sector_size(sqlite3_file* base) {
  return real(base)->pMethods->xSectorSize(real(base));
}
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

const sqlite3_io_methods methods{
    1,         close_file,  read_file,  write_file,   truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_lock, control_file, sector_size,   characteristics, nullptr,
    nullptr,   nullptr,     nullptr,    nullptr,      nullptr};

int open_file(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* base, int flags, int* out_flags) {
  auto* system = system_vfs();
  auto* opened = file(base);
  opened->base.pMethods = nullptr;
  opened->faults = faults(vfs);
  opened->path = name;
  opened->real = static_cast<sqlite3_file*>(sqlite3_malloc(system->szOsFile));
  if (!opened->real) return SQLITE_NOMEM;
  const int code = system->xOpen(system, name, opened->real, flags, out_flags);
  if (code != SQLITE_OK) {
    sqlite3_free(opened->real);
    return code;
  }
  opened->base.pMethods = &methods;
  return SQLITE_OK;
}
int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  if (const int code = faults(vfs)->before_operation(SQLITE_IOERR_DELETE)) return code;
  const int code = system_vfs()->xDelete(system_vfs(), name, sync_folder);
  if (code == SQLITE_OK) faults(vfs)->changed({DiskChange::Kind::Delete, name, 0, {}});
  return code;
}
int access_file(sqlite3_vfs*, const char* name, int flags, int* out) {
  return system_vfs()->xAccess(system_vfs(), name, flags, out);
}
int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  return system_vfs()->xFullPathname(system_vfs(), name, size, out);
}

}  // namespace

FaultVfs::FaultVfs(std::string name) : name_(std::move(name)), encrypting_("multipleciphers-" + name_) {
  sqlite3_initialize();
  vfs_ = *system_vfs();
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(File);
  vfs_.pNext = nullptr;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = this;
  vfs_.xOpen = open_file;
  vfs_.xDelete = delete_file;
  vfs_.xAccess = access_file;
  vfs_.xFullPathname = full_name;
  if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK || sqlite3mc_vfs_create(name_.c_str(), 0) != SQLITE_OK)
    throw std::runtime_error("cannot register a VFS");
}

FaultVfs::~FaultVfs() {
  sqlite3mc_vfs_destroy(encrypting_.c_str());
  sqlite3_vfs_unregister(&vfs_);
}

int FaultVfs::before_operation(int code) {
  ++operations_;
  if (countdown_ < 0) return SQLITE_OK;
  if (countdown_ == 0) return code;
  --countdown_;
  return SQLITE_OK;
}

int FaultVfs::before_write(sqlite3_int64 growth) {
  if (const int code = before_operation(SQLITE_IOERR_WRITE)) return code;
  if (quota_ < 0) return SQLITE_OK;
  if (growth > quota_) return SQLITE_FULL;
  quota_ -= growth;
  return SQLITE_OK;
}

}  // namespace anketa::test
