#include "shared/bundle/packing.hpp"

#include <cstdlib>
#include <memory>

#include "shared/bundle/stored_frame.hpp"
#include "shared/problem/problem.hpp"

// library.js: gives memory of malloc's with the text and its size; none where the frame is damaged, -1 as the size
// where it is too long.
extern "C" char* anketa_bundle_unpack(const char* frame, std::size_t size, double max_bytes, int* text_size);

namespace anketa::bundle {
namespace {

struct Free {
  void operator()(char* memory) const { std::free(memory); }
};

}  // namespace

std::string pack(std::string_view payload) {
  return stored_frame(payload);
}

std::string unpack(std::string_view frame, std::size_t max_bytes) {
  int size = 0;
  const std::unique_ptr<char, Free> text(
      anketa_bundle_unpack(frame.data(), frame.size(), static_cast<double>(max_bytes), &size));
  if (size < 0) throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(max_bytes)}});
  if (!text) throw ProblemError(ProblemCode::BadRequest, {}, "zstd");
  return {text.get(), static_cast<std::size_t>(size)};
}

}  // namespace anketa::bundle
