// The page as JSON, for the C API and for programs.
#include "shared/programme/brief.hpp"

namespace anketa::programme {
namespace {

Json day_json(const std::optional<Day>& day) {
  return day ? Json(day_text(*day)) : Json(nullptr);
}

/// Leaves out what is not said.
void put(Json& json, const char* name, const std::string& value) {
  if (!value.empty()) json[name] = value;
}

template <typename T>
Json all_of(const std::vector<T>& values) {
  Json json = Json::array();
  for (const auto& value : values) json.push_back(to_json(value));
  return json;
}

}  // namespace

Json to_json(const BriefPerson& person) {
  Json json{{"id", person.id}, {"name", person.name}, {"met", person.met}, {"left", person.left}};
  if (person.is_main) json["main"] = true;
  put(json, "post", person.post);
  put(json, "role", person.role);
  put(json, "influence", person.influence);
  put(json, "attitude", person.attitude);
  put(json, "access", person.access);
  if (person.verified) json["verified"] = {{"outcome", id(*person.verified)}, {"on", day_json(person.verified_on)}};
  return json;
}

Json to_json(const BriefTalk& talk) {
  Json json{{"id", talk.id}, {"kind", talk.kind}, {"on", day_text(talk.on)}, {"offer_made", talk.offer_made}};
  put(json, "about", talk.about);
  put(json, "with", talk.with);
  put(json, "summary", talk.summary);
  put(json, "agreed", talk.agreed);
  put(json, "next_step", talk.next_step);
  if (talk.next_on) json["next_on"] = day_text(*talk.next_on);
  return json;
}

Json to_json(const BriefPromise& promise) {
  return {{"text", promise.text},
          {"by", promise.is_ours ? "us" : "client"},
          {"made_on", day_text(promise.made_on)},
          {"due_on", day_json(promise.due_on)},
          {"done_on", day_json(promise.done_on)}};
}

Json to_json(const BriefCase& found) {
  return {{"id", found.id},
          {"status", found.status},
          {"severity", found.severity},
          {"opened_on", day_text(found.opened_on)},
          {"text", found.text}};
}

Json to_json(const BriefFact& fact) {
  Json json{{"part", fact.part}, {"on", day_text(fact.on)}, {"text", fact.text}};
  put(json, "field", fact.field);
  return json;
}

Json to_json(const BriefRangeItem& item) {
  return {{"code", item.code},
          {"name", {{"ru", item.name_ru}, {"en", item.name_en}}},
          {"since", day_text(item.dates.since)}};
}

Json to_json(const Brief& brief) {
  Json revisions = Json::array();
  for (const auto& [part, state] : brief.revisions) revisions.push_back({{"part", part}, {"state", id(state)}});
  Json warnings = Json::array();
  for (const auto warning : brief.warnings) warnings.push_back(id(warning));
  return {{"persons", all_of(brief.persons)},
          {"last_meeting", day_json(brief.last_meeting)},
          {"last_talk", brief.last_talk ? to_json(*brief.last_talk) : Json(nullptr)},
          {"changes", all_of(brief.changes)},
          {"turnover", all_of(brief.turnover)},
          {"cases", all_of(brief.cases)},
          {"promises", all_of(brief.promises)},
          {"new_in_range", all_of(brief.new_in_range)},
          {"revisions", std::move(revisions)},
          {"avoid", brief.avoid},
          {"warnings", std::move(warnings)},
          {"risk", {{"only_trouble", brief.risk.only_trouble}, {"nobody_known", brief.risk.nobody_known}}}};
}

}  // namespace anketa::programme
