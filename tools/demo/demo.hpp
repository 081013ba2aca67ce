// A believable company for a first look and for tests: a supplier of internet access with 200 corporate clients in the
// middle of its VIP programme.
//
// Deterministic: the same options give the same people, clients and deeds, byte for byte. Everything is invented, and
// comes as ordinary mutations of the company's people over the past year, so that the server merges, journals and
// counts it as it would real work. Questionnaires are filled by the form's own fill session.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tools/demo/ledger.hpp"

namespace anketa::demo {

/// A client of the first rep with whom the programme has not begun: for whoever tries the programs (README.md).
inline constexpr std::string_view untouched_client = "Банк «Истра»";

struct DemoOptions {
  std::uint64_t seed = 7;
  /// The moment up to which the company has worked.
  Instant now = 0;
  /// Minutes east of UTC where it works.
  int offset_minutes = 180;
  std::size_t clients = 200;
  /// Weeks the programme has gone on before the present one. In each a part-time rep fills about 5 questionnaires and
  /// the full-time one about 15 (R8), as long as they have clients: the present week comes first.
  int weeks_before = 3;
};

struct Demo {
  std::vector<Colleague> colleagues;
  /// In the order of their delivery.
  std::vector<Deed> deeds;
};

Demo make_demo(const DemoOptions& options);

}  // namespace anketa::demo
