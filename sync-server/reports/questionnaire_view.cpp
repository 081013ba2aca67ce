#include "sync-server/reports/questionnaire_view.hpp"

#include "shared/problem/problem.hpp"
#include "sync-server/reports/lists.hpp"
#include "sync-server/reports/question_results.hpp"
#include "sync-server/reports/tally.hpp"

namespace anketa::server::reports {
namespace {

using form::Form;
using form::no_row;
using form::RowIndex;

/// A choice's label; of a choice from a repeat the text of the labelling question in that item.
Json choice_text(const Form& form, const form::Row& row, const Json& answers, const std::string& choice) {
  if (row.choice_repeat != no_row) {
    const auto label = row.choice_label == no_row ? std::string() : form.row(row.choice_label).name;
    const auto& item = value_at(answers, form.row(row.choice_repeat).name + "/" + choice);
    const auto text = string_or_empty(item, label);
    return {{"ru", text}, {"en", text}};
  }
  const auto* list = form.choice_list(row.choice_list);
  const auto* known = list ? list->find(choice) : nullptr;
  if (!known) return {{"ru", choice}, {"en", choice}};
  return label_json(form, known->label);
}

/// What a person reads: [{"ru", "en"}], one for each choice; null where the stored value is readable as it is.
Json labels_of(const Form& form, const form::Row& row, const Json& answers, const Json& value) {
  if (!row.is_select()) return nullptr;
  Json labels = Json::array();
  const auto add = [&](const Json& choice) {
    if (choice.is_string()) labels.push_back(choice_text(form, row, answers, choice.get<std::string>()));
  };
  if (value.is_array())
    for (const auto& element : value) add(element);
  else
    add(value);
  return labels;
}

/// The item id in a path such as "contacts/<item id>/c_tel"; empty outside repeats.
std::string item_of(std::string_view path) {
  const auto last = path.rfind('/');
  if (last == std::string_view::npos) return {};
  const auto before = path.rfind('/', last - 1);
  return before == std::string_view::npos ? std::string() : std::string(path.substr(before + 1, last - before - 1));
}

Json answer_json(const Form& form, const form::AnswerView& answer, const Json& answers) {
  const auto& row = *answer.row;
  Json json{{"name", row.name},
            {"number", row.number},
            {"label", label_json(form, row.label)},
            {"kind", id(result_kind(row))},
            {"value", *answer.value},
            {"labels", labels_of(form, row, answers, *answer.value)}};
  json.update(place_json(form, row));
  if (row.scope != no_row) json["item"] = item_of(answer.path);
  return json;
}

/// Relevant answers by section, in form order.
Json filled_sections(const Form& form, const Json& body, const OrgCalendar& calendar, const Viewer& viewer) {
  const auto& answers = value_at(body, "answers");
  Json sections = Json::array();
  RowIndex current = no_row;
  form::visit_relevant(form, answers, result_context(body, calendar), [&](const form::AnswerView& answer) {
    const auto& row = *answer.row;
    if (row.section == no_row || !row.is_question() || !sees_row(viewer, row)) return;
    if (row.section != current) {
      current = row.section;
      const auto& head = form.row(current);
      sections.push_back({{"name", head.name},
                          {"number", head.number},
                          {"label", label_json(form, head.label)},
                          {"answers", Json::array()}});
    }
    sections.back()["answers"].push_back(answer_json(form, answer, answers));
  });
  return sections;
}

const QuestionnaireRow& find_visible(const Tables& tables, const Viewer& viewer, const std::string& id) {
  if (const auto uuid = Uuid::parse(id))
    for (const auto& row : tables.questionnaires)
      if (row.id == *uuid && tables.visible(viewer, row)) return row;
  throw ProblemError(ProblemCode::RecordNotFound, {}, id);
}

Json column_json(const Form& form, const form::Row& row) {
  Json json{{"name", row.name},
            {"number", row.number},
            {"label", label_json(form, row.label)},
            {"kind", id(result_kind(row))},
            {"section", row.section == no_row ? Json(nullptr) : Json(form.row(row.section).name)},
            {"repeat", row.scope == no_row ? Json(nullptr) : Json(form.row(row.scope).name)}};
  if (const auto* list = row.is_select() ? form.choice_list(row.choice_list) : nullptr) {
    json["choices"] = Json::array();
    for (const auto& choice : list->choices)
      json["choices"].push_back({{"name", choice.name}, {"label", label_json(form, choice.label)}});
  }
  return json;
}

/// The relevant answers the viewer may see, in the stored shape.
Json table_answers(const Form& form, const Json& body, const OrgCalendar& calendar, const Viewer& viewer) {
  Json answers = Json::object();
  form::visit_relevant(form, value_at(body, "answers"), result_context(body, calendar),
                       [&](const form::AnswerView& answer) {
                         if (sees_row(viewer, *answer.row)) put_value(answers, answer.path, *answer.value);
                       });
  return answers;
}

}  // namespace

Json questionnaire_view(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                        const Viewer& viewer, const std::string& id, Instant now) {
  const auto& row = find_visible(tables, viewer, id);
  const auto head = reader.head(row.id);
  if (!head) throw ProblemError(ProblemCode::RecordNotFound, {}, id);
  const auto body = parse_body(*head);
  auto json = questionnaire_item(tables, calendar, row, now);
  const auto& hash = value_at(body, "form/hash");
  const auto form = index.forms().by_hash(hash.is_string() ? hash.get<std::string>() : std::string());
  json["readable"] = form != nullptr;
  json["sections"] = form ? filled_sections(*form, body, calendar, viewer) : Json::array();
  return json;
}

Json answer_table(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                  const Viewer& viewer, const Query& query, Instant now) {
  const auto shown = wanted_form(tables, index, query);
  Json columns = Json::array();
  if (shown)
    for (const auto& row : shown->rows())
      if (row.is_question() && sees_row(viewer, row)) columns.push_back(column_json(*shown, row));
  const auto page = page_from(query);
  Json items = Json::array();
  std::size_t total = 0;
  for (const auto* row : delivered(tables, viewer, filter_from(query))) {
    const auto* indexed = index.find(row->id);
    if (!indexed || !shown || row->form != shown->settings().form_id) continue;
    if (total >= page.offset && items.size() < page.limit) {
      if (const auto head = reader.head(row->id)) {
        auto item = questionnaire_item(tables, calendar, *row, now);
        item["answers"] = table_answers(*indexed->form, parse_body(*head), calendar, viewer);
        items.push_back(std::move(item));
      }
    }
    ++total;
  }
  return {{"columns", std::move(columns)},
          {"total", total},
          {"items", std::move(items)},
          {"next_offset", next_offset(page, total)}};
}

}  // namespace anketa::server::reports
