// What the client shows of records: plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/programme/revision.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/json.hpp"
#include "shared/record/record_state.hpp"

namespace anketa::client {

/// A record in the user's own view: the server's state with his unsynced edits on top.
struct LocalRecord {
  /// version and seq are the server's; version 0: the server has not seen it.
  RecordState view;
  /// Own mutations the server has not confirmed.
  int unsynced = 0;
  /// Some of them were refused.
  bool parked = false;
};

/// {id, collection, scope, version, seq, body, unsynced?, parked?, deleted?}
Json to_json(const LocalRecord& record);

/// A client and all that hangs on it, by collection ("contact", "questionnaire", "quality_case" …).
struct ClientCard {
  LocalRecord client;
  std::map<std::string, std::vector<LocalRecord>, std::less<>> records;
};

Json to_json(const ClientCard& card);

/// When a part of a client's dossier is to be revised (R31).
struct PartRevision {
  Uuid client;
  std::string client_name;
  /// "general", "our_view", "decision", "competitors".
  std::string part;
  /// None: never.
  std::optional<programme::Day> revised_on;
  programme::RevisionState state = programme::RevisionState::Never;
};

/// {client: {id, name}, part, revised_on, due_on, state}
Json to_json(const PartRevision& revision);

/// One value of a conflict.
struct ConflictSide {
  Json value;
  Uuid mutation;
  Uuid user;
  /// Name of the user where the device knows it.
  std::string user_name;
  Instant at = 0;
  /// Settled already.
  bool consumed = false;
  /// It is what the record shows now.
  bool in_effect = false;
};

struct ConflictView {
  Uuid id;
  Uuid record;
  std::string collection;
  std::string path;
  Json base;
  std::vector<ConflictSide> sides;
};

Json to_json(const ConflictView& conflict);

/// An own mutation the server refused, with the reason.
struct ParkedEdit {
  Uuid mutation;
  Uuid record;
  std::string collection;
  Instant at = 0;
  Problem problem;
  /// The ops as they were sent: [{op, path, value}].
  Json ops;
};

Json to_json(const ParkedEdit& edit, text::Language language);

/// A file to be attached to a record.
struct AttachFile {
  std::string name;
  /// "image/jpeg"; empty: not said.
  std::string media_type;
  /// Path of the field it belongs to; whoever may not see that field does not get the content (R36). Empty: the record.
  std::string field;
  std::string content;
};

/// Where the content of an attachment is, as far as this device knows.
enum class AttachmentContent {
  Elsewhere,  ///< at the server, or on its way there from another device
  Arriving,   ///< a download was broken off
  ToUpload,   ///< here only
  Here        ///< here and at the server
};

struct AttachmentView {
  LocalRecord record;
  AttachmentContent content = AttachmentContent::Elsewhere;
  /// Why the server did not take the content.
  std::optional<Problem> problem;
};

/// The record's members and "content": "elsewhere" | "arriving" | "to_upload" | "here", "problem"?
Json to_json(const AttachmentView& attachment, text::Language language);

}  // namespace anketa::client
