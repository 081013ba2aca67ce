// What people do with their devices: filling, editing, ordering, deleting, settling, handing over.
#pragma once

#include <functional>
#include <optional>

#include "shared/schema/schema.hpp"

#include "tools/simulation/world.hpp"

namespace anketa::simulation {

class FieldWork {
 public:
  explicit FieldWork(World& world) : world_(world), rng_(world.rng()) {}

  void perform(ActionKind kind, Device& device);
  /// Somebody works on a quality case, or opens one (case_work.cpp).
  void work_on_case(Device& device);
  /// A new client with its people, made by the lead.
  void found_account(Device& lead);

 private:
  // records.cpp
  void create_contact(Device& device);
  void create_questionnaire(Device& device);
  void create_visit(Device& device);
  void edit_client(Device& device);
  void edit_contact(Device& device);
  void tag(Device& device);
  void append_fact(Device& device);
  void edit_text(Device& device);
  void remove_record(Device& device);
  void transition(Device& device);
  void unknown_field(Device& device);
  void commit_group(Device& device);

  // dossier_work.cpp
  void keep_dossier(Device& device);
  void promise(Device& device);

  // answers.cpp
  void answer(Device& device);
  void insert_item(Device& device);
  void move_item(Device& device);
  void edit_item(Device& device);
  void remove_item(Device& device);

  // case_work.cpp
  void open_case(Device& device);
  void move_case(Device& device, const client::LocalRecord& opened);

  // any_record.cpp
  void any_record(Device& device);
  void make_any(Device& device, const schema::Collection& collection, const Scope& scope);
  std::optional<Json> any_value(Device& device, const schema::Field& field, const Scope& scope);

  // files_of_records.cpp
  void attach(Device& device);
  void download(Device& device);

  // affairs.cpp
  void resolve(Device& device);
  void retry_parked(Device& device);
  void dismiss_parked(Device& device);
  void give_up(Device& device, const Uuid& record, const std::string& what,
               const std::function<void(Hand&)>& work);
  void poison(Device& device);
  void handover(Device& lead);
  void add_member(Device& lead);
  void revoke(Device& lead);
  void new_form(Device& lead);
  void lead_field(Device& lead);
  void revoke_device(Device& lead);
  void accept_work(Device& lead);
  void erase(Device& lead);

  /// Some record of the collection that the device shows; mostly one of a few, so that people meet.
  std::optional<client::LocalRecord> pick(Device& device, std::string_view collection);
  std::optional<Uuid> pick_account(Device& device);
  std::optional<Uuid> pick_rep();
  /// As far as the lead's device knows.
  bool works_with(Device& lead, const Uuid& account, const Uuid& rep);
  void assign(Device& lead, const Uuid& account, const Uuid& rep, const std::string& role);
  void set(Device& device, const client::LocalRecord& record, const std::string& path, Json value);
  void apply(Device& device, const client::LocalRecord& record, const std::string& what, std::vector<Op> ops);

  World& world_;
  Rng& rng_;
};

}  // namespace anketa::simulation
