// Field work on the answers of a questionnaire: scalars, and a list whose items have cells of their own.
#include "tools/simulation/field_work.hpp"

namespace anketa::simulation {
namespace {

constexpr auto list = "answers/sites";

std::vector<std::string> items_of(const client::LocalRecord& questionnaire) {
  std::vector<std::string> items;
  const auto& all = questionnaire.view.at(list);
  if (!all.is_object()) return items;
  for (const auto& [id, item] : all.items()) items.push_back(id);
  return items;
}

std::string position(Rng& rng) {
  return std::string(1, static_cast<char>('a' + rng.below(26))) +
         std::string(1, static_cast<char>('b' + rng.below(25)));
}

}  // namespace

void FieldWork::answer(Device& device) {
  const auto questionnaire = pick(device, "questionnaire");
  if (!questionnaire) return;
  const auto question = "answers/q" + std::to_string(1 + rng_.below(5));
  Json value = world_.phrase(questionnaire->view.scope, "~relations");
  if (rng_.chance(200)) value = "yes";
  if (rng_.chance(60)) value = nullptr;
  set(device, *questionnaire, question, std::move(value));
}

void FieldWork::insert_item(Device& device) {
  const auto questionnaire = pick(device, "questionnaire");
  if (!questionnaire) return;
  const auto id = Uuid::v7(device.environment).text();
  const Json item{{"pos", position(rng_)}, {"name", world_.phrase(questionnaire->view.scope, "~relations")}};
  apply(device, *questionnaire, "add a site", {{OpKind::Set, std::string(list) + "/" + id, item, {}, {}}});
}

void FieldWork::move_item(Device& device) {
  const auto questionnaire = pick(device, "questionnaire");
  if (!questionnaire) return;
  const auto items = items_of(*questionnaire);
  if (items.empty()) return;
  set(device, *questionnaire, std::string(list) + "/" + rng_.pick(items) + "/pos", position(rng_));
}

void FieldWork::edit_item(Device& device) {
  const auto questionnaire = pick(device, "questionnaire");
  if (!questionnaire) return;
  const auto items = items_of(*questionnaire);
  if (items.empty()) return;
  const auto* cell = rng_.chance(500) ? "/name" : "/address";
  set(device, *questionnaire, std::string(list) + "/" + rng_.pick(items) + cell,
      world_.phrase(questionnaire->view.scope, "~relations"));
}

void FieldWork::remove_item(Device& device) {
  const auto questionnaire = pick(device, "questionnaire");
  if (!questionnaire) return;
  const auto items = items_of(*questionnaire);
  if (items.empty()) return;
  apply(device, *questionnaire, "remove a site",
        {{OpKind::Remove, std::string(list) + "/" + rng_.pick(items), nullptr, {}, {}}});
}

}  // namespace anketa::simulation
