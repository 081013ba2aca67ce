// SHA-256 by the SHA instructions of x86: every mutation is hashed on both sides, so it pays to use them.
#include "shared/record/sha256_block.hpp"

#if (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>

namespace anketa::sha256_block {
namespace {

/// CPUID: SHA is bit 29 of EBX in leaf 7; SSSE3 and SSE4.1 are bits 9 and 19 of ECX in leaf 1.
bool processor_has_sha() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & (1u << 9)) || !(c & (1u << 19))) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29));
}

/// Four rounds. `w` holds the four words of the message schedule they take.
__attribute__((target("sha,sse4.1"))) inline void four_rounds(__m128i& abef, __m128i& cdgh, __m128i w, std::size_t at) {
  const auto constants = _mm_loadu_si128(reinterpret_cast<const __m128i*>(round_constants.data() + at));
  const auto sum = _mm_add_epi32(w, constants);
  cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
  abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

__attribute__((target("sha,sse4.1"))) void with_sha(State& state, const std::uint8_t* blocks, std::size_t count) {
  const auto big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  // The instructions want the state as (a b e f) and (c d g h).
  auto* words = reinterpret_cast<__m128i*>(state.data());
  const auto cdab = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xb1);
  const auto efgh = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1b);
  auto abef = _mm_alignr_epi8(cdab, efgh, 8);
  auto cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
  for (; count > 0; --count, blocks += 64) {
    const auto abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];
    for (std::size_t i = 0; i < 4; ++i) {
      w[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(blocks) + i), big_endian);
      four_rounds(abef, cdgh, w[i], 4 * i);
    }
    for (std::size_t i = 4; i < 16; ++i) {
      auto& oldest = w[i % 4];
      const auto last = w[(i + 3) % 4];
      const auto middle = _mm_alignr_epi8(last, w[(i + 2) % 4], 4);
      oldest = _mm_add_epi32(_mm_sha256msg1_epu32(oldest, w[(i + 1) % 4]), middle);
      oldest = _mm_sha256msg2_epu32(oldest, last);
      four_rounds(abef, cdgh, oldest, 4 * i);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const auto feba = _mm_shuffle_epi32(abef, 0x1b);
  const auto dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace

Compress accelerated() {
  static const bool present = processor_has_sha();
  return present ? with_sha : nullptr;
}

}  // namespace anketa::sha256_block

#else

namespace anketa::sha256_block {

Compress accelerated() {
  return nullptr;
}

}  // namespace anketa::sha256_block

#endif
