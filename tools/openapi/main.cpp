// anketa-openapi: prints the description of the API. The build of the console makes its types of it; a running server
// answers the same under /v1/openapi.json.
#include <iostream>

#include "sync-server/api/operation.hpp"

int main() {
  std::cout << anketa::server::api::openapi().dump(1) << '\n';
}
