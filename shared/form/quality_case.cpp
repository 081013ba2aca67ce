#include "shared/form/quality_case.hpp"

#include <array>

#include "shared/form/results.hpp"
#include "shared/record/record_state.hpp"

namespace anketa::form {
namespace {

constexpr const char* claims_path = "claims";
constexpr const char* severity_field = "p_sev";
constexpr const char* confirming_path = "p_who";
constexpr const char* call_path = "p_call";
constexpr const char* idea_path = "p_idea";
constexpr const char* contacts_path = "contacts";

/// Worst first.
constexpr std::array<std::string_view, 3> severities{"stops", "hinders", "annoys"};

std::string worst_severity(const Json& claims) {
  for (const auto severity : severities)
    for (const auto& claim : claims)
      if (string_or_empty(claim, severity_field) == severity) return std::string(severity);
  return {};
}

void put_text(Json& body, const char* field, const std::string& text) {
  if (!text.empty()) body[field] = text;
}

std::string text_at(const Json& answers, const char* path) {
  const auto& value = value_at(answers, path);
  return value.is_string() ? value.get<std::string>() : std::string();
}

/// Name, position and telephone of the person who was chosen among the contacts: the service side sees no contacts.
std::string confirming_contact(const Json& answers) {
  const auto chosen = text_at(answers, confirming_path);
  const auto& contact = value_at(answers, std::string(contacts_path) + "/" + chosen);
  if (!contact.is_object()) return chosen;
  std::string words;
  for (const auto* field : {"c_name", "c_post", "c_tel"})
    if (const auto word = string_or_empty(contact, field); !word.empty()) words += (words.empty() ? "" : ", ") + word;
  return words.empty() ? chosen : words;
}

void put_at(Json& body, std::string_view path, const Json& value) {
  auto* place = &body;
  for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    place = &(*place)[std::string(path.substr(0, slash))];
    path.remove_prefix(slash + 1);
  }
  (*place)[std::string(path)] = value;
}

}  // namespace

Json service_answers(const Form& form, const Json& answers, const LocalTime& now) {
  Json shown = Json::object();
  ResultContext context;
  context.now = now;
  visit_relevant(form, answers, context, [&](const AnswerView& answer) {
    if (answer.row->access_class == "service" && answer.value) put_at(shown, answer.path, *answer.value);
  });
  return shown;
}

Json quality_case_body(const Form& form, const Json& answers, const CaseOrigin& origin) {
  Json body{{"client", origin.client.text()},
            {"questionnaire", origin.questionnaire.text()},
            {"status", "open"},
            {"opened_on", date_text(origin.now)},
            {"opened_by", origin.rep.text()},
            {"rep", origin.rep.text()}};
  put_text(body, "company", origin.company);
  put_text(body, "met_on", origin.met_on);
  if (auto shown = service_answers(form, answers, origin.now); !shown.empty()) body["answers"] = std::move(shown);
  const auto& claims = value_at(answers, claims_path);
  if (claims.is_object() && !claims.empty()) {
    body["complaints"] = claims;
    put_text(body, "severity", worst_severity(claims));
  }
  put_text(body, "confirming_contact", confirming_contact(answers));
  put_text(body, "call_when", text_at(answers, call_path));
  put_text(body, "idea", text_at(answers, idea_path));
  return body;
}

}  // namespace anketa::form
