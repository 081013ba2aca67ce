#include "tools/benchmark/device.hpp"

#include "tools/benchmark/documents.hpp"

namespace anketa::benchmark {

Device::Device(const ServerProcess& server, const std::string& file, const std::string& login) {
  client::OpenOptions open;
  open.path = file;
  open.key = "benchmark key of a device store";
  open.create = true;
  client_ = client::Client::open(open, environment_);
  client::BeastOptions options;
  options.server = server.address();
  options.ca_file = server.ca_file();
  transport_ = client::beast_transport(options);
  const auto engine = client_->log_in({server.address(), login, ServerProcess::password(), "benchmark"});
  client::run(*engine, *transport_);
}

Measured Device::sync() {
  const auto before = transport_->bytes();
  Measured measured;
  const Stopwatch watch;
  measured.summary = client::run_sync(*client_, *transport_);
  measured.seconds = watch.seconds();
  const auto after = transport_->bytes();
  measured.bytes_up = after.up - before.up;
  measured.bytes_down = after.down - before.down;
  return measured;
}

Uuid Device::add_questionnaire(const Uuid& client, Json answers) {
  const auto id = client_->create("questionnaire", client, questionnaire_body(client, user(), std::move(answers)));
  client_->edit(id, {{"status", "complete"}});
  return id;
}

}  // namespace anketa::benchmark
