#include "sync-server/reports/form_view.hpp"

#include <algorithm>

#include "sync-server/reports/question_results.hpp"

namespace anketa::server::reports {
namespace {

using form::Form;
using form::RowIndex;
using form::RowType;

Json choices_json(const Form& form, const form::Row& row) {
  Json choices = Json::array();
  if (const auto* list = form.choice_list(row.choice_list))
    for (const auto& choice : list->choices)
      choices.push_back({{"name", choice.name}, {"label", label_json(form, choice.label)}});
  return choices;
}

bool is_shown(const Viewer& viewer, const form::Row& row) {
  return row.printed && row.type != RowType::Calculate && sees_row(viewer, row);
}

Json rows_json(const Form& form, const Viewer& viewer, RowIndex container);

Json row_json(const Form& form, const Viewer& viewer, RowIndex index) {
  const auto& row = form.row(index);
  Json json{{"name", row.name},
            {"number", row.number},
            {"label", label_json(form, row.label)},
            {"hint", label_json(form, row.hint)},
            {"type", form::type_id(row.type)},
            {"appearance", row.appearance},
            {"read_only", row.read_only},
            {"required", row.always_required || row.required.has_value()}};
  if (row.is_select() && row.choice_repeat == form::no_row) json["choices"] = choices_json(form, row);
  if (row.type == RowType::Range)
    json["range"] = {{"start", static_cast<std::int64_t>(row.range.start)},
                     {"end", static_cast<std::int64_t>(row.range.end)}};
  if (row.is_container()) json["rows"] = rows_json(form, viewer, index);
  if (row.type == RowType::Repeat) json["print_rows"] = row.print_rows;
  return json;
}

Json rows_json(const Form& form, const Viewer& viewer, RowIndex container) {
  Json rows = Json::array();
  const auto& head = form.row(container);
  for (RowIndex i = container + 1; i < head.end;) {
    const auto& row = form.row(i);
    if (is_shown(viewer, row)) {
      auto json = row_json(form, viewer, i);
      if (!row.is_container() || !json["rows"].empty()) rows.push_back(std::move(json));
    }
    i = row.is_container() ? row.end : i + 1;
  }
  return rows;
}

std::int64_t questions_in(const Form& form, const Viewer& viewer) {
  return std::count_if(form.rows().begin(), form.rows().end(), [&](const form::Row& row) {
    return row.is_question() && !row.read_only && sees_row(viewer, row);
  });
}

}  // namespace

Json form_list(const Tables& tables, const AnswerIndex& index, const Viewer& viewer) {
  Json items = Json::array();
  for (const auto& id : index.forms().form_ids()) {
    const auto form = index.forms().latest(id);
    const auto filled = std::count_if(tables.questionnaires.begin(), tables.questionnaires.end(),
                                      [&](const auto& row) { return row.form == id && tables.visible(viewer, row); });
    items.push_back({{"id", id},
                     {"version", form->settings().version},
                     {"title", label_json(*form, form->settings().title)},
                     {"questions", questions_in(*form, viewer)},
                     {"questionnaires", filled}});
  }
  return {{"items", std::move(items)}};
}

Json form_view(const AnswerIndex& index, const Viewer& viewer, const std::string& form_id) {
  const auto form = index.forms().latest(form_id);
  if (!form) throw ProblemError(ProblemCode::RecordNotFound, {}, form_id);
  Json sections = Json::array();
  for (const auto place : form->sections()) {
    const auto& head = form->row(place);
    auto rows = rows_json(*form, viewer, place);
    if (rows.empty()) continue;
    sections.push_back({{"name", head.name},
                        {"number", head.number},
                        {"label", label_json(*form, head.label)},
                        {"minutes", head.minutes},
                        {"side", head.side},
                        {"gate", head.gate},
                        {"rows", std::move(rows)}});
  }
  const auto& settings = form->settings();
  return {{"id", settings.form_id},
          {"version", settings.version},
          {"title", label_json(*form, settings.title)},
          {"minutes_max", settings.minutes_max},
          {"sections", std::move(sections)}};
}

}  // namespace anketa::server::reports
