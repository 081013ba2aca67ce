// From the dossier, and from our range, to a questionnaire: what is prefilled.
#include "client-core/api/meeting_days.hpp"

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

Json range_source(ClientParts& parts, const Uuid& client, const std::string& talk_date, int offset_minutes,
                  std::string_view language) {
  Json news = Json::array();
  std::string codes;
  if (const auto day = programme::parse_day(talk_date))
    for (const auto& one : range_news(parts, client, *day, offset_minutes, language)) {
      news.push_back({{"id", one.item.text()}, {"code", one.code}, {"name", one.name}});
      codes += (codes.empty() ? "" : " ") + one.code;
    }
  return {{"news", std::move(news)}, {"codes", std::move(codes)}};
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

}  // namespace anketa::client
