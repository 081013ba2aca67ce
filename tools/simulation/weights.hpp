// What happens how often: actions of field work and faults, as weights, and the least a long run must reach of each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace anketa::simulation {

enum class ActionKind {
  CreateContact,
  CreateQuestionnaire,
  CreateVisit,
  Answer,
  EditClient,
  EditContact,
  Tag,
  AppendFact,
  InsertItem,
  MoveItem,
  EditItem,
  RemoveItem,
  EditText,
  RemoveRecord,
  Transition,
  UnknownField,
  Resolve,
  CommitGroup,
  RetryParked,
  DismissParked,
  Poison,
  Sync,
  CarryFile,
  Restart,
  CreateClient,
  Handover,
  AddMember,
  Revoke,
  NewForm,
  LeadField,
  Attach,
  Download,
  RevokeDevice,
  AcceptWork,
  Erase,
  AnyRecord,
  Count
};

enum class FaultKind {
  RequestLost,
  AnswerLost,
  RequestRepeated,
  Delayed,
  RequestCut,
  AnswerCut,
  Unavailable,
  DeviceKilled,
  PowerCut,
  OtherServer,
  FileRepeated,
  DeviceFull,
  ClockSet,
  DeviceCloned,
  DeviceRolledBack,
  // Of the server.
  ServerKilled,
  OtherServerKilled,
  ServerFull,
  ServerBackedUp,
  ServerRestored,
  HalfYear,
  Count
};

/// Who does it.
enum class Doer { Anyone, Lead, Service };

struct ActionWeight {
  ActionKind kind;
  std::string_view name;
  Doer doer;
  unsigned weight;
};

inline constexpr std::array<ActionWeight, static_cast<std::size_t>(ActionKind::Count)> action_weights{{
    {ActionKind::CreateContact, "create_contact", Doer::Anyone, 40},
    {ActionKind::CreateQuestionnaire, "create_questionnaire", Doer::Anyone, 30},
    {ActionKind::CreateVisit, "create_visit", Doer::Anyone, 25},
    {ActionKind::Answer, "answer", Doer::Anyone, 120},
    {ActionKind::EditClient, "edit_client", Doer::Anyone, 110},
    {ActionKind::EditContact, "edit_contact", Doer::Anyone, 60},
    {ActionKind::Tag, "tag", Doer::Anyone, 60},
    {ActionKind::AppendFact, "append_fact", Doer::Anyone, 40},
    {ActionKind::InsertItem, "insert_item", Doer::Anyone, 50},
    {ActionKind::MoveItem, "move_item", Doer::Anyone, 20},
    {ActionKind::EditItem, "edit_item", Doer::Anyone, 50},
    {ActionKind::RemoveItem, "remove_item", Doer::Anyone, 30},
    {ActionKind::EditText, "edit_text", Doer::Anyone, 60},
    {ActionKind::RemoveRecord, "remove_record", Doer::Anyone, 15},
    {ActionKind::Transition, "transition", Doer::Anyone, 30},
    {ActionKind::UnknownField, "unknown_field", Doer::Anyone, 8},
    {ActionKind::Resolve, "resolve", Doer::Anyone, 40},
    {ActionKind::CommitGroup, "commit_group", Doer::Anyone, 20},
    {ActionKind::RetryParked, "retry_parked", Doer::Anyone, 8},
    {ActionKind::DismissParked, "dismiss_parked", Doer::Anyone, 4},
    {ActionKind::Poison, "poison", Doer::Anyone, 6},
    {ActionKind::Sync, "sync", Doer::Anyone, 330},
    {ActionKind::CarryFile, "carry_file", Doer::Anyone, 25},
    {ActionKind::Restart, "restart", Doer::Anyone, 8},
    {ActionKind::CreateClient, "create_client", Doer::Lead, 30},
    {ActionKind::Handover, "handover", Doer::Lead, 60},
    {ActionKind::AddMember, "add_member", Doer::Lead, 60},
    {ActionKind::Revoke, "revoke", Doer::Lead, 30},
    {ActionKind::NewForm, "new_form", Doer::Lead, 20},
    {ActionKind::LeadField, "lead_field", Doer::Lead, 60},
    {ActionKind::Attach, "attach", Doer::Anyone, 20},
    {ActionKind::Download, "download", Doer::Anyone, 15},
    {ActionKind::RevokeDevice, "revoke_device", Doer::Lead, 8},
    {ActionKind::AcceptWork, "accept_work", Doer::Lead, 12},
    {ActionKind::Erase, "erase", Doer::Lead, 10},
    {ActionKind::AnyRecord, "any_record", Doer::Anyone, 60},
}};

