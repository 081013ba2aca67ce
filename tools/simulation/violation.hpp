// What a checker throws when one of the fourteen invariants does not hold.
#pragma once

#include <stdexcept>
#include <string>

namespace anketa::simulation {

/// Numbers of docs/simulation.md.
enum class Invariant {
  KeptForEver = 1,
  Accounted,
  OneEffect,
  SurvivesServer,
  EqualDevices,
  CursorHonest,
  NothingDisclosed,
  RevokedKept,
  OwnWritesRead,
  Independent,
  NothingDelayed,
  Ends,
  ClosedByClient,
  Erased,
};

class Violation : public std::runtime_error {
 public:
  Violation(Invariant invariant, const std::string& what)
      : std::runtime_error("invariant " + std::to_string(static_cast<int>(invariant)) + ": " + what),
        invariant_(invariant) {}
  Invariant invariant() const { return invariant_; }

 private:
  Invariant invariant_;
};

}  // namespace anketa::simulation
