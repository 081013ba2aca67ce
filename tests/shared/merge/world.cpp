#include "tests/shared/merge/world.hpp"

#include <array>

namespace anketa::merge::testing {

Uuid number(std::uint32_t n) {
  std::array<std::uint8_t, 16> bytes{};
  bytes[6] = 0x70, bytes[8] = 0x80;
  for (std::size_t i = 0; i < 4; ++i) bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
  return Uuid(bytes);
}

Plan Office::take(const Mutation& mutation) {
  if (mutation.prev &&
      std::any_of(parked_.begin(), parked_.end(), [&](const auto& m) { return m.id == *mutation.prev; })) {
    parked_.push_back(mutation);
    Plan plan;
    plan.parked = Problem{ProblemCode::ChainParked, {}, {}};
    plan.as_in_own_view = false;
    return plan;
  }
  History history(in_effect_);
  Context context;
  context.in_own_chain = [&](const Uuid& ancestor) { return history.in_chain(mutation, ancestor); };
  context.earlier = [&](const Uuid& id, std::string_view path) { return history.earlier(id, path); };
  context.conflict = [&](std::string_view path) -> std::optional<Conflict> {
    const auto found = conflicts_.find(std::string(path));
    return found == conflicts_.end() ? std::nullopt : std::optional(found->second);
  };
  auto plan = merge::plan(exists() ? &record_ : nullptr, mutation, context);
  if (plan.parked) {
    parked_.push_back(mutation);
    return plan;
  }
  apply(record_, mutation, plan);
  record_.seq = record_.version;
  for (const auto& [path, conflict] : plan.conflicts) conflicts_[path] = conflict;
  in_effect_.push_back(mutation);
  return plan;
}

bool Office::has(const Uuid& mutation) const {
  const auto same = [&](const Mutation& other) { return other.id == mutation; };
  return std::any_of(in_effect_.begin(), in_effect_.end(), same) || std::any_of(parked_.begin(), parked_.end(), same);
}

bool Office::has_open_conflicts() const {
  return std::any_of(conflicts_.begin(), conflicts_.end(), [](const auto& entry) { return entry.second.open; });
}

Mutation Device::edit(std::vector<Op> ops) {
  Mutation mutation;
  mutation.id = number(next_++);
  mutation.device = user_;
  mutation.user = user_;
  mutation.counter = next_;
  mutation.record = the_record;
  mutation.collection = collection_;
  mutation.scope = the_scope;
  mutation.at = next_;
  if (!outbox_.empty()) mutation.prev = outbox_.back().id;
  for (auto& op : ops) note_what_was_seen(op, view_);
  mutation.ops = std::move(ops);
  overlay(view_, mutation);
  outbox_.push_back(mutation);
  return mutation;
}

Mutation Device::want(const Json& wanted) {
  return edit(diff(view_, *schema::collection(collection_), wanted));
}

Mutation Device::create(Json body) {
  return edit({set("", std::move(body))});
}

Plan Device::push(Office& office) {
  Plan last;
  for (const auto& mutation : outbox_)
    if (!office.has(mutation.id)) last = office.take(mutation);
  return last;
}

Plan Device::sync(Office& office) {
  auto last = push(office);
  pull(office);
  return last;
}

void Device::pull(const Office& office) {
  const auto taken = [&](const Mutation& mutation) { return office.has(mutation.id); };
  outbox_.erase(std::remove_if(outbox_.begin(), outbox_.end(), taken), outbox_.end());
  view_ = office.record();
  for (const auto& mutation : outbox_) overlay(view_, mutation);
}

std::vector<Json> open_values(const Conflict& conflict) {
  std::vector<Json> values;
  for (const auto& side : conflict.sides)
    if (!side.consumed) values.push_back(side.value);
  return values;
}

std::vector<Uuid> open_sides(const Conflict& conflict) {
  std::vector<Uuid> ids;
  for (const auto& side : conflict.sides)
    if (!side.consumed) ids.push_back(side.mutation);
  return ids;
}

Json contact_body() {
  return {{"client", the_scope.text()}, {"name", "Мария"}, {"post", "директор"}, {"phone", "1"}, {"met", true},
          {"tags", {"golf", "vip"}}};
}

Json questionnaire_body() {
  return {{"client", the_scope.text()},
          {"form", {{"id", "vip"}, {"version", "1"}, {"hash", "00"}}},
          {"status", "draft"},
          {"rep", number(1).text()},
          {"answers",
           {{"company", {{"name", "Ромашка"}}},
            {"contacts",
             {{number(11).text(), {{"pos", "a"}, {"name", "Иван"}, {"phone", "1"}}},
              {number(12).text(), {{"pos", "b"}, {"name", "Пётр"}, {"phone", "2"}}}}}}}};
}

Json dossier_body() {
  return {
      {"client", the_scope.text()}, {"part", "general"}, {"history", "Первый абзац\n\nВторой абзац\n\nТретий абзац"}};
}

}  // namespace anketa::merge::testing
