// Bounded parsing and the canonical form: what was written canonically reads back as itself.
#include "shared/record/json.hpp"
#include "tests/fuzz/target.hpp"

using namespace anketa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accepted([&] {
    const auto json = parse_json(fuzz::text_of(data, size));
    const auto written = canonical(json);
    const auto again = parse_json(written);
    fuzz::promise(again == json, "the canonical form says the same");
    fuzz::promise(canonical(again) == written, "the canonical form is one");
  });
  return 0;
}
