// Field work on records.
#include "client-core/api/parts.hpp"
#include "client-core/store/edits.hpp"
#include "tools/simulation/field_work.hpp"

namespace anketa::simulation {
namespace {

template <std::size_t N>
std::string one_of(Rng& rng, const std::array<const char*, N>& names) {
  return names[rng.below(N)];
}

}  // namespace

void FieldWork::create_contact(Device& device) {
  const auto account = pick_account(device);
  if (!account) return;
  const Json body{{"client", account->text()}, {"name", world_.phrase(*account, "~personal")}, {"state", "active"}};
  world_.change(device, "add a contact", [&](Hand& hand) { hand.create("contact", *account, body); });
}

void FieldWork::create_questionnaire(Device& device) {
  const auto account = pick_account(device);
  if (!account) return;
  const Json body{{"client", account->text()},
                  {"form", {{"id", "vip"}, {"version", "1"}, {"hash", "0"}}},
                  {"rep", device.user.text()},
                  {"status", "draft"},
                  {"answers", {{"q1", world_.phrase(*account, "~relations")}}}};
  world_.change(device, "begin a questionnaire", [&](Hand& hand) { hand.create("questionnaire", *account, body); });
}

void FieldWork::create_visit(Device& device) {
  const auto account = pick_account(device);
  if (!account) return;
  const Json body{{"client", account->text()},
                  {"rep", device.user.text()},
                  {"at", world_.now()},
                  {"status", "booked"},
                  {"place", world_.phrase(*account)}};
  world_.change(device, "book a visit", [&](Hand& hand) { hand.create("visit", *account, body); });
}

void FieldWork::edit_client(Device& device) {
  const auto account = pick(device, "client");
  if (!account) return;
  const auto path = one_of<6>(rng_, {"city", "city", "phone", "address", "email", "contract/number"});
  // Now and then somebody empties a cell, and often two people write the same.
  Json value = world_.phrase(account->view.id);
  if (rng_.chance(100)) value = nullptr;
  if (rng_.chance(150)) value = "the same";
  set(device, *account, path, std::move(value));
}

void FieldWork::edit_contact(Device& device) {
  const auto contact = pick(device, "contact");
  if (!contact) return;
  const auto path = one_of<4>(rng_, {"phone", "phone", "post", "email"});
  set(device, *contact, path, world_.phrase(contact->view.scope, "~personal"));
}

void FieldWork::tag(Device& device) {
  const auto contact = pick(device, "contact");
  if (!contact) return;
  const auto element = one_of<4>(rng_, {"vip", "loyal", "cold", "expert"});
  apply(device, *contact, "tag " + element,
        {{rng_.chance(550) ? OpKind::Add : OpKind::Remove, "tags", element, {}, {}}});
}

void FieldWork::append_fact(Device& device) {
  if (rng_.chance(450)) return keep_dossier(device);
  const auto part = pick(device, "dossier_part");
  if (!part) {
    const auto account = pick_account(device);
    if (!account) return;
    const Json body{{"client", account->text()}, {"part", "general"}};
    world_.change(device, "begin the dossier", [&](Hand& hand) { hand.create("dossier_part", *account, body); });
    return;
  }
  const auto id = Uuid::v7(device.environment).text();
  const Json entry{
      {"id", id}, {"at", world_.now()}, {"text", world_.phrase(part->view.scope, "~relations")}, {"source", "talk"}};
  apply(device, *part, "note a fact", {{OpKind::Append, "facts", entry, {}, {}}});
}

/// Three or four paragraphs; an edit changes one, adds one or drops one.
void FieldWork::edit_text(Device& device) {
  const auto account = pick(device, "client");
  if (!account) return;
  const auto& now = account->view.at("remarks");
  std::vector<std::string> paragraphs;
  std::string text = now.is_string() ? now.get<std::string>() : std::string();
  while (!text.empty()) {
    const auto end = text.find("\n\n");
    paragraphs.push_back(text.substr(0, end));
    text = end == std::string::npos ? std::string() : text.substr(end + 2);
  }
  const auto fresh = "~relations " + world_.phrase(account->view.id) + " " + world_.new_word();
  if (paragraphs.size() > 3 && rng_.chance(300))
    paragraphs.erase(paragraphs.begin() + rng_.between(0, static_cast<std::int64_t>(paragraphs.size()) - 1));
  else if (!paragraphs.empty() && rng_.chance(500))
    rng_.pick(paragraphs) = fresh;
  else
    paragraphs.insert(paragraphs.begin() + rng_.between(0, static_cast<std::int64_t>(paragraphs.size())), fresh);
  std::string whole;
  for (const auto& paragraph : paragraphs) whole += (whole.empty() ? "" : "\n\n") + paragraph;
  set(device, *account, "remarks", std::move(whole));
}

void FieldWork::remove_record(Device& device) {
  const auto record = pick(device, one_of<3>(rng_, {"contact", "visit", "questionnaire"}));
  if (!record) return;
  apply(device, *record, "delete the whole", {{OpKind::Remove, "", nullptr, {}, {}}});
}

void FieldWork::transition(Device& device) {
  const auto visit = pick(device, "visit");
  if (!visit) return;
  const auto& from = visit->view.at("status");
  if (from != "booked") return;
  const Json step{
      {"from", from}, {"to", rng_.chance(500) ? "held" : "cancelled"}, {"facts", {{"minutes", rng_.between(5, 90)}}}};
  apply(device, *visit, "close", {{OpKind::Transition, "status", step, {}, {}}});
}

/// As an app of a later version would.
void FieldWork::unknown_field(Device& device) {
  const auto contact = pick(device, "contact");
  if (!contact) return;
  set(device, *contact, "mood_of_2031", world_.phrase(contact->view.scope, "~unknown"));
}

/// Two records that belong together: all or nothing, on every device.
void FieldWork::commit_group(Device& device) {
  const auto account = pick_account(device);
  if (!account) return;
  const auto pair = Uuid::v7(device.environment).text();
  const auto first = Uuid::v7(device.environment), second = Uuid::v7(device.environment);
  const Json talk{{"client", account->text()},
                  {"kind", "meeting"},
                  {"date", "2025-06-10"},
                  {"user", device.user.text()},
                  {"pair", pair}};
  // Mostly a new offer; or one there is, which can be tied to a questionnaire once: then a second group parks whole.
  const auto standing = rng_.chance(500) ? pick(device, "offer") : std::nullopt;
  if (standing && standing->view.scope == *account && standing->view.at("questionnaire").is_null()) {
    auto linked = talk;
    linked.erase("pair");
    linked["tie"] = {{"offer", standing->view.id.text()}, {"questionnaire", pair}};
    world_.change(device, "tie an offer to a meeting", [&](Hand& hand) {
      hand.commit_group({{standing->view.id, "offer", *account, {{OpKind::Set, "questionnaire", pair, {}, {}}}},
                         {first, "interaction", *account, client::LocalEdits::creation(linked)}});
    });
    return;
  }
  const Json offer{{"client", account->text()}, {"service", world_.phrase(*account)}, {"pair", pair}};
  world_.change(device, "commit a meeting and an offer together", [&](Hand& hand) {
    hand.commit_group({{first, "interaction", *account, client::LocalEdits::creation(talk)},
                       {second, "offer", *account, client::LocalEdits::creation(offer)}});
  });
}

}  // namespace anketa::simulation
