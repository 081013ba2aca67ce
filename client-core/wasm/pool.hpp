// A fixed number of files that were opened ahead, given names: what SQLite gets as its disk in a browser.
//
// Model: a browser opens files only asynchronously, SQLite wants them at once. So a pool of synchronous access handles
// (slots) is opened before the module starts. The first `header_size` bytes of a slot hold the name its file has, with
// a checksum; a slot without a name is free. A name is durable when claim() returns, and gone when release() does: a
// killed page leaves no half-named file.
// Thread safety: one thread, as everything in a Worker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::client {

enum class PoolResult {
  Good,
  Full,   ///< no room: the quota is used up, or every slot has a name
  Failed  ///< the handle is gone or the disk does not work
};

class Pool {
 public:
  static constexpr std::int64_t header_size = 4096;
  static constexpr std::size_t longest_name = 512;

  /// Reads which names there are. Slots whose header is damaged are taken as free.
  Pool();

  /// The slot of a name; none: there is no such file.
  std::optional<int> find(std::string_view name) const;
  /// Gives a free slot that name. The file is empty.
  PoolResult claim(std::string_view name, int& slot);
  PoolResult release(int slot);

  /// What a file holds; positions are the file's own, past the header. Of a read: the bytes there were, or nothing
  /// where it failed.
  std::optional<std::size_t> read(int slot, void* into, std::size_t size, std::int64_t at) const;
  PoolResult write(int slot, const void* from, std::size_t size, std::int64_t at);
  PoolResult truncate(int slot, std::int64_t size);
  PoolResult flush(int slot);
  std::optional<std::int64_t> size(int slot) const;

 private:
  /// By slot; empty: free.
  std::vector<std::string> names_;
};

}  // namespace anketa::client
