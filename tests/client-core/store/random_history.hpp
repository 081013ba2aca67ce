// A seeded history of a device's store: a person's edits, a colleague's, and what the server answers.
//
// The server's side is the server's own merge, record by record. Each step is one transaction of the store. The same
// seed on a store made the same way gives the same history, byte for byte.
#pragma once

#include <map>
#include <random>
#include <set>
#include <vector>

#include "tests/client-core/store/fixture.hpp"

namespace anketa::client::test {

/// The server's side of one record.
struct ServerRecord {
  RecordState state;
  /// Others' edits that the device has not been sent.
  bool news = false;

  protocol::ResultStatus take(const Mutation& mutation);
};

class RandomHistory {
 public:
  RandomHistory(Fixture& fixture, std::uint64_t seed) : fixture_(fixture), random_(seed) {}

  void step();
  const std::vector<Uuid>& records() const { return records_; }
  /// Null: the server has not seen it.
  const ServerRecord* on_server(const Uuid& id) const;

 private:
  std::size_t pick(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  const Uuid& any_record() { return records_[pick(records_.size())]; }
  /// As a person might make it.
  void edit(const Uuid& id);
  void edit_two_as_one();
  void colleague_edits(const Uuid& id);
  void seal();
  /// Pushes what is sealed; now and then the answer speaks of some only, or the whole answer is lost.
  void exchange();

  Fixture& fixture_;
  std::mt19937_64 random_;
  std::vector<Uuid> records_;
  std::map<Uuid, ServerRecord> server_;
  /// What the server has answered each mutation, so that it says the same again.
  std::map<Uuid, protocol::MutationResult> answered_;
  std::uint64_t seq_ = 0;
};

/// The invariants of one record: its view is the server's state with its pending mutations on top, and they are
/// counted.
void check_record(Fixture& fixture, const Uuid& id);

/// Every row of every table, as text.
std::string everything(ClientStore& store);

}  // namespace anketa::client::test
