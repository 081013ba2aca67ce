// Uploading the contents of attachments, by the tus protocol (docs/protocol.md, "Attachments").
//
// Each content: is it there already (a colleague attached the same)? Else an upload is made, or the one that was broken
// off is gone on with where the server says it stands. The place of the upload is durable before its first part is
// sent. A content the server does not take stays queued with the reason, and the others go on.
// Progress counts bytes. Done's summary: `pushed` contents uploaded, `parked` refused.
#pragma once

#include "anketa/sync.hpp"
#include "client-core/store/store.hpp"
#include "client-core/sync/exchange.hpp"

namespace anketa::client {

class UploadEngine final : public Engine {
 public:
  UploadEngine(ClientStore& store, int attempts, std::uint64_t part_bytes);

  Instructions step(Event event) override;

 private:
  enum class Asking { Nothing, Presence, Creation, Offset, Part };

  void take(Event event, Instructions& out);
  void next_content(Instructions& out);
  void ask_presence(Instructions& out);
  void create(Instructions& out);
  void ask_offset(Instructions& out);
  void send_part(std::uint64_t offset, Instructions& out);
  void go_on(std::uint64_t offset, Instructions& out);
  void answered(const ResponseReceived& response, Instructions& out);
  void created(const ResponseReceived& response, Instructions& out);
  void refused(Problem problem, Instructions& out);
  void begin_again(Problem problem, Instructions& out);
  void give_up(const Problem& problem, Instructions& out);
  void uploaded(Instructions& out);
  void ask(Asking asking, SendRequest request, Instructions& out);
  void fail(Problem problem, Instructions& out);

  ClientStore& store_;
  Exchange exchange_;
  const std::uint64_t part_bytes_;
  Asking asking_ = Asking::Nothing;
  BlobRow blob_;
  int beginnings_ = 0;
  Progress progress_;
  std::uint64_t sent_before_ = 0;
  Summary summary_;
  bool over_ = false;
};

}  // namespace anketa::client
