#include "sync-server/reports/answer_index.hpp"

#include "shared/form/value.hpp"
#include "shared/programme/calendar.hpp"

namespace anketa::server::reports {
namespace {

double number_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  return value.is_string() ? form::parse_number(value.get_ref<const std::string&>()) : 0;
}

std::int16_t choice_of(const form::ChoiceList* list, const Json& value) {
  if (!list || !value.is_string()) return -1;
  const auto* choice = list->find(value.get_ref<const std::string&>());
  return choice ? static_cast<std::int16_t>(choice - list->choices.data()) : std::int16_t{-1};
}

/// Appends what one answer adds to distributions and statistics.
void index_answer(const form::Form& form, const form::AnswerView& answer, std::vector<IndexedAnswer>& into) {
  const auto& row = *answer.row;
  IndexedAnswer indexed;
  indexed.row = static_cast<std::uint16_t>(&row - form.rows().data());
  const auto* list = row.is_select() ? form.choice_list(row.choice_list) : nullptr;
  switch (row.type) {
    case form::RowType::SelectMultiple:
      if (!answer.value->is_array()) return;
      for (const auto& element : *answer.value) {
        indexed.choice = choice_of(list, element);
        into.push_back(indexed);
        indexed.first = false;
      }
      return;
    case form::RowType::SelectOne:
      indexed.choice = choice_of(list, *answer.value);
      break;
    case form::RowType::Integer:
    case form::RowType::Decimal:
    case form::RowType::Range:
      indexed.number = number_of(*answer.value);
      break;
    case form::RowType::Date: {
      const auto day = programme::parse_day(answer.value->is_string() ? answer.value->get<std::string>() : "");
      if (!day) return;
      indexed.number = static_cast<double>(day->time_since_epoch().count());
      break;
    }
    default:
      break;
  }
  into.push_back(indexed);
}

}  // namespace

form::ResultContext result_context(const Json& body, const OrgCalendar& calendar) {
  form::ResultContext context;
  context.status = form::fill_status(string_or_empty(body, "status"));
  // Who goes on after a pause has the client's confirmation (R18).
  context.case_confirmed =
      context.status == form::FillStatus::Resumed || context.status == form::FillStatus::CompleteAfterPause;
  const auto& finished = value_at(body, "finished_at");
  const auto& started = value_at(body, "started_at");
  if (finished.is_number_integer()) {
    context.now.instant = finished.get<Instant>();
  } else if (started.is_number_integer()) {
    context.now.instant = started.get<Instant>();
  } else if (const auto day = programme::parse_day(string_or_empty(body, "date"))) {
    context.now.instant = calendar.start_of(*day);
  }
  context.now.offset_minutes = calendar.offset_minutes(context.now.instant);
  return context;
}

Json parse_body(const Head& head) {
  constexpr JsonLimits stored{std::size_t{64} << 20, 64};
  return parse_json(head.body, stored);
}

void AnswerIndex::refresh(Reader& reader) {
  const auto history = reader.history();
  if (history.epoch != epoch_) {
    questionnaires_.clear();
    unreadable_.clear();
    epoch_ = history.epoch;
    seen_ = 0;
  }
  if (history.last_seq <= seen_) return;
  bool forms_changed = false;
  reader.feed(seen_, history.last_seq, 0, [&](const Head& head) {
    if (head.collection == "questionnaire") take(head);
    if (head.collection == "form" && !std::exchange(forms_changed, true)) forms_.reload(reader);
    return true;
  });
  if (forms_changed) retry_unreadable(reader);
  seen_ = history.last_seq;
}

void AnswerIndex::retry_unreadable(Reader& reader) {
  for (const auto& id : std::exchange(unreadable_, {}))
    if (const auto head = reader.head(id)) take(*head);
}

const IndexedQuestionnaire* AnswerIndex::find(const Uuid& questionnaire) const {
  const auto found = questionnaires_.find(questionnaire);
  return found == questionnaires_.end() ? nullptr : &found->second;
}

void AnswerIndex::take(const Head& head) {
  questionnaires_.erase(head.id);
  unreadable_.erase(head.id);
  if (head.deleted) return;
  const auto body = parse_body(head);
  const auto context = result_context(body, calendar_);
  if (context.status == form::FillStatus::Draft) return;
  IndexedQuestionnaire indexed;
  const auto& hash = value_at(body, "form/hash");
  indexed.form = forms_.by_hash(hash.is_string() ? hash.get<std::string>() : std::string());
  if (!indexed.form) {
    unreadable_.insert(head.id);
    return;
  }
  form::visit_relevant(*indexed.form, value_at(body, "answers"), context,
                       [&](const form::AnswerView& answer) { index_answer(*indexed.form, answer, indexed.answers); });
  indexed.answers.shrink_to_fit();
  questionnaires_.emplace(head.id, std::move(indexed));
}

}  // namespace anketa::server::reports
