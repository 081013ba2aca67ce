#include "shared/bundle/stored_frame.hpp"

#include <algorithm>
#include <cstdint>

namespace anketa::bundle {
namespace {

constexpr std::string_view magic("\x28\xB5\x2F\xFD", 4);
// No checksum, no dictionary, size not said; then a window of 2^17 bytes, for a block is no longer than the window.
constexpr std::string_view description("\x00\x38", 2);
constexpr std::size_t longest_block = std::size_t{1} << 17;
constexpr unsigned last_block = 1;

void add_block(std::string& frame, std::string_view bytes, bool last) {
  // Three bytes, the low one first: whether it is the last one, the kind (0: as it is) in two bits, the size.
  const auto head = static_cast<std::uint32_t>(bytes.size()) << 3 | (last ? last_block : 0U);
  for (unsigned shift = 0; shift < 24; shift += 8)
    frame += static_cast<char>(static_cast<unsigned char>(head >> shift));
  frame += bytes;
}

}  // namespace

std::string stored_frame(std::string_view text) {
  std::string frame(magic);
  frame += description;
  frame.reserve(frame.size() + text.size() + 3 * (text.size() / longest_block + 1));
  do {
    const auto block = text.substr(0, longest_block);
    text.remove_prefix(block.size());
    add_block(frame, block, text.empty());
  } while (!text.empty());
  return frame;
}

}  // namespace anketa::bundle
