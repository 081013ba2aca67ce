// A customer list of another system, in whatever encoding and with whatever delimiter.
#include "tests/fuzz/target.hpp"
#include "tools/import/csv.hpp"

using namespace anketa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accepted([&] { (void)importer::read_csv(fuzz::text_of(data, size)); });
  return 0;
}
