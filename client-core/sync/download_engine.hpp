// Fetching the content of one attachment, part by part; a fetch that was broken off goes on where it stopped.
//
// Progress counts bytes, in `pulled`. Done's summary: `pulled` 1 where the content came. Fails with ContentMissing
// while the content has not reached the server, and ChecksumMismatch where what came is not what the record names.
#pragma once

#include "anketa/sync.hpp"
#include "client-core/store/store.hpp"
#include "client-core/sync/exchange.hpp"

namespace anketa::client {

class DownloadEngine final : public Engine {
 public:
  DownloadEngine(ClientStore& store, const Scope& scope, std::string sha256, int attempts);

  Instructions step(Event event) override;

 private:
  void take(Event event, Instructions& out);
  void ask(Instructions& out);
  void answered(const ResponseReceived& response, Instructions& out);
  void keep(const ResponseReceived& response, std::uint64_t total);
  void finish(Instructions& out);
  void fail(Problem problem, Instructions& out);

  ClientStore& store_;
  Exchange exchange_;
  Scope scope_;
  std::string sha256_;
  std::optional<BlobRow> blob_;
  Summary summary_;
  bool over_ = false;
};

}  // namespace anketa::client
