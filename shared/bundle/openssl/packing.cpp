#include "shared/bundle/packing.hpp"

#include "shared/compression/compression.hpp"

namespace anketa::bundle {

std::string pack(std::string_view payload) {
  return compress(Encoding::Zstd, payload);
}

std::string unpack(std::string_view frame, std::size_t max_bytes) {
  return decompress(Encoding::Zstd, frame, max_bytes);
}

}  // namespace anketa::bundle