/// How a fault comes about.
enum class Where {
  Message,  ///< chance per 1,000 messages
  Step,     ///< chance per 10,000 steps
};

struct FaultWeight {
  FaultKind kind;
  std::string_view name;
  Where where;
  unsigned chance;
  /// The least count in a run of `minimum_actions` actions.
  std::uint64_t minimum;
};

inline constexpr std::uint64_t minimum_actions = 100'000;

inline constexpr std::array<FaultWeight, static_cast<std::size_t>(FaultKind::Count)> fault_weights{{
    {FaultKind::RequestLost, "request_lost", Where::Message, 40, 500},
    {FaultKind::AnswerLost, "answer_lost", Where::Message, 50, 500},
    {FaultKind::RequestRepeated, "request_repeated", Where::Message, 30, 300},
    {FaultKind::Delayed, "delayed", Where::Message, 60, 800},
    {FaultKind::RequestCut, "request_cut", Where::Message, 10, 100},
    {FaultKind::AnswerCut, "answer_cut", Where::Message, 10, 100},
    {FaultKind::Unavailable, "unavailable", Where::Message, 10, 100},
    {FaultKind::DeviceKilled, "device_killed", Where::Step, 80, 200},
    {FaultKind::PowerCut, "power_cut", Where::Step, 80, 200},
    {FaultKind::OtherServer, "other_server", Where::Message, 0, 1000},
    {FaultKind::FileRepeated, "file_repeated", Where::Message, 300, 20},
    {FaultKind::DeviceFull, "device_full", Where::Step, 40, 50},
    {FaultKind::ClockSet, "clock_set", Where::Step, 40, 100},
    {FaultKind::DeviceCloned, "device_cloned", Where::Step, 12, 20},
    {FaultKind::DeviceRolledBack, "device_rolled_back", Where::Step, 60, 20},
    {FaultKind::ServerKilled, "server_killed", Where::Step, 60, 100},
    {FaultKind::OtherServerKilled, "other_server_killed", Where::Step, 40, 30},
    {FaultKind::ServerFull, "server_full", Where::Step, 10, 20},
    {FaultKind::ServerBackedUp, "server_backed_up", Where::Step, 60, 100},
    {FaultKind::ServerRestored, "server_restored", Where::Step, 25, 20},
    {FaultKind::HalfYear, "half_year_passes", Where::Step, 6, 20},
}};

/// What can become of an edit on the server, counted as the journal shows it, with its minimum in a run as above.
struct MergeMinimum {
  std::string_view name;
  std::uint64_t minimum;
};
inline constexpr std::array<MergeMinimum, 8> merge_minimums{{
    {"applied", 5000},
    {"merged", 800},
    {"conflict", 200},
    {"parked", 100},
    {"text_merged", 20},
    {"item_restored", 5},
    {"record_restored", 1},
    {"add_beat_remove", 5},
}};

inline const FaultWeight& weight_of(FaultKind kind) {
  return fault_weights[static_cast<std::size_t>(kind)];
}
inline const ActionWeight& weight_of(ActionKind kind) {
  return action_weights[static_cast<std::size_t>(kind)];
}

}  // namespace anketa::simulation
