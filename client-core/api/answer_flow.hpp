// What a questionnaire's talk brought, carried on into the records it concerns (R10, R19, R23, R30, R35).
//
// Model: answers become ordinary edits of ordinary records, made together with the questionnaire's own transition. Each
// says where it came from: the questionnaire and the question. Ids of what is made follow from the questionnaire or are
// those of its list items, so that finishing it a second time, after a pause, goes on with the same records, and what
// stands there already is not done twice.
// Thread safety: as ClientParts.
#pragma once

#include "client-core/api/parts.hpp"

namespace anketa::client {

struct Talk {
  Uuid client, questionnaire, rep;
  /// The questionnaire record as it stood before it was finished.
  Json body;
  /// Relevant answers only, and those of questions with writes_to.
  Json answers;
  std::vector<form::WriteBack> write_backs;
  /// The day of the talk and the moment of its end.
  std::string date;
  Instant at = 0;
  /// It goes on after a repair (R18).
  bool resumed = false;
  text::Language language = text::Language::Russian;
};

Talk talk_of(ClientParts& parts, const Uuid& client, const Uuid& questionnaire, const form::FillSession& session,
             const form::LocalTime& now);

/// In the order in which they are to be committed.
std::vector<RecordEdit> answer_edits(ClientParts& parts, const Talk& talk);

}  // namespace anketa::client
