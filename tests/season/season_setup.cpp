// The season before its first day: people, clients, the campaign.
#include "shared/form/default_template.hpp"
#include "tests/season/season_parts.hpp"

namespace anketa::season {

/// Accounts are the server's to make, as `anketa-server user add` does.
void Season::hire() {
  const auto add = [&](const Device& device, const char* name, const char* role, const char* share) {
    Mutation mutation;
    mutation.id = Uuid::v7(office_.environment());
    mutation.user = mutation.device = Uuid();
    mutation.record = device.author.user;
    mutation.collection = "user";
    mutation.scope = company_scope;
    mutation.at = office_.environment().now();
    Json body{{"name", name}, {"role", role}, {"active", true}};
    if (*share) body["share"] = share;
    mutation.ops.push_back({OpKind::Set, "", std::move(body), {}, {}});
    const auto results = office_.service().submit({Uuid(), Uuid(), Role::Admin, true}, {mutation});
    REQUIRE(results.at(0).status == protocol::ResultStatus::Applied);
  };
  add(lead_, "Мария Руднева", "lead", "");
  add(service_, "Пётр Громов", "service", "");
  for (int i = 0; i < reps; ++i) {
    const auto place = static_cast<std::size_t>(i);
    add(reps_[place], people[place].name, "rep", people[place].share);
  }
}

/// Two hundred clients with a person each whom we know; the first of every ten is a big one (R20).
void Season::take_on_clients() {
  const auto& definition = form::default_template_json();
  const auto pin = form::form_pin(definition);
  lead_.client->create("form", {},
                       {{"form_id", "vip-anketa"},
                        {"version", definition["settings"]["version"]},
                        {"hash", pin.substr(pin.rfind(' ') + 1)},
                        {"definition", canonical(definition)},
                        {"active", true}});
  Client::Batch batch(*lead_.client);
  for (int number = 0; number < decades * clients_a_decade; ++number) {
    const Place place{number / clients_a_decade, number % clients_a_decade};
    const auto name = "Клиент " + std::to_string(number);
    const auto income = (place.position == 0 ? 3'600'000 : 100'000) * rouble;
    const auto id = lead_.client->create("client", {},
                                         {{"name", name},
                                          {"segment", place.position < 5 ? "Торговля" : "Производство"},
                                          {"contract", {{"speed_mbps", 100}, {"sites", 1}}},
                                          {"income_year", income}});
    lead_.client->create("assignment", id,
                         {{"client", id.text()}, {"user", device_of(place).author.user.text()}, {"role", "owner"}});
    contacts_.push_back(lead_.client->create("contact", id,
                                             {{"client", id.text()},
                                              {"name", "Иванов " + std::to_string(number)},
                                              {"phone", "+7 495 100-00-00"},
                                              {"met", true},
                                              {"state", "active"}}));
    accounts_.push_back(id);
  }
  batch.commit();
}

/// The campaign with its staff, a holiday in its second week, Vera's vacation, its cost, and the lists (R3-R5, R8).
void Season::plan_campaign() {
  Json staff = Json::object();
  for (int i = 0; i < reps; ++i)
    staff[Uuid::v7(office_.environment()).text()] = {{"user", person(static_cast<Rep>(i)).text()},
                                                     {"share", people[static_cast<std::size_t>(i)].share},
                                                     {"pos", "m" + std::to_string(i + 1)}};
  campaign_ = create_campaign(
      *lead_.client, {{"title", "Лето 2025"}, {"from", "2025-06-02"}, {"until", "2025-08-10"}, {"staff", staff}});
  step(*lead_.client, campaign_, "planned", "running");
  lead_.client->create("holiday", {}, {{"date", "2025-06-12"}, {"kind", "day_off"}, {"title", "День России"}});
  lead_.client->create(
      "absence", {},
      {{"user", person(Rep::Vera).text()}, {"from", "2025-06-30"}, {"until", "2025-07-06"}, {"kind", "vacation"}});
  lead_.client->create("campaign_cost", {},
                       {{"campaign", campaign_.text()}, {"title", "Люди"}, {"amount", 850'000 * rouble}});
  const auto split = split_campaign(*lead_.client, campaign_, moscow);
  CHECK(split.listed == 200);
  CHECK(split.suggestions == 0);
  const auto shielded = judge_relation(*lead_.client, campaign_, client_at(0, 1), "monopolised", moscow);
  REQUIRE(shielded);
  decide_suggestion(*lead_.client, *shielded, false);
  const auto unsure = judge_relation(*lead_.client, campaign_, client_at(19, 8), "unsure", moscow);
  REQUIRE(unsure);
  decide_suggestion(*lead_.client, *unsure, true, person(Rep::Egor));
  apply_pareto(*lead_.client, 80);
}

}  // namespace anketa::season
