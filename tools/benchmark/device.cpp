#include "tools/benchmark/device.hpp"

#include "tools/benchmark/documents.hpp"

namespace anketa::benchmark {
namespace {

/// The product's transport with a watch on it.
class TimedTransport : public client::Transport {
 public:
  TimedTransport(std::unique_ptr<client::Transport> real, double& seconds)
      : real_(std::move(real)), seconds_(seconds) {}

  Outcome exchange(const client::SendRequest& request, const std::function<void()>& meanwhile,
                   const client::CancelToken& cancel) override {
    const Stopwatch watch;
    auto outcome = real_->exchange(request, meanwhile, cancel);
    seconds_ += watch.seconds();
    return outcome;
  }
  void wait(std::int64_t milliseconds, const client::CancelToken& cancel) override {
    const Stopwatch watch;
    real_->wait(milliseconds, cancel);
    seconds_ += watch.seconds();
  }
  client::WireBytes bytes() const override { return real_->bytes(); }

 private:
  std::unique_ptr<client::Transport> real_;
  double& seconds_;
};

}  // namespace

Device::Device(const ServerProcess& server, const std::string& file, const std::string& login) {
  client::OpenOptions open;
  open.path = file;
  open.key = "benchmark key of a device store";
  open.create = true;
  client_ = client::Client::open(open, environment_);
  client::BeastOptions options;
  options.server = server.address();
  options.ca_file = server.ca_file();
  transport_ = std::make_unique<TimedTransport>(client::beast_transport(options), waited_);
  const auto engine = client_->log_in({server.address(), login, ServerProcess::password(), "benchmark"});
  client::run(*engine, *transport_);
}

Measured Device::sync() {
  const auto before = transport_->bytes();
  waited_ = 0;
  Measured measured;
  const Stopwatch watch;
  measured.summary = client::run_sync(*client_, *transport_);
  measured.seconds = watch.seconds();
  measured.local_seconds = measured.seconds - waited_;
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
