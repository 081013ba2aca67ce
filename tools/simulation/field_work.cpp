#include "tools/simulation/field_work.hpp"

#include "client-core/store/sql.hpp"

namespace anketa::simulation {

void FieldWork::perform(ActionKind kind, Device& device) {
  using Do = void (FieldWork::*)(Device&);
  static const std::map<ActionKind, Do> all{{ActionKind::CreateContact, &FieldWork::create_contact},
                                            {ActionKind::CreateQuestionnaire, &FieldWork::create_questionnaire},
                                            {ActionKind::CreateVisit, &FieldWork::create_visit},
                                            {ActionKind::Answer, &FieldWork::answer},
                                            {ActionKind::EditClient, &FieldWork::edit_client},
                                            {ActionKind::EditContact, &FieldWork::edit_contact},
                                            {ActionKind::Tag, &FieldWork::tag},
                                            {ActionKind::AppendFact, &FieldWork::append_fact},
                                            {ActionKind::InsertItem, &FieldWork::insert_item},
                                            {ActionKind::MoveItem, &FieldWork::move_item},
                                            {ActionKind::EditItem, &FieldWork::edit_item},
                                            {ActionKind::RemoveItem, &FieldWork::remove_item},
                                            {ActionKind::EditText, &FieldWork::edit_text},
                                            {ActionKind::RemoveRecord, &FieldWork::remove_record},
                                            {ActionKind::Transition, &FieldWork::transition},
                                            {ActionKind::UnknownField, &FieldWork::unknown_field},
                                            {ActionKind::Resolve, &FieldWork::resolve},
                                            {ActionKind::CommitGroup, &FieldWork::commit_group},
                                            {ActionKind::RetryParked, &FieldWork::retry_parked},
                                            {ActionKind::DismissParked, &FieldWork::dismiss_parked},
                                            {ActionKind::Poison, &FieldWork::poison},
                                            {ActionKind::CreateClient, &FieldWork::found_account},
                                            {ActionKind::Handover, &FieldWork::handover},
                                            {ActionKind::AddMember, &FieldWork::add_member},
                                            {ActionKind::Revoke, &FieldWork::revoke},
                                            {ActionKind::NewForm, &FieldWork::new_form},
                                            {ActionKind::LeadField, &FieldWork::lead_field},
                                            {ActionKind::Attach, &FieldWork::attach},
                                            {ActionKind::Download, &FieldWork::download},
                                            {ActionKind::RevokeDevice, &FieldWork::revoke_device},
                                            {ActionKind::AcceptWork, &FieldWork::accept_work},
                                            {ActionKind::Erase, &FieldWork::erase},
                                            {ActionKind::AnyRecord, &FieldWork::any_record}};
  world_.count(kind);
  if (kind == ActionKind::Sync) return world_.start_sync(device);
  if (kind == ActionKind::CarryFile) return world_.carry_file(device);
  if (kind == ActionKind::Restart) return world_.restart(device);
  (this->*all.at(kind))(device);
}

std::optional<client::LocalRecord> FieldWork::pick(Device& device, std::string_view collection) {
  return world_.reading(device, [&]() -> std::optional<client::LocalRecord> {
    auto& database = device.store().database();
    const auto count = static_cast<std::uint64_t>(
        database.query_integer("SELECT count(*) FROM record WHERE collection = ? AND hidden = 0", collection)
            .value_or(0));
    if (count == 0) return std::nullopt;
    const auto number = rng_.below(rng_.chance(600) ? std::min<std::uint64_t>(count, 3) : count);
    auto row =
        database.statement("SELECT id FROM record WHERE collection = ? AND hidden = 0 ORDER BY key LIMIT 1 OFFSET ?");
    row.bind(collection, number);
    if (!row.step()) return std::nullopt;
    const auto id = client::uuid_at(row, 0);
    return device.client().get(id);
  });
}

std::optional<Uuid> FieldWork::pick_account(Device& device) {
  const auto account = pick(device, "client");
  return account ? std::optional(account->view.id) : std::nullopt;
}

std::optional<Uuid> FieldWork::pick_rep() {
  std::vector<Uuid> reps;
  for (const auto& device : world_.devices())
    if (device->role == Role::Rep) reps.push_back(device->user);
  return reps.empty() ? std::nullopt : std::optional(rng_.pick(reps));
}

void FieldWork::apply(Device& device, const client::LocalRecord& record, const std::string& what, std::vector<Op> ops) {
  const auto id = record.view.id;
  world_.change(device, what + " of " + record.view.collection + " " + id.text().substr(24),
                [&](Hand& hand) { hand.apply(id, std::move(ops)); });
}

void FieldWork::set(Device& device, const client::LocalRecord& record, const std::string& path, Json value) {
  const auto what = "set " + path + " = " + value.dump().substr(0, 30);
  const auto shown = value;
  const auto id = record.view.id;
  const bool done =
      world_.change(device, what + " of " + record.view.collection + " " + id.text().substr(24), [&](Hand& hand) {
        hand.apply(id, {{OpKind::Set, path, std::move(value), {}, {}}});
      });
  if (!done) return;
  const auto now = world_.reading(device, [&] { return device.client().get(id); });
  if (now && now->view.at(path) != shown)
    throw Violation(Invariant::OwnWritesRead, device.name + " does not show what it has just set at '" + path + "'");
}

}  // namespace anketa::simulation
