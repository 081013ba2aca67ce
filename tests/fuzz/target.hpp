// What every fuzz target is: one function that takes any bytes and must neither crash nor break its own promise.
//
// Each file here is one program twice over: with libFuzzer (preset `fuzz`, clang), which searches, and with
// replay_main.cpp in the ordinary build, which runs the kept corpus and seeded variations of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "shared/problem/problem.hpp"

// libFuzzer's fixed name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);  // NOLINT

namespace anketa::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the program where a promise does not hold, so that the fuzzer keeps the input.
inline void promise(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

/// Runs work that may refuse its input by a problem of the catalogue, and by nothing else.
template <typename Work>
bool accepted(const Work& work) {
  try {
    work();
    return true;
  } catch (const ProblemError&) {
    return false;
  }
}

}  // namespace anketa::fuzz
