#include "sync-server/reports/question_results.hpp"

#include <algorithm>

#include "shared/problem/problem.hpp"
#include "sync-server/reports/overview.hpp"
#include "sync-server/reports/tally.hpp"
#include "sync-server/reports/text_match.hpp"

namespace anketa::server::reports {
namespace {

using form::Form;
using form::no_row;
using form::RowIndex;

/// Tallies of every version of a form, by row.
using Tallies = std::map<const Form*, std::vector<Tally>>;

void count(const IndexedQuestionnaire& questionnaire, std::vector<Tally>& tallies) {
  for (const auto& answer : questionnaire.answers) {
    const auto& row = questionnaire.form->row(answer.row);
    auto& tally = tallies[answer.row];
    if (answer.first) ++tally.answered;
    const auto kind = result_kind(row);
    if (kind == ResultKind::Choice || kind == ResultKind::Choices) tally.add_choice(answer.choice);
    if (kind == ResultKind::Scale || kind == ResultKind::Number || kind == ResultKind::Money ||
        kind == ResultKind::Date)
      tally.numbers.push_back(answer.number);
  }
}

/// A few of the latest texts of each question, by its name: [{"text", "client", "date"}].
using Samples = std::map<std::string, Json>;

/// One question over all versions: choices are those of the shown version, then those only older ones knew.
struct Merged {
  Tally tally;
  std::vector<std::pair<const Form*, const form::Choice*>> choices;
};

void merge_choices(const Form& version, const form::Row& row, const Tally& tally, Merged& into) {
  const auto* list = version.choice_list(row.choice_list);
  if (!list) return;
  for (std::size_t i = 0; i < list->choices.size(); ++i) {
    const auto& choice = list->choices[i];
    auto place = std::find_if(into.choices.begin(), into.choices.end(),
                              [&](const auto& known) { return known.second->name == choice.name; });
    const int times = i < tally.choices.size() ? tally.choices[i] : 0;
    if (place == into.choices.end()) {
      into.choices.emplace_back(&version, &choice);
      place = std::prev(into.choices.end());
      into.tally.choices.resize(into.choices.size());
    }
    into.tally.choices[static_cast<std::size_t>(place - into.choices.begin())] += times;
  }
}

Merged merge(const Form& shown, const form::Row& row, const Tallies& tallies) {
  Merged merged;
  if (row.is_select()) merge_choices(shown, row, {}, merged);
  for (const auto& [version, by_row] : tallies) {
    const auto place = version->find(row.name);
    if (place == no_row || result_kind(version->row(place)) != result_kind(row)) continue;
    const auto& tally = by_row[static_cast<std::size_t>(place)];
    merged.tally.answered += tally.answered;
    merged.tally.numbers.insert(merged.tally.numbers.end(), tally.numbers.begin(), tally.numbers.end());
    if (row.is_select()) merge_choices(*version, version->row(place), tally, merged);
  }
  return merged;
}

Json choices_json(const Merged& merged) {
  Json json = Json::array();
  for (std::size_t i = 0; i < merged.choices.size(); ++i) {
    const auto& [version, choice] = merged.choices[i];
    json.push_back(
        {{"name", choice->name}, {"label", label_json(*version, choice->label)}, {"count", merged.tally.choices[i]}});
  }
  return json;
}

Json question_json(const Form& shown, const form::Row& row, const Tallies& tallies, const Samples& samples) {
  const auto merged = merge(shown, row, tallies);
  const auto kind = result_kind(row);
  Json json{{"name", row.name},
            {"number", row.number},
            {"label", label_json(shown, row.label)},
            {"kind", id(kind)},
            {"answered", merged.tally.answered}};
  json.update(place_json(shown, row));
  if (kind == ResultKind::Choice || kind == ResultKind::Choices) json["choices"] = choices_json(merged);
  if (const auto found = samples.find(row.name); found != samples.end()) json["samples"] = found->second;
  if (kind == ResultKind::Scale) json["scale"] = scale_counts(merged.tally.numbers, row.range);
  if (kind == ResultKind::Number || kind == ResultKind::Money) json["bins"] = bins(merged.tally.numbers);
  if (kind == ResultKind::Date)
    json["months"] = month_counts(merged.tally.numbers);
  else if (!merged.tally.numbers.empty())
    json["statistics"] = statistics(merged.tally.numbers);
  return json;
}

Json sections_json(const Form& shown, const Viewer& viewer, const Tallies& tallies, const Samples& samples) {
  Json sections = Json::array();
  for (const auto section : shown.sections()) {
    const auto& head = shown.row(section);
    Json questions = Json::array();
    for (RowIndex i = section + 1; i < head.end; ++i) {
      const auto& row = shown.row(i);
      // What the program fills in is no answer.
      if (row.is_question() && !row.read_only && sees_row(viewer, row))
        questions.push_back(question_json(shown, row, tallies, samples));
    }
    if (!questions.empty())
      sections.push_back({{"name", head.name},
                          {"number", head.number},
                          {"label", label_json(shown, head.label)},
                          {"gate", shown.gate().section == section},
                          {"questions", std::move(questions)}});
  }
  return sections;
}

Json form_json(const Form& form) {
  const auto& settings = form.settings();
  return {{"id", settings.form_id}, {"version", settings.version}, {"title", label_json(form, settings.title)}};
}

/// All answers of one text question in one stored questionnaire.
std::vector<std::string> texts_of(const Head& head, const Form& form, const OrgCalendar& calendar,
                                  const std::string& question) {
  const auto body = parse_body(head);
  std::vector<std::string> texts;
  form::visit_relevant(form, value_at(body, "answers"), result_context(body, calendar),
                       [&](const form::AnswerView& answer) {
                         if (answer.row->name == question && answer.value->is_string())
                           texts.push_back(answer.value->get<std::string>());
                       });
  return texts;
}

Json text_item(const Tables& tables, const QuestionnaireRow& row, std::string text) {
  return {{"text", std::move(text)},
          {"questionnaire", row.id.text()},
          {"client", client_reference(tables, row.client)},
          {"rep", user_reference(tables, row.rep)},
          {"date", row.met_on ? Json(programme::day_text(*row.met_on)) : Json(nullptr)}};
}

/// Looks through the latest questionnaires only: a taste, not a list.
void sample_texts(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const QuestionnaireRow& row,
                  const Form& form, Samples& samples) {
  constexpr std::size_t samples_shown = 2;
  const auto head = reader.head(row.id);
  if (!head) return;
  const auto body = parse_body(*head);
  form::visit_relevant(form, value_at(body, "answers"), result_context(body, calendar),
                       [&](const form::AnswerView& answer) {
                         if (result_kind(*answer.row) != ResultKind::Text || !answer.value->is_string()) return;
                         auto& texts = samples[answer.row->name];
                         if (texts.size() < samples_shown)
                           texts.push_back(text_item(tables, row, answer.value->get<std::string>()));
                       });
}

bool has_answer(const IndexedQuestionnaire& questionnaire, const std::string& question) {
  const auto row = questionnaire.form->find(question);
  return row != no_row &&
         std::any_of(questionnaire.answers.begin(), questionnaire.answers.end(),
                     [&](const IndexedAnswer& answer) { return static_cast<RowIndex>(answer.row) == row; });
}

}  // namespace

bool sees_row(const Viewer& viewer, const form::Row& row) {
  return viewer.sees_answers(row.access_class);
}

std::vector<const QuestionnaireRow*> delivered(const Tables& tables, const Viewer& viewer, const Filter& filter) {
  std::vector<const QuestionnaireRow*> rows;
  for (const auto& row : tables.questionnaires)
    if (row.first_delivered_at && tables.visible(viewer, row) && filter.takes_client(tables.client(row.client)) &&
        (!filter.rep || row.rep == *filter.rep) && filter.takes_day(row.met_on))
      rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->met_on > b->met_on; });
  return rows;
}

