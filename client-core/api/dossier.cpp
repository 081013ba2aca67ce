// Between the dossier and a questionnaire: what is prefilled from it, and what goes back into it.
#include "client-core/api/parts.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

Json prefill_contact(const LocalRecord& contact) {
  auto json = contact.view.body;
  json["id"] = contact.view.id.text();
  // Yes-or-no questions are choices in a form.
  for (const char* field : {"met", "told_of_processing"})
    if (const auto found = json.find(field); found != json.end() && found->is_boolean())
      *found = found->get<bool>() ? "yes" : "no";
  return json;
}

/// Adds a paragraph to a text that does not have it yet.
std::string with_paragraph(std::string text, const std::string& paragraph) {
  if (text.find(paragraph) != std::string::npos) return text;
  if (!text.empty()) text += "\n\n";
  return text + paragraph;
}

}  // namespace

Json prefill_sources(ClientParts& parts, const Uuid& client, const AccountRow& account) {
  auto dossier = need_record(parts, client).view.body;
  auto& contacts = dossier["contacts"] = Json::array();
  for (const auto& contact : list_records(parts, "contact", client))
    if (string_or_empty(contact.view.body, "state") != "left") contacts.push_back(prefill_contact(contact));
  for (const auto& part : list_records(parts, "dossier_part", client))
    dossier[string_or_empty(part.view.body, "part")] = part.view.body;
  return {{"dossier", std::move(dossier)}, {"user", {{"full_name", account.name}, {"login", account.login}}}};
}

bool case_confirmed(ClientParts& parts, const Uuid& client, const Uuid& questionnaire) {
  bool any = false;
  for (const auto& found : list_records(parts, "quality_case", client)) {
    if (string_or_empty(found.view.body, "questionnaire") != questionnaire.text()) continue;
    if (string_or_empty(found.view.body, "status") != "confirmed") return false;
    any = true;
  }
  return any;
}

std::vector<RecordEdit> dossier_edits(ClientParts& parts, const Uuid& client,
                                      const std::vector<form::WriteBack>& write_backs) {
  constexpr std::string_view prefix = "dossier.general.";
  const auto* declared = schema::collection("dossier_part");
  std::optional<LocalRecord> part;
  for (auto& found : list_records(parts, "dossier_part", client))
    if (string_or_empty(found.view.body, "part") == "general") part = std::move(found);
  auto wanted = part ? part->view.body : Json{{"client", client.text()}, {"part", "general"}};
  std::vector<Op> ops;
  for (const auto& back : write_backs) {
    if (!back.writes_to.starts_with(prefix) || !back.value.is_string()) continue;
    const auto name = back.writes_to.substr(prefix.size());
    const auto* field = declared->field(name);
    if (!field || field->kind != schema::Kind::LongText) continue;
    const auto before = string_or_empty(wanted, name);
    const auto after = with_paragraph(before, back.value.get<std::string>());
    if (after == before) continue;
    wanted[name] = after;
    ops.push_back({OpKind::Set, name, after, {}, {}});
  }
  if (ops.empty()) return {};
  if (part) return {{part->view.id, {}, {}, std::move(ops)}};
  return {{Uuid::v7(parts.environment), "dossier_part", client, LocalEdits::creation(std::move(wanted))}};
}

}  // namespace anketa::client
