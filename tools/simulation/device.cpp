#include "tools/simulation/device.hpp"

#include "client-core/api/parts.hpp"
#include "client-core/bundle/device_bundle.hpp"

namespace anketa::simulation {
namespace {

constexpr auto file = "anketa.db";

/// The files of a store that was made, and belongs to no device yet: making tables anew for every device of every seed
/// would be most of a run.
const MemoryDisk::Image& blank_store() {
  static const MemoryDisk::Image image = [] {
    MemoryDisk disk("blank-client");
    const Instant now = 0;
    VirtualEnvironment environment(now, 1);
    {
      client::StoreOptions options;
      options.path = file;
      options.create = true;
      options.vfs = disk.vfs();
      client::ClientStore(options, environment).database().execute("DELETE FROM device");
    }
    return disk.image();
  }();
  return image;
}

}  // namespace

std::string login_of(const Uuid& user) {
  return user.text();
}

Device::Device(int device_index, std::string device_name, const Uuid& device_user, Role device_role, const Instant& now,
               std::uint64_t seed)
    : index(device_index),
      name(std::move(device_name)),
      user(device_user),
      role(device_role),
      disk("device-" + std::to_string(device_index)),
      environment(now, seed) {}

Device::~Device() {
  if (running()) stop();
}

client::ClientStore& Device::store() {
  return client_->parts().store;
}

void Device::start(std::int64_t checkpoint_pages) {
  client::OpenOptions options;
  options.path = file;
  options.create = true;
  options.vfs = disk.vfs();
  if (transcript) transcript->opens();
  try {
    client_ = client::Client::open(options, environment);
  } catch (...) {
    if (transcript) transcript->break_off("not opened");
    throw;
  }
  if (transcript) transcript->answered(nullptr);
  client::guarded([&] { store().database().execute("PRAGMA wal_autocheckpoint=" + std::to_string(checkpoint_pages)); });
}

void Device::stop() {
  engine.reset();
  client_.reset();
  if (!transcript) return;
  if (disk.dead())
    transcript->break_off("died");
  else
    transcript->closed();
}

Hand Device::hand() {
  const bool quiet = !engine && !disk.dead() && !disk.full();
  if (transcript && !transcript->in_segment() && quiet) transcript->goes_on();
  return {*client_, transcript.get()};
}

void Device::crash(MemoryDisk::Loss loss, Rng& rng) {
  stop();
  disk.reboot(loss, rng);
}

void Device::set_up() {
  disk.load(blank_store());
  start(1000);
}

std::unique_ptr<client::Engine> Device::log_in(client::Instructions& first) {
  return hand().log_in({"https://localhost", login_of(user), password, name}, first);
}

void Device::copy_of(const Device& other) {
  disk.load(other.disk.image());
  ledger = other.ledger;
  epoch = other.epoch;
  cursor_seq = other.cursor_seq;
}

}  // namespace anketa::simulation
