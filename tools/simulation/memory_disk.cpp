#include "tools/simulation/memory_disk.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

namespace anketa::simulation {
namespace {

struct OpenFile {
  sqlite3_file base;
  MemoryDisk* disk;
  std::shared_ptr<MemoryFile> file;
  FileHandle handle;
};

OpenFile& of(sqlite3_file* base) {
  return *reinterpret_cast<OpenFile*>(base);
}
MemoryDisk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<MemoryDisk*>(vfs->pAppData);
}
std::size_t offset(sqlite3_int64 at) {
  return static_cast<std::size_t>(at);
}

int close_file(sqlite3_file* base) {
  auto& open = of(base);
  open.file->leave(open.handle);
  open.file.~shared_ptr();
  return SQLITE_OK;
}

int read_file(sqlite3_file* base, void* into, int size, sqlite3_int64 at) {
  if (const int code = of(base).disk->before_read()) return code;
  const auto& bytes = of(base).file->bytes();
  const auto wanted = static_cast<std::size_t>(size);
  const auto there = offset(at) >= bytes.size() ? 0 : std::min(wanted, bytes.size() - offset(at));
  if (there > 0) std::memcpy(into, bytes.data() + at, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(into) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* base, const void* from, int size, sqlite3_int64 at) {
  auto& open = of(base);
  const auto growth = at + size - static_cast<sqlite3_int64>(open.file->bytes().size());
  const bool alive = !open.disk->dead();
  const int code = open.disk->before_write(SQLITE_IOERR_WRITE, std::max<sqlite3_int64>(0, growth));
  // The write at which the machine died may have got through.
  if (code == SQLITE_OK || (alive && open.disk->dead()))
    open.file->write(offset(at), {static_cast<const char*>(from), static_cast<std::size_t>(size)});
  return code;
}

int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
  if (const int code = of(base).disk->before_write(SQLITE_IOERR_TRUNCATE)) return code;
  of(base).file->truncate(offset(size));
  return SQLITE_OK;
}

int sync_file(sqlite3_file* base, int) {
  if (const int code = of(base).disk->before_write(SQLITE_IOERR_FSYNC)) return code;
  of(base).file->sync();
  return SQLITE_OK;
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(of(base).file->bytes().size());
  return of(base).disk->before_read();
}

int lock_file(sqlite3_file* base, int level) {
  return of(base).file->lock(of(base).handle, level) ? SQLITE_OK : SQLITE_BUSY;
}
int unlock_file(sqlite3_file* base, int level) {
  of(base).file->unlock(of(base).handle, level);
  return SQLITE_OK;
}
int check_lock(sqlite3_file* base, int* out) {
  *out = of(base).file->reserved() ? 1 : 0;
  return SQLITE_OK;
}
int control_file(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return 512;
}
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shm(sqlite3_file* base, int region, int size, int extend, void volatile** out) {
  *out = of(base).file->shm_region(static_cast<std::size_t>(region), static_cast<std::size_t>(size), extend != 0);
  return SQLITE_OK;
}
int lock_shm(sqlite3_file* base, int first, int count, int flags) {
  return of(base).file->shm_lock(of(base).handle, first, count, flags) ? SQLITE_OK : SQLITE_BUSY;
}
void barrier(sqlite3_file*) {}
int unmap_shm(sqlite3_file* base, int remove) {
  of(base).file->shm_leave(of(base).handle, remove != 0);
  return SQLITE_OK;
}

const sqlite3_io_methods methods{
    2,         close_file,  read_file,  write_file,   truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_lock, control_file, sector_size,   characteristics, map_shm,
    lock_shm,  barrier,     unmap_shm,  nullptr,      nullptr};

int open_file(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* base, int flags, int* out_flags) {
  base->pMethods = nullptr;
  auto& disk = disk_of(vfs);
  if (disk.dead()) return SQLITE_CANTOPEN;
  // A file without a name is a temporary one.
  auto file = name ? disk.open(name, (flags & SQLITE_OPEN_CREATE) != 0) : std::make_shared<MemoryFile>();
  if (!file) return SQLITE_CANTOPEN;
  auto& open = of(base);
  open.disk = &disk;
  new (&open.file) std::shared_ptr<MemoryFile>(std::move(file));
  open.handle = FileHandle();
  ++open.file->open_handles;
  open.base.pMethods = &methods;
  if (out_flags) *out_flags = flags;
  return SQLITE_OK;
}
int delete_file(sqlite3_vfs* vfs, const char* name, int) {
  if (const int code = disk_of(vfs).before_write(SQLITE_IOERR_DELETE)) return code;
  disk_of(vfs).remove(name);
  return SQLITE_OK;
}
int access_file(sqlite3_vfs* vfs, const char* name, int, int* out) {
  *out = disk_of(vfs).exists(name) ? 1 : 0;
  return SQLITE_OK;
}
int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  const auto length = std::strlen(name) + 1;
  if (length > static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
  std::memcpy(out, name, length);
  return SQLITE_OK;
}
int random_bytes(sqlite3_vfs* vfs, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(disk_of(vfs).random());
  return size;
}
int sleep_for(sqlite3_vfs*, int microseconds) {
  return microseconds;
}
int current_time(sqlite3_vfs*, double* out) {
  *out = 2'460'000.5;
  return SQLITE_OK;
}

}  // namespace

