// Which template a questionnaire is filled in by: it pins id, version and hash when it is begun (design, rule 10).
#include "client-core/api/parts.hpp"
#include "shared/form/default_template.hpp"

namespace anketa::client {
namespace {

/// The hash of "id@version hash".
std::string hash_of(const Json& definition) {
  const auto pin = form::form_pin(definition);
  return pin.substr(pin.rfind(' ') + 1);
}

PinnedForm shipped() {
  static const std::string hash = hash_of(form::default_template_json());
  const auto form = form::default_template();
  return {form, form->settings().form_id, form->settings().version, hash};
}

PinnedForm load_record(ClientParts& parts, const Json& body) {
  const auto hash = string_or_empty(body, "hash");
  auto& form = parts.forms[hash];
  if (!form)
    form = form::load_or_throw(parse_json(string_or_empty(body, "definition"), JsonLimits{std::size_t{1} << 20, 32}));
  return {form, string_or_empty(body, "form_id"), string_or_empty(body, "version"), hash};
}

}  // namespace

PinnedForm template_to_start(ClientParts& parts, const std::optional<Uuid>& form_record) {
  if (form_record) {
    const auto record = need_record(parts, *form_record);
    if (record.view.collection != "form") throw ProblemError(ProblemCode::RecordNotFound, {}, form_record->text());
    return load_record(parts, record.view.body);
  }
  // The company's own newest version of the shipped form, where it has one.
  auto chosen = shipped();
  std::uint64_t newest = 0;
  for (const auto& record : list_records(parts, "form", std::nullopt)) {
    const auto& body = record.view.body;
    if (string_or_empty(body, "form_id") != shipped().id || !body.value("active", false)) continue;
    if (record.view.seq < newest) continue;
    newest = record.view.seq;
    chosen = load_record(parts, body);
  }
  return chosen;
}

PinnedForm template_of(ClientParts& parts, const Json& questionnaire_body) {
  const auto pinned = questionnaire_body.value("form", Json::object());
  const auto hash = string_or_empty(pinned, "hash");
  if (hash == shipped().hash) return shipped();
  for (const auto& record : list_records(parts, "form", std::nullopt))
    if (string_or_empty(record.view.body, "hash") == hash) return load_record(parts, record.view.body);
  const auto name = string_or_empty(pinned, "id") + "@" + string_or_empty(pinned, "version");
  throw ProblemError(ProblemCode::FormInvalid, {{"reason", "client.template_missing"}, {"form", name}}, name);
}

}  // namespace anketa::client
