// A small company in one process: reps, a lead, a service owner, their devices, a server, a network, and time.
//
// Model: a run is a list of numbered steps. Each step draws from randomness of its own (seed and number), so that
// leaving steps out leaves the others what they are: that is how a failing run is shrunk. A step lets time pass, lets
// what is due happen, and does one thing. After the last step come quiet and the final checks (quiet.cpp).
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <set>
#include <vector>

#include "client-core/store/sql.hpp"
#include "tools/simulation/device.hpp"
#include "tools/simulation/server_machine.hpp"
#include "tools/simulation/server_watch.hpp"
#include "tools/simulation/tally.hpp"
#include "tools/simulation/violation.hpp"

namespace anketa::simulation {

struct RunOptions {
  std::uint64_t seed = 1;
  int steps = 500;
  /// Numbers of steps left out.
  std::set<int> without;
  /// Told what happens, in plain words; null: nobody.
  std::ostream* story = nullptr;
  /// Gets the transcripts of all devices; null: nobody.
  std::ostream* transcript = nullptr;
};

class World {
 public:
  explicit World(const RunOptions& options);
  ~World();

  /// Runs to the end. Throws Violation.
  void run();
  const Tally& tally() const { return tally_; }

  // For the actions (field_work.cpp).

  Rng& rng() { return rng_; }
  std::vector<std::unique_ptr<Device>>& devices() { return devices_; }
  /// A local change: done on the device, noted in its ledger when it returned. false: it was refused, or the device
  /// died or was full.
  bool change(Device& device, const std::string& what, const std::function<void(Hand&)>& work);
  /// Reading from a device's store, which fails only where the product is broken.
  template <typename Work>
  decltype(auto) reading(Device&, const Work& work) {
    return client::guarded(work);
  }
  void start_sync(Device& device);
  /// A file with what the device has to say goes to the server, and the answer back.
  void carry_file(Device& device);
  void restart(Device& device);
  void tell(const std::string& line);
  void count(ActionKind kind) { tally_.count(kind); }
  /// A text nobody has typed before; it names its account, so that the network can be searched for what leaks.
  void note_content(std::string content);
  void start_download(Device& device, const Uuid& attachment);
  void revoke_device(Device& device);
  void accept_handed_over();
  void erase(const Uuid& record, const std::vector<std::string>& paths);
  std::string phrase(const Scope& scope, std::string_view mark = "");
  std::string new_word();
  Instant now() const { return now_; }
  /// The one who speaks for no client.
  static Uuid service_user() { return Uuid::derived(company_scope, "service"); }

 private:
  friend class Quiet;
  using Work = std::function<void()>;

  /// Of the server as it stands.
  InJournal in_journal() const {
    return [this](const Uuid& id, const std::string* text) { return watch_.has(id, text); };
  }

  // world.cpp
  void set_up();
  Device& add_device(const std::string& name, const Uuid& user, Role role);
  void hire(Role role, const std::string& name, int devices);
  /// Gives it to its user, who logs in.
  void add(Device& device);
  void step(int number);
  void act();
  void act_on_case();
  void after(Instant delay, Work work);
  void let_happen(Instant until);

  // faults.cpp
  void strike();
  void strike_device(FaultKind kind, Device& device);
  void strike_server(FaultKind kind);
  void clone(Device& device);
  void roll_back(Device& device);
  void back_up_server();
  void restore_server();
  void kill_second_server();
  bool fate(FaultKind kind);

  // network.cpp
  void send_request(Device& device, const client::SendRequest& request);
  struct Request {
    int device;
    std::uint64_t exchange;
    server::http::Request message;
  };
  void arrive(const Request& request);
  /// Without the network and its faults, to the end.
  void log_in_at_once(Device& device);
  void send_answer(int device, std::uint64_t exchange, client::ResponseReceived answer);
  void fail_transport(int device, std::uint64_t exchange);
  void commit_server();
  void after_server();
  void server_died();
  void start_server();
  void start_second_server();
  void check_disclosure(const Device& device, const std::string& answer, const std::set<Scope>& before);

  // files.cpp
  struct CarriedFile {
    int device;
    std::string bytes;
  };
  void file_arrives(const CarriedFile& file);
  void answer_arrives(const CarriedFile& answer);

  // contents.cpp
  void start_upload(Device& device);
  void check_fetched(Device& device);
  void check_contents();

  // law.cpp
  void check_wiped(Device& device);
  void check_orphans();
  void check_erased();
  std::set<std::string> texts_at(const Uuid& record, const std::vector<std::string>& paths);
  std::string server_rows_with(const std::string& text);
  std::string device_rows_with(Device& device, const std::string& text);

  // device_work.cpp
  bool logged_in(Device& device);
  /// Network work that has been started goes on.
  void begin(Device& device, Doing doing, std::unique_ptr<client::Engine> engine, client::Instructions first);
  void done(Device& device, const client::Summary& summary);
  void log_in_soon(const Device& device);
  void feed(Device& device, client::Event event);
  void follow(Device& device, client::Instructions instructions);
  void obey(Device& device, client::Instructions instructions);
  void ended(Device& device, const client::Failed& failed);
  void check_synced(Device& device);
  void check_cursor(Device& device);
  void check_views(Device& device);
  void check_groups(Device& device);
  void device_died(Device& device);
  void start_device(Device& device);

  RunOptions options_;
  Rng rng_;
  Instant now_ = 1'750'000'000'000;
  std::uint64_t words_ = 0, phrases_ = 0, exchanges_ = 0, events_ = 0;
  std::map<std::pair<Instant, std::uint64_t>, Work> queue_;
  ServerMachine server_;
  ServerWatch watch_;
  std::optional<TranscriptFile> transcript_;
  std::vector<std::unique_ptr<Device>> devices_;
  struct Outcome {
    int device;
    std::uint64_t exchange;
    client::ResponseReceived answer;
  };
  std::vector<Outcome> outcomes_;
  /// By hash: all that was ever attached.
  std::map<std::string, std::string> contents_;
  bool contents_may_be_lost_ = false;
  /// A restored server has those only that devices still hold.
  bool contents_may_be_lost_with_disk_ = false;
  std::set<std::string> erased_texts_;
  /// What revoked devices handed over before they forgot it.
  DeviceLedger orphans_{[this](const Uuid& record) { return watch_.erased(record); }};
  Tally tally_;
  /// Most records in a page; 0: as the device asks.
  int page_limit_ = 0;
  bool two_servers_ = false;
  bool faults_ = false;
  bool committing_ = false;
  /// Records deleted long ago may leave the server.
  bool tombstones_go_ = false;
  /// What faults brought about may still be under way.
  bool lenient_ = true;
};

}  // namespace anketa::simulation
