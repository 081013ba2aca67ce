// Work on the dossier's own records: the decision scheme, competitors, opportunities, promises (R30, R35).
#include "tools/simulation/field_work.hpp"

namespace anketa::simulation {

void FieldWork::keep_dossier(Device& device) {
  if (rng_.chance(350)) return promise(device);
  static constexpr std::array<const char*, 3> kinds{"relation_actor", "competitor", "opportunity"};
  static constexpr std::array<const char*, 3> texts{"wants", "strengths", "reasons"};
  const auto kind = rng_.below(kinds.size());
  const auto known = pick(device, kinds[kind]);
  if (known && rng_.chance(700)) {
    if (kind == 0 && rng_.chance(400))
      return set(device, *known, "attitude", rng_.chance(500) ? "supports" : "opposes");
    return set(device, *known, texts[kind], world_.phrase(known->view.scope, "~relations"));
  }
  const auto account = pick_account(device);
  if (!account) return;
  Json body{{"client", account->text()}, {texts[kind], world_.phrase(*account, "~relations")}};
  if (kind == 1) body["name"] = world_.phrase(*account);
  if (kind == 2) body["what"] = world_.phrase(*account);
  world_.change(device, "add to the dossier", [&](Hand& hand) { hand.create(kinds[kind], *account, body); });
}

/// One more promise of a talk, or one of them kept.
void FieldWork::promise(Device& device) {
  const auto talk = pick(device, "interaction");
  if (!talk) return;
  const auto& promises = talk->view.at("promises");
  if (promises.is_object() && !promises.empty() && rng_.chance(400)) {
    const auto item = promises.begin().key();
    return set(device, *talk, "promises/" + item + "/done_on", rng_.chance(500) ? "2025-06-12" : "2025-06-13");
  }
  const auto item = Uuid::v7(device.environment).text();
  apply(device, *talk, "promise",
        {{OpKind::Set,
          "promises/" + item,
          {{"text", world_.phrase(talk->view.scope, "~relations")}, {"by", "us"}},
          {},
          {}}});
}

}  // namespace anketa::simulation
