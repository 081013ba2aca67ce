// SQLite's operating system in a browser: a VFS over the pool of files. It is the default VFS, under the encrypting one
// of SQLite3 Multiple Ciphers.
//
// One page owns the pool, and within it one connection a database: locks have nothing to do. There is no shared memory,
// so a store opens its database exclusively, and WAL then keeps its index in plain memory.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "client-core/wasm/pool.hpp"

namespace anketa::client {
namespace {

/// Made when SQLite starts, which is after the handles were opened.
Pool& pool() {
  static Pool made;
  return made;
}

struct PoolFile {
  sqlite3_file base;
  int slot;
  bool delete_on_close;
};

PoolFile& file_of(sqlite3_file* file) {
  return *reinterpret_cast<PoolFile*>(file);
}

int code(PoolResult result, int failed) {
  return result == PoolResult::Good ? SQLITE_OK : result == PoolResult::Full ? SQLITE_FULL : failed;
}

int close_file(sqlite3_file* file) {
  const auto& mine = file_of(file);
  if (!mine.delete_on_close) return SQLITE_OK;
  return code(pool().release(mine.slot), SQLITE_IOERR_CLOSE);
}

int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
  const auto wanted = static_cast<std::size_t>(size);
  const auto read = pool().read(file_of(file).slot, into, wanted, at);
  if (!read) return SQLITE_IOERR_READ;
  if (*read == wanted) return SQLITE_OK;
  // SQLite counts on zeros past the end.
  std::memset(static_cast<char*>(into) + *read, 0, wanted - *read);
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  return code(pool().write(file_of(file).slot, from, static_cast<std::size_t>(size), at), SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  return code(pool().truncate(file_of(file).slot, size), SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int) {
  return code(pool().flush(file_of(file).slot), SQLITE_IOERR_FSYNC);
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  const auto found = pool().size(file_of(file).slot);
  if (!found) return SQLITE_IOERR_FSTAT;
  *size = *found;
  return SQLITE_OK;
}

int lock_nothing(sqlite3_file*, int) {
  return SQLITE_OK;
}

int nobody_reserved(sqlite3_file*, int* reserved) {
  *reserved = 0;
  return SQLITE_OK;
}

int no_control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
  return 4096;
}

int characteristics(sqlite3_file*) {
  // Without POWERSAFE_OVERWRITE, SQLite3 Multiple Ciphers encrypts journal headers past the first where a sector is as
  // long as a page, and a rollback then stops early.
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN;
}

const sqlite3_io_methods& methods() {
  static const sqlite3_io_methods made = [] {
    sqlite3_io_methods io{};
    io.iVersion = 1;
    io.xClose = close_file;
    io.xRead = read_file;
    io.xWrite = write_file;
    io.xTruncate = truncate_file;
    io.xSync = sync_file;
    io.xFileSize = size_of_file;
    io.xLock = lock_nothing;
    io.xUnlock = lock_nothing;
    io.xCheckReservedLock = nobody_reserved;
    io.xFileControl = no_control;
    io.xSectorSize = sector_size;
    io.xDeviceCharacteristics = characteristics;
    return io;
  }();
  return made;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto& mine = file_of(file);
  mine.base.pMethods = nullptr;
  // Temporary files stay in memory by SQLITE_TEMP_STORE and SQLITE_STMTJRNL_SPILL: none is asked for.
  if (!name) return SQLITE_CANTOPEN;
  if (const auto slot = pool().find(name)) {
    mine.slot = *slot;
  } else {
    if (!(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    if (const auto claimed = pool().claim(name, mine.slot); claimed != PoolResult::Good)
      return code(claimed, SQLITE_CANTOPEN);
  }
  mine.delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  mine.base.pMethods = &methods();
  if (flags_out) *flags_out = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int) {
  const auto slot = pool().find(name);
  if (!slot) return SQLITE_IOERR_DELETE_NOENT;
  return code(pool().release(*slot), SQLITE_IOERR_DELETE);
}

int access_file(sqlite3_vfs*, const char* name, int, int* there) {
  *there = pool().find(name).has_value();
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* into) {
  sqlite3_snprintf(size, into, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* into) {
  // The most that getentropy gives in one call.
  constexpr int step = 256;
  for (int done = 0; done < size; done += step)
    if (getentropy(into + done, static_cast<std::size_t>(std::min(step, size - done))) != 0) return done;
  return size;
}

int no_sleep(sqlite3_vfs*, int microseconds) {
  return microseconds;
}

int now(sqlite3_vfs*, sqlite3_int64* julian_milliseconds) {
  using namespace std::chrono;
  constexpr sqlite3_int64 unix_epoch = 210'866'760'000'000;
  *julian_milliseconds = unix_epoch + duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  return SQLITE_OK;
}

int now_in_days(sqlite3_vfs* vfs, double* days) {
  sqlite3_int64 milliseconds = 0;
  now(vfs, &milliseconds);
  *days = static_cast<double>(milliseconds) / 86'400'000.0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

}  // namespace
}  // namespace anketa::client

// What SQLite asks of a system it does not know (SQLITE_OS_OTHER).

extern "C" int sqlite3_os_init() {
  using namespace anketa::client;
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made{};
    made.iVersion = 2;
    made.szOsFile = sizeof(PoolFile);
    made.mxPathname = static_cast<int>(Pool::longest_name) - 1;
    made.zName = "pool";
    made.xOpen = open_file;
    made.xDelete = delete_file;
    made.xAccess = access_file;
    made.xFullPathname = full_path;
    made.xRandomness = randomness;
    made.xSleep = no_sleep;
    made.xCurrentTime = now_in_days;
    made.xGetLastError = last_error;
    made.xCurrentTimeInt64 = now;
    return made;
  }();
  return sqlite3_vfs_register(&vfs, 1);
}

extern "C" int sqlite3_os_end() {
  return SQLITE_OK;
}