MemoryDisk::MemoryDisk(std::string name) : name_(std::move(name)), rng_(std::hash<std::string>()(name_)) {
  sqlite3_initialize();
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(OpenFile);
  vfs_.mxPathname = 512;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = this;
  vfs_.xOpen = open_file;
  vfs_.xDelete = delete_file;
  vfs_.xAccess = access_file;
  vfs_.xFullPathname = full_name;
  vfs_.xRandomness = random_bytes;
  vfs_.xSleep = sleep_for;
  vfs_.xCurrentTime = current_time;
  if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK) throw std::runtime_error("cannot register a VFS");
}

MemoryDisk::~MemoryDisk() {
  sqlite3_vfs_unregister(&vfs_);
}

MemoryDisk::Image MemoryDisk::image() const {
  Image image;
  for (const auto& [name, file] : files_) image[name] = file->bytes();
  return image;
}

void MemoryDisk::load(const Image& image) {
  files_.clear();
  for (const auto& [name, bytes] : image) open(name, true)->set_bytes(bytes);
}

void MemoryDisk::reboot(Loss loss, Rng& rng) {
  for (auto& [name, file] : files_) {
    if (file->open_handles > 0) throw std::logic_error("a file is still open: " + name);
    if (loss == Loss::Unsynced) file->lose_all();
    if (loss == Loss::Some) file->lose(rng);
  }
  dead_ = false;
  countdown_ = -1;
}

std::shared_ptr<MemoryFile> MemoryDisk::open(const std::string& name, bool create) {
  const auto found = files_.find(name);
  if (found != files_.end()) return found->second;
  if (!create) return nullptr;
  return files_[name] = std::make_shared<MemoryFile>();
}

std::vector<std::string> MemoryDisk::names_below(const std::string& prefix) const {
  std::vector<std::string> names;
  for (auto file = files_.lower_bound(prefix); file != files_.end() && file->first.starts_with(prefix); ++file)
    names.push_back(file->first.substr(prefix.size()));
  return names;
}

int MemoryDisk::before_write(int code, std::int64_t growth) {
  if (dead_) return code;
  if (countdown_ == 0) {
    dead_ = true;
    return code;
  }
  if (countdown_ > 0) --countdown_;
  if (room_ < 0) return SQLITE_OK;
  if (growth > room_) return SQLITE_FULL;
  room_ -= growth;
  return SQLITE_OK;
}

}  // namespace anketa::simulation
