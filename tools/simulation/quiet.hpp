// The end of a run: faults end, everybody syncs until nothing moves, and everything must then be where it belongs.
#pragma once

#include "tools/simulation/world.hpp"

namespace anketa::simulation {

class Quiet {
 public:
  explicit Quiet(World& world) : world_(world) {}
  /// Throws Violation.
  void run();

 private:
  void end_faults();
  void settle();
  void check_device(Device& device);
  void check_records(Device& device);
  std::optional<RecordState> expected(const Device& device, const RecordState& head) const;
  bool waits_in_vain(Device& device, const Mutation& mutation) const;
  void check_missing(Device& device);
  void check_copies();
  void check_first_sync();
  void check_replay();

  World& world_;
};

}  // namespace anketa::simulation
