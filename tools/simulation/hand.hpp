// The hand on a device: whatever the program on it is asked to do goes through here, so that a transcript can hold it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "anketa/client.hpp"
#include "client-core/bundle/device_bundle.hpp"
#include "client-core/store/edits.hpp"
#include "tools/simulation/transcript.hpp"

namespace anketa::simulation {

class Hand {
 public:
  /// The client is that of the running program. Without a transcript nothing is noted.
  Hand(client::Client& client, Transcript* transcript) : client_(client), transcript_(transcript) {}

  Uuid create(std::string_view collection, const Scope& scope, const Json& body, std::optional<Uuid> id = {});
  void apply(const Uuid& id, std::vector<Op> ops);
  void commit_group(std::vector<client::RecordEdit> edits);
  void resolve_with_side(const Uuid& conflict, std::size_t side);
  void retry_parked(const Uuid& record);
  void dismiss_parked(const Uuid& record);
  void attach(const Uuid& record, const client::AttachFile& file);
  client::Exported export_bundle();
  client::Imported import_answer(std::string_view file);

  // Network work, to its first instructions.

  /// The device's keys are made where there are none.
  std::unique_ptr<client::Engine> log_in(const client::LogIn& log_in, client::Instructions& first);
  std::unique_ptr<client::Engine> sync(int attempts, client::Instructions& first);
  std::unique_ptr<client::Engine> upload(const client::SyncOptions& options, client::Instructions& first);
  std::unique_ptr<client::Engine> download(const Uuid& attachment, client::Instructions& first);
  client::Instructions step(client::Engine& engine, client::Event event);
  void work_while_waiting(client::Engine& engine);

  /// For what no call of the API does: a transcript breaks off here.
  operator client::Client&();  // NOLINT(google-explicit-constructor): so that work may be written for a client

 private:
  /// `ask` says what is asked, `tell` what came of it; neither is called without a transcript.
  template <typename Ask, typename Work, typename Tell>
  auto noted(const Ask& ask, const Work& work, const Tell& tell);
  /// `parameters` as the C API has them; `make` gives the engine.
  template <typename Ask, typename Make>
  std::unique_ptr<client::Engine> started(const Ask& parameters, const Make& make, client::Instructions& first);
  template <typename Ask, typename Work>
  void noted_call(const char* method, const Ask& parameters, const Work& work);
  client::Client& client_;
  Transcript* transcript_;
};

}  // namespace anketa::simulation
