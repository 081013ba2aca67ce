// The body of POST /v1/sync, and each mutation in it.
#include "shared/protocol/messages.hpp"
#include "shared/record/mutation.hpp"
#include "tests/fuzz/target.hpp"

using namespace anketa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accepted([&] {
    auto request = protocol::decode_request(fuzz::text_of(data, size));
    for (const auto& json : request.mutations)
      fuzz::accepted([&] {
        const auto mutation = mutation_from_json(json);
        const auto written = to_json(mutation);
        fuzz::promise(canonical(to_json(mutation_from_json(written))) == canonical(written),
                      "a mutation survives being written and read");
      });
  });
  return 0;
}
