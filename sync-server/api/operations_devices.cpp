// What devices ask: sync, live news and the contents of attachments. docs/protocol.md describes these messages for a
// second client; here stands what of them is JSON.
#include "sync-server/api/operation.hpp"
#include "sync-server/api/shapes.hpp"

namespace anketa::server::api {
namespace {

Shape sync_request() {
  return object("SyncRequest", {{"protocol", integer()},
                                {"device", id()},
                                {"generation", integer()},
                                {"nonce", text()},
                                {"next_nonce", text()},
                                {"epoch", text()},
                                {"cursor", text()},
                                {"mutations", list(map(anything()))},
                                {"limit", integer()},
                                optional("honoured", integer()),
                                optional("ladder", list(anything())),
                                optional("sums", list(anything())),
                                optional("want", list(id()))});
}

Shape sync_answer() {
  return object("SyncAnswer", {{"results", list(map(anything()))},
                               {"records", list(map(anything()))},
                               {"removed", list(id())},
                               optional("grants", list(map(anything()))),
                               optional("revokes", list(text())),
                               optional("granted", integer()),
                               optional("rewind", integer()),
                               optional("at", list(anything())),
                               optional("sum", list(anything())),
                               optional("lists", list(anything())),
                               {"cursor", text()},
                               {"complete", boolean()},
                               {"epoch", text()},
                               {"backup_seq", integer()}});
}

Operation upload(std::string method, std::string path, std::string summary, int status) {
  return {std::move(method), std::move(path), std::move(summary), everybody, {}, {}, {}, status};
}

}  // namespace

std::vector<Operation> device_operations() {
  auto handed_over = object({{"refresh", text()}, {"mutations", list(map(anything()))}, optional("last", boolean())});
  Operation options{"OPTIONS", "/v1/uploads", "What uploads the server takes (tus 1.0)", {}};
  options.status = 204;
  auto options_of_one = options;
  options_of_one.path = "/v1/uploads/{id}";
  Operation download{"GET", "/v1/blobs/{scope}/{sha256}", "The content of an attachment", everybody};
  download.media = "application/octet-stream";
  Operation live{"GET", "/v1/live", "Says over a WebSocket that history moved", {}};
  live.status = 101;
  return {
      {"POST", "/v1/sync", "Pushes and pulls", everybody, {}, sync_request(), sync_answer()},
      {"POST",
       "/v1/quarantine",
       "What a revoked device hands over",
       {},
       {},
       std::move(handed_over),
       object({{"taken", integer()}})},
      std::move(live),
      std::move(options),
      std::move(options_of_one),
      upload("POST", "/v1/uploads", "Announces an upload (tus 1.0)", 201),
      upload("HEAD", "/v1/uploads/{id}", "How far an upload is", 200),
      upload("PATCH", "/v1/uploads/{id}", "A part of an upload", 204),
      upload("DELETE", "/v1/uploads/{id}", "Gives an upload up", 204),
      upload("POST", "/v1/uploads/{id}", "The same for clients that only GET and POST", 204),
      std::move(download),
  };
}

}  // namespace anketa::server::api
