// A sync answer read without building its records: their texts are checked and then stored as they came.
//
// Ten thousand questionnaires are 12 MB of JSON. A device stores bodies as text, so parsing them into trees and
// printing them again would cost more than everything else a pull does. Thread safety: plain values. Invariant: the
// views point into the text that was given, which must outlive them.
#pragma once

#include <string_view>
#include <vector>

#include "shared/protocol/messages.hpp"

namespace anketa::protocol {

/// A record of an answer; body, cells and removed are JSON objects as text (cells and removed empty where absent).
struct RecordView {
  Uuid id;
  std::string_view collection;
  Scope scope;
  std::uint64_t version = 0;
  std::uint64_t seq = 0;
  bool deleted = false;
  Uuid by;
  std::string_view body;
  std::string_view cells;
  std::string_view removed;
};

struct AnswerView {
  /// Everything but the records.
  SyncAnswer head;
  std::vector<RecordView> records;
};

/// Throws ProblemError(BadAnswer) where the text is not such an answer: every record is fully checked to be well-formed
/// JSON in valid UTF-8 within the bounds of the protocol.
AnswerView view_answer(std::string_view text);

}  // namespace anketa::protocol