std::shared_ptr<const Form> wanted_form(const Tables& tables, const AnswerIndex& index, const Query& query) {
  if (const auto id = parameter(query, "form")) {
    auto form = index.forms().latest(*id);
    if (!form) throw ProblemError(ProblemCode::RecordNotFound, {}, *id);
    return form;
  }
  std::map<std::string, int> filled;
  for (const auto& row : tables.questionnaires) ++filled[row.form];
  std::shared_ptr<const Form> form;
  int most = -1;
  for (const auto& id : index.forms().form_ids())
    if (filled[id] > most) {
      most = filled[id];
      form = index.forms().latest(id);
    }
  return form;
}

Json question_results(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                      const Viewer& viewer, const Query& query) {
  constexpr int sampled = 24;
  const auto shown = wanted_form(tables, index, query);
  if (!shown) return {{"form", nullptr}, {"questionnaires", 0}, {"unreadable", 0}, {"sections", Json::array()}};
  Tallies tallies;
  Samples samples;
  int counted = 0, unreadable = 0;
  for (const auto* row : delivered(tables, viewer, filter_from(query))) {
    if (row->form != shown->settings().form_id) continue;
    if (index.is_unreadable(row->id)) ++unreadable;
    const auto* questionnaire = index.find(row->id);
    if (!questionnaire) continue;
    if (counted++ < sampled) sample_texts(reader, tables, calendar, *row, *questionnaire->form, samples);
    auto& by_row = tallies[questionnaire->form.get()];
    by_row.resize(questionnaire->form->size());
    count(*questionnaire, by_row);
  }
  return {{"form", form_json(*shown)},
          {"questionnaires", counted},
          {"unreadable", unreadable},
          {"sections", sections_json(*shown, viewer, tallies, samples)}};
}

Json question_texts(Reader& reader, const Tables& tables, const AnswerIndex& index, const OrgCalendar& calendar,
                    const Viewer& viewer, const std::string& question, const Query& query) {
  const auto shown = wanted_form(tables, index, query);
  const auto row = shown ? shown->find(question) : no_row;
  if (row == no_row || result_kind(shown->row(row)) != ResultKind::Text || !sees_row(viewer, shown->row(row)))
    throw ProblemError(ProblemCode::RecordNotFound, {}, question);
  const auto page = page_from(query);
  const TextMatch search(parameter(query, "search").value_or(""));
  Json items = Json::array();
  std::size_t total = 0;
  for (const auto* questionnaire : delivered(tables, viewer, filter_from(query))) {
    const auto* indexed = index.find(questionnaire->id);
    if (!indexed || questionnaire->form != shown->settings().form_id || !has_answer(*indexed, question)) continue;
    const auto head = reader.head(questionnaire->id);
    if (!head) continue;
    for (auto& text : texts_of(*head, *indexed->form, calendar, question)) {
      if (!search(text)) continue;
      if (total >= page.offset && items.size() < page.limit)
        items.push_back(
            {{"text", std::move(text)},
             {"questionnaire", questionnaire->id.text()},
             {"client", client_reference(tables, questionnaire->client)},
             {"rep", user_reference(tables, questionnaire->rep)},
             {"date", questionnaire->met_on ? Json(programme::day_text(*questionnaire->met_on)) : Json(nullptr)}});
      ++total;
    }
  }
  return {{"total", total}, {"items", std::move(items)}, {"next_offset", next_offset(page, total)}};
}

}  // namespace anketa::server::reports
