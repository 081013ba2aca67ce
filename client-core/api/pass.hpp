// How far the pass over the clients has come (R3, R20), as this device knows it. Private to client-core/api.
#pragma once

#include <map>

#include "anketa/client.hpp"
#include "shared/programme/coverage.hpp"

namespace anketa::client {

/// What happened at each client within a year.
class PassFacts {
 public:
  PassFacts(programme::Day today, int offset_minutes) : today_(today), offset_minutes_(offset_minutes) {}

  void note_visit(const RecordState& visit);
  void note_questionnaire(const RecordState& questionnaire);
  programme::Coverage of(const Uuid& client) const;

  /// The days of records, where the rep is.
  programme::Day day_of_visit(const RecordState& visit) const;
  programme::Day day_of_questionnaire(const RecordState& questionnaire) const;

 private:
  programme::Day today_;
  int offset_minutes_;
  std::map<Uuid, programme::CoverageFacts> facts_;
};

}  // namespace anketa::client
