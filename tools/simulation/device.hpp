// A simulated phone or laptop: its disk, and the real client while the program runs.
#pragma once

#include <memory>
#include <string>

#include "anketa/client.hpp"
#include "client-core/store/store.hpp"
#include "shared/record/role.hpp"
#include "tools/simulation/hand.hpp"
#include "tools/simulation/ledger.hpp"
#include "tools/simulation/memory_disk.hpp"
#include "tools/simulation/virtual_environment.hpp"

namespace anketa::simulation {

/// Everybody's. What passwords are worth is tested elsewhere.
inline constexpr auto password = "a-password";
std::string login_of(const Uuid& user);

/// What the engine under way does.
enum class Doing { Syncing, LoggingIn, Uploading, Downloading };

class Device {
 public:
  Device(int index, std::string name, const Uuid& user, Role role, const Instant& now, std::uint64_t seed);
  ~Device();

  /// Opens the client, as the program does when it starts. Throws ProblemError.
  void start(std::int64_t checkpoint_pages);
  /// The program ends in good order.
  void stop();
  /// What is left after it died.
  void crash(MemoryDisk::Loss loss, Rng& rng);
  /// A new store on an empty disk, where nobody has logged in yet.
  void set_up();
  /// Its user gives his password; to the first instructions.
  std::unique_ptr<client::Engine> log_in(client::Instructions& first);
  /// Starts with the files of another device.
  void copy_of(const Device& other);

  bool running() const { return client_ != nullptr; }
  client::Client& client() { return *client_; }
  /// What is done with the program goes through this.
  Hand hand();
  client::ClientStore& store();

  const int index;
  const std::string name;
  const Uuid user;
  const Role role;
  MemoryDisk disk;
  VirtualEnvironment environment;
  /// None: nobody wants one.
  std::unique_ptr<Transcript> transcript;
  /// Every edit the device has committed.
  DeviceLedger ledger;

  // Network work under way.

  std::unique_ptr<client::Engine> engine;
  Doing doing = Doing::Syncing;
  /// The attachment it is fetching.
  Uuid fetched;
  /// Number of the request whose answer is awaited; others come too late.
  std::uint64_t exchange = 0;
  /// Counter of the newest mutation when the sync began.
  std::uint64_t began_at = 0;
  /// The farthest the cursor has been in the epoch.
  std::string epoch;
  std::uint64_t cursor_seq = 0;
  /// It was set back to an old copy, or is a copy or has one.
  bool copied = false;
  /// The device it is a copy of; and how many syncs of each of the two have pushed something since.
  int copy_of_index = -1;
  int pushes_since_copy = 0;
  /// An old copy of the files, with the edits it held.
  MemoryDisk::Image old_image;
  DeviceLedger old_ledger;

 private:
  std::unique_ptr<client::Client> client_;
};

}  // namespace anketa::simulation
