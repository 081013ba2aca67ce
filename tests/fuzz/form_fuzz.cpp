// A whole form: loading it gives the form or the list of its problems.
#include "shared/form/form.hpp"
#include "tests/fuzz/target.hpp"

using namespace anketa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accepted([&] {
    const auto result = form::load(parse_json(fuzz::text_of(data, size), {1 << 18, 24}));
    fuzz::promise(result.form ? result.problems.empty() : !result.problems.empty(),
                  "there is either a form or a reason why there is none");
  });
  return 0;
}
