#include "shared/form/fill_views.hpp"

#include <array>

namespace anketa::form {
namespace {

constexpr std::array<std::string_view, 4> gate_ids{"undecided", "open", "problem", "confirmed"};
constexpr std::array<std::string_view, 5> status_ids{"draft", "paused", "resumed", "complete", "complete_after_pause"};

/// Adds a text member unless it is empty.
void put(Json& into, const char* key, const std::string& text) {
  if (!text.empty()) into[key] = text;
}

template <typename Views>
Json array_of(const Views& views) {
  Json array = Json::array();
  for (const auto& view : views) array.push_back(to_json(view));
  return array;
}

}  // namespace

std::string_view id(GateState state) {
  return gate_ids[static_cast<std::size_t>(state)];
}
std::string_view id(FillStatus status) {
  return status_ids[static_cast<std::size_t>(status)];
}

FillStatus fill_status(std::string_view id) {
  for (std::size_t i = 0; i < status_ids.size(); ++i)
    if (status_ids[i] == id) return static_cast<FillStatus>(i);
  return FillStatus::Draft;
}

Json to_json(const ChoiceView& view) {
  return {{"name", view.name}, {"label", view.label}, {"selected", view.selected}};
}

Json to_json(const ItemView& view) {
  return {{"id", view.id}, {"path", view.path}, {"label", view.label}, {"position", view.position}};
}

Json to_json(const QuestionView& view) {
  Json json{{"path", view.path},         {"name", view.name},         {"type", type_id(view.type)},
            {"label", view.label},       {"required", view.required}, {"read_only", view.read_only},
            {"relevant", view.relevant}, {"answered", view.answered}, {"value", view.value}};
  put(json, "number", view.number);
  put(json, "hint", view.hint);
  put(json, "section", view.section);
  put(json, "group_label", view.group_label);
  put(json, "appearance", view.appearance);
  put(json, "value_text", view.value_text);
  put(json, "class", view.access_class);
  put(json, "writes_to", view.writes_to);
  if (!view.parameters.empty()) json["parameters"] = view.parameters;
  if (!view.choices.empty()) json["choices"] = array_of(view.choices);
  if (!view.warnings.empty()) json["warnings"] = view.warnings;
  if (view.range)
    json["range"] = {{"start", number_text(view.range->start)},
                     {"end", number_text(view.range->end)},
                     {"step", number_text(view.range->step)}};
  if (view.type == RowType::Repeat) {
    json["items"] = array_of(view.items);
    json["min_items"] = view.min_items;
  }
  return json;
}

Json to_json(const SectionView& view) {
  Json json{{"name", view.name},       {"number", view.number},  {"label", view.label},
            {"minutes", view.minutes}, {"side", view.side},      {"relevant", view.relevant},
            {"locked", view.locked},   {"gate", view.is_gate},   {"answered", view.answered},
            {"total", view.total},     {"missing", view.missing}};
  put(json, "hint", view.hint);
  put(json, "class", view.access_class);
  return json;
}

Json to_json(const Progress& progress) {
  return {{"answered", progress.answered},       {"total", progress.total},
          {"missing", progress.missing},         {"minutes_planned", progress.minutes_planned},
          {"minutes_max", progress.minutes_max}, {"sections", array_of(progress.sections)}};
}

Json to_json(const Gap& gap) {
  Json json{{"path", gap.path},
            {"name", gap.name},
            {"label", gap.label},
            {"message", gap.message},
            {"kind", gap.kind == Gap::Kind::Required ? "required" : "items_missing"}};
  put(json, "number", gap.number);
  put(json, "section", gap.section);
  return json;
}

Json to_json(const FinishOutcome& outcome, text::Language language) {
  Json json{{"done", outcome.done}, {"status", id(outcome.status)}, {"gaps", array_of(outcome.gaps)}};
  put(json, "resume_point", outcome.resume_point);
  json["problems"] = Json::array();
  for (const auto& problem : outcome.problems) json["problems"].push_back(problem.to_json(language));
  return json;
}

}  // namespace anketa::form
