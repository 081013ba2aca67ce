// What is done about records: conflicts, refused edits, people coming and going, forms.
#include "client-core/api/parts.hpp"
#include "tools/simulation/field_work.hpp"

namespace anketa::simulation {

void FieldWork::resolve(Device& device) {
  const auto open = world_.reading(device, [&] { return device.client().conflicts(); });
  if (open.empty()) return;
  const auto& conflict = open[rng_.below(open.size())];
  const auto side = static_cast<std::size_t>(rng_.below(conflict.sides.size()));
  world_.change(device, "settle the conflict at '" + conflict.path + "'",
                [&](Hand& hand) { hand.resolve_with_side(conflict.id, side); });
}

void FieldWork::retry_parked(Device& device) {
  const auto parked = world_.reading(device, [&] { return device.client().parked(); });
  if (parked.empty()) return;
  const auto record = parked[rng_.below(parked.size())].record;
  give_up(device, record, "make refused edits anew", [&](Hand& hand) { hand.retry_parked(record); });
}

void FieldWork::dismiss_parked(Device& device) {
  const auto parked = world_.reading(device, [&] { return device.client().parked(); });
  if (parked.empty()) return;
  const auto record = parked[rng_.below(parked.size())].record;
  give_up(device, record, "give refused edits up", [&](Hand& hand) { hand.dismiss_parked(record); });
}

void FieldWork::give_up(Device& device, const Uuid& record, const std::string& what,
                        const std::function<void(Hand&)>& work) {
  auto given_up = device.ledger;
  world_.reading(device, [&] { given_up.excuse_pending(device.store(), record); });
  if (world_.change(device, what, work)) {
    world_.reading(device, [&] { given_up.note(device.store()); });
    device.ledger = std::move(given_up);
  } else if (!device.running()) {
    device.ledger.doubt(given_up);
  }
}

/// A record of a collection that only a later version of the program knows, as it stands in the outbox after the
/// program was set back to this version.
void FieldWork::poison(Device& device) {
  const auto account = pick_account(device);
  if (!account) return;
  world_.change(device, "keep an edit of a later version", [&](client::Client& client) {
    auto& store = client.parts().store;
    client::guarded([&] {
      client::Atomic atomic(store.database());
      const auto stamp = store.device().stamp(device.environment.now());
      Mutation mutation;
      mutation.id = Uuid::v7(device.environment);
      mutation.device = store.device().get().id;
      mutation.user = device.user;
      mutation.counter = stamp.counter;
      mutation.at = stamp.at;
      mutation.epoch = store.device().get().epoch;
      mutation.schema = 99;
      mutation.record = Uuid::v7(device.environment);
      mutation.collection = "hologram";
      mutation.scope = *account;
      mutation.ops = client::LocalEdits::creation({{"light", "blue"}});
      auto row = store.records().add(mutation.record, mutation.collection, mutation.scope);
      store.outbox().add(mutation, row.key, client::OutboxState::Open, canonical(to_json(mutation)));
      row.pending = 1;
      client::rebuild_view(store, row);
      atomic.commit();
    });
  });
}

void FieldWork::assign(Device& lead, const Uuid& account, const Uuid& rep, const std::string& role) {
  const Json body{{"client", account.text()}, {"user", rep.text()}, {"role", role}};
  world_.change(lead, "make a rep " + role + " of account " + account.text().substr(24),
                [&](Hand& hand) { hand.create("assignment", account, body); });
}

bool FieldWork::works_with(Device& lead, const Uuid& account, const Uuid& rep) {
  const auto all = world_.reading(lead, [&] { return lead.client().list("assignment", account); });
  return std::any_of(all.begin(), all.end(), [&](const client::LocalRecord& assignment) {
    return string_or_empty(assignment.view.body, "user") == rep.text();
  });
}

void FieldWork::found_account(Device& lead) {
  const auto account = Uuid::v7(lead.environment);
  const Json body{{"name", world_.phrase(account)},
                  {"remarks", "~relations one " + world_.new_word() + "\n\ntwo " + world_.new_word()}};
  if (!world_.change(lead, "found account " + account.text().substr(24),
                     [&](Hand& hand) { hand.create("client", {}, body, account); }))
    return;
  std::set<Uuid> team;
  for (auto people = rng_.between(1, 3); people > 0; --people)
    if (const auto rep = pick_rep()) team.insert(*rep);
  const auto* role = "owner";
  for (const auto& rep : team) {
    if (!lead.running()) return;
    assign(lead, account, rep, std::exchange(role, "member"));
  }
}

/// One assignment ends and another begins, in one group.
void FieldWork::handover(Device& lead) {
  const auto assignment = pick(lead, "assignment");
  const auto rep = pick_rep();
  if (!assignment || !rep || works_with(lead, assignment->view.scope, *rep)) return;
  const auto account = assignment->view.scope;
  const Json body{{"client", account.text()}, {"user", rep->text()}, {"role", "owner"}};
  world_.change(lead, "hand account " + account.text().substr(24) + " over", [&](Hand& hand) {
    const auto taker = Uuid::v7(lead.environment);
    hand.commit_group({{assignment->view.id, "assignment", account, {{OpKind::Remove, "", nullptr, {}, {}}}},
                       {taker, "assignment", account, client::LocalEdits::creation(body)}});
  });
}

void FieldWork::add_member(Device& lead) {
  const auto account = pick_account(lead);
  const auto rep = pick_rep();
  if (account && rep && !works_with(lead, *account, *rep)) assign(lead, *account, *rep, "member");
}

void FieldWork::revoke(Device& lead) {
  const auto assignment = pick(lead, "assignment");
  if (assignment) apply(lead, *assignment, "take the account away by removal", {{OpKind::Remove, "", nullptr, {}, {}}});
}

void FieldWork::new_form(Device& lead) {
  const auto number = std::to_string(rng_.below(1000));
  const Json body{{"form_id", "vip"}, {"version", number}, {"hash", number}, {"definition", "{}"}, {"active", true}};
  world_.change(lead, "publish form version " + number, [&](Hand& hand) { hand.create("form", company_scope, body); });
}

void FieldWork::lead_field(Device& lead) {
  const auto account = pick(lead, "client");
  if (!account) return;
  constexpr std::array values{"ordinary", "key", "top"};
  set(lead, *account, "key_status", values[rng_.below(values.size())]);
}

/// Of a phone that was left in a taxi.
void FieldWork::revoke_device(Device& lead) {
  auto& device = *rng_.pick(world_.devices());
  if (&device != &lead && device.running()) world_.revoke_device(device);
}

void FieldWork::accept_work(Device&) {
  world_.accept_handed_over();
}

/// What somebody may ask for by law.
void FieldWork::erase(Device& lead) {
  const auto contact = pick(lead, "contact");
  if (!contact) return;
  std::vector<std::string> paths;
  for (const auto* path : {"phone", "email", "post"})
    if (rng_.chance(500)) paths.emplace_back(path);
  if (rng_.chance(300)) paths.assign(1, "");
  if (!paths.empty()) world_.erase(contact->view.id, paths);
}

}  // namespace anketa::simulation
