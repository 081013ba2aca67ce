// Work on quality cases: everybody does what is his to do, and now and then somebody tries what is not (R13-R18).
#include "tools/simulation/field_work.hpp"

namespace anketa::simulation {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 9> steps{{{"open", "accepted"},
                                                                    {"open", "in_work"},
                                                                    {"accepted", "in_work"},
                                                                    {"in_work", "reported_fixed"},
                                                                    {"reported_fixed", "rep_called"},
                                                                    {"rep_called", "confirmed"},
                                                                    {"rep_called", "rejected"},
                                                                    {"rejected", "in_work"},
                                                                    {"in_work", "confirmed"}}};

}  // namespace

void FieldWork::work_on_case(Device& device) {
  const auto opened = pick(device, "quality_case");
  if (!opened || rng_.chance(120)) return open_case(device);
  if (rng_.chance(200)) return set(device, *opened, "place", world_.phrase(opened->view.scope));
  if (rng_.chance(60)) return apply(device, *opened, "remove the case", {{OpKind::Remove, "", nullptr, {}, {}}});
  move_case(device, *opened);
}

void FieldWork::open_case(Device& device) {
  const auto account = pick_account(device);
  if (!account) return;
  const Json body{{"client", account->text()},
                  {"company", world_.phrase(*account)},
                  {"severity", "stops"},
                  {"opened_on", "2025-06-10"},
                  {"extra_profit_month", rng_.between(1, 1'000)}};
  world_.change(device, "open a quality case", [&](Hand& hand) { hand.create("quality_case", *account, body); });
}

void FieldWork::move_case(Device& device, const client::LocalRecord& opened) {
  const auto& now = opened.view.at("status");
  const std::string from = now.is_string() ? now.get<std::string>() : "open";
  std::vector<const char*> to;
  for (const auto& [start, end] : steps)
    if (from == start || rng_.chance(20)) to.push_back(end);
  if (to.empty()) return;
  const std::string chosen = rng_.pick(to);
  Json step{{"from", from}, {"to", chosen}};
  const auto by = world_.phrase(opened.view.scope);
  if (chosen == "confirmed")
    step["facts"] = {{"confirmed_by", by}, {"confirmed_on", "2025-06-12"}, {"confirmed_how", "call"}};
  if (chosen == "rejected")
    step["facts"] = {{"rejected_by", by}, {"rejected_on", "2025-06-12"}, {"reopenings", rng_.between(1, 9)}};
  // Somebody says so without asking the client.
  if (rng_.chance(40)) step.erase("facts");
  apply(device, opened, "move the case from " + from + " to " + chosen,
        {{OpKind::Transition, "status", std::move(step), {}, {}}});
}

}  // namespace anketa::simulation
