// Log-in, who one is, and what machines ask of the server.
#include "sync-server/api/operation.hpp"

namespace anketa::server::api {
namespace {

Shape keys() {
  return object("PublicKeys", {{"sign", text()}, {"box", text()}});
}

Shape person() {
  return object("Person", {{"id", id()}, {"login", text()}, {"name", text()}, {"role", one_of_all(role_ids)}});
}

Shape session_answer() {
  return object("SessionAnswer", {{"access", text()},
                                  {"refresh", text()},
                                  {"expires_in", integer()},
                                  {"user", person()},
                                  optional("keys", keys()),
                                  {"organisation", text()},
                                  {"protocol", object({{"min", integer()}, {"max", integer()}})},
                                  {"epoch", text()}});
}

Shape device() {
  return object({{"id", id()}, {"name", text()}, optional("program", text()), optional("keys", keys())});
}

Operation page_of(std::string path, std::string summary, std::string media) {
  return {"GET", std::move(path), std::move(summary), {}, {}, {}, {}, 200, std::move(media)};
}

}  // namespace

std::vector<Operation> session_operations() {
  return {
      {"POST",
       "/v1/login",
       "Opens a session; a browser names no device",
       {},
       {},
       object({{"login", text()}, {"password", text()}, optional("device", device())}),
       session_answer()},
      {"POST",
       "/v1/refresh",
       "Goes on with a session",
       {},
       {},
       object({{"refresh", text()}, optional("device", id()), optional("program", text())}),
       session_answer()},
      {"POST", "/v1/logout", "Ends a session", {}, {}, object({{"refresh", text()}}), {}, 204},
      {"GET",
       "/v1/me",
       "Whose session it is",
       everybody,
       {},
       {},
       object("Me", {{"user", person()}, {"device", id()}, {"organisation", text()}})},
      {"GET", "/v1/openapi.json", "This description", {}, {}, {}, map(anything())},
      page_of("/healthz", "The server runs", "text/plain"),
      page_of("/readyz", "The server can answer", "text/plain"),
      page_of("/metrics", "Figures for monitoring, for this machine where nothing else is set", "text/plain"),
      page_of("/v1/ca.pem", "The certificate of the server's own authority", "application/x-pem-file"),
  };
}

}  // namespace anketa::server::api
