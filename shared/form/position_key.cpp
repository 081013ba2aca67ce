#include "shared/form/position_key.hpp"

namespace anketa::form {
namespace {

constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";

int digit_at(std::string_view key, std::size_t i, int beyond) {
  if (i >= key.size()) return beyond;
  const auto at = digits.find(key[i]);
  return at == std::string_view::npos ? 0 : static_cast<int>(at);
}

}  // namespace

std::string position_between(std::string_view low, std::string_view high) {
  const int base = static_cast<int>(digits.size());
  // Keys that this function did not make may hold anything; after them there is always room.
  if (low.find_first_not_of(digits) != std::string_view::npos) return std::string(low) + "1";
  bool bounded = !high.empty() && low < high;
  std::string key;
  for (std::size_t i = 0;; ++i) {
    if (i >= high.size()) bounded = false;
    const int below = digit_at(low, i, 0);
    const int above = bounded ? digit_at(high, i, 0) : base;
    if (above - below > 1) {
      // At an open end small steps keep the keys of a growing list short.
      const int step = bounded ? (above - below) / 2 : 1;
      return key + digits[static_cast<std::size_t>(below + step)];
    }
    key += digits[static_cast<std::size_t>(below)];
    if (above > below) bounded = false;
  }
}

}  // namespace anketa::form
