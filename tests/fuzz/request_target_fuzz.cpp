// The target of an HTTP request: "/v1/clients?search=…".
#include "sync-server/http/message.hpp"
#include "tests/fuzz/target.hpp"

using namespace anketa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto target = server::http::parse_target(fuzz::text_of(data, size));
  if (target) fuzz::promise(!target->path.empty() && target->path.front() == '/', "a path starts with a slash");
  return 0;
}
