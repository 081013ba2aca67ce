#include "shared/form/results.hpp"

#include "shared/form/answer_value.hpp"
#include "shared/form/fill_session.hpp"
#include "shared/form/fill_state.hpp"
#include "shared/form/live_values.hpp"
#include "shared/form/relevant_walk.hpp"
#include "shared/record/record_state.hpp"

namespace anketa::form {
namespace {

using OnAnswer = std::function<void(const AnswerView&)>;
using OnItem = std::function<void(const std::string&, const std::string&)>;

class Walk {
 public:
  Walk(const FormState& state, const OnAnswer& on_answer, const OnItem& on_item)
      : state_(state), on_answer_(on_answer), on_item_(on_item) {}

  void rows(RowIndex first, RowIndex last, const Item& item, const Json& answers, const std::string& prefix) {
    if (!answers.is_object()) return;
    const auto& form = state_.form();
    for (auto i = first; i < last;) {
      const auto& row = form.row(i);
      if (row.type == RowType::Repeat) {
        repeat(i, row, item, answers, prefix);
        i = row.end;
        continue;
      }
      ++i;
      if (!row.is_stored() || is_empty(state_.stored(i - 1, item))) continue;
      const auto found = answers.find(row.name);
      if (found == answers.end() || found->is_null() || !state_.relevant(i - 1, item)) continue;
      const auto path = prefix + row.name;
      on_answer_({&row, path, &*found});
    }
  }

 private:
  void repeat(RowIndex index, const Row& row, const Item& item, const Json& answers, const std::string& prefix) {
    const auto found = answers.find(row.name);
    if (found == answers.end() || !found->is_object() || !state_.relevant(index, item)) return;
    for (const auto& each : state_.items(index, item)) {
      const auto path = prefix + row.name + "/" + each->id;
      if (on_item_) on_item_(path, each->pos);
      const auto stored = found->find(each->id);
      if (stored != found->end()) rows(index + 1, row.end, *each, *stored, path + "/");
    }
  }

  const FormState& state_;
  const OnAnswer& on_answer_;
  const OnItem& on_item_;
};

void collect_calculated(const FormState& state, RowIndex first, RowIndex last, const Item& item, Json& into) {
  const auto& form = state.form();
  for (auto i = first; i < last;) {
    const auto& row = form.row(i);
    if (row.type == RowType::Repeat) {
      for (const auto& each : state.items(i, item)) {
        Json inside = Json::object();
        collect_calculated(state, i + 1, row.end, *each, inside);
        if (!inside.empty()) into[row.name][each->id] = std::move(inside);
      }
    } else if (row.calculation && !row.calculation->uses_once()) {
      if (auto value = json_of_scalar(state.value(i, item)); !value.is_null()) into[row.name] = std::move(value);
    }
    i = row.type == RowType::Repeat ? row.end : i + 1;
  }
}

/// Derives everything from stored answers.
void derive(FormState& state, const Json& answers, const ResultContext& context) {
  state.load(answers);
  const auto live = live_source(context.status, context.case_confirmed, context.now);
  for (const auto& row : state.form().rows())
    if (row.is_live() && row.scope == no_row)
      state.root().fields[row.slot].value = scalar_of_answer(row, at_dotted(live, row.prefill));
  state.recalculate();
}

/// A pointer that owns nothing: the callers' form outlives the call.
std::shared_ptr<const Form> borrowed(const Form& form) {
  return {std::shared_ptr<const Form>(), &form};
}

}  // namespace

void walk_relevant(const FormState& state, const Json& answers, const OnAnswer& on_answer, const OnItem& on_item) {
  Walk(state, on_answer, on_item).rows(0, static_cast<RowIndex>(state.form().size()), state.root(), answers, "");
}

Json relevant_answers(const FormState& state, const Json& answers) {
  Json relevant = Json::object();
  walk_relevant(
      state, answers, [&](const AnswerView& answer) { put_value(relevant, answer.path, *answer.value); },
      [&](const std::string& path, const std::string& pos) { put_value(relevant, path + "/pos", pos); });
  return relevant;
}

Json calculated(const FormState& state) {
  Json all = Json::object();
  collect_calculated(state, 0, static_cast<RowIndex>(state.form().size()), state.root(), all);
  return all;
}

void visit_relevant(const Form& form, const Json& answers, const ResultContext& context, const OnAnswer& visit) {
  FormState state(borrowed(form), {form.settings().default_language, context.now});
  derive(state, answers, context);
  walk_relevant(state, answers, visit, nullptr);
}

Results results(const Form& form, const Json& answers, const ResultContext& context) {
  FormState state(borrowed(form), {form.settings().default_language, context.now});
  derive(state, answers, context);
  return {relevant_answers(state, answers), calculated(state), gate_state(state)};
}

Json FillSession::relevant_answers() const {
  return form::relevant_answers(state_->state, state_->answers);
}
Json FillSession::calculated() const {
  return form::calculated(state_->state);
}

std::vector<WriteBack> FillSession::write_backs() const {
  std::vector<WriteBack> all;
  const OnAnswer on_answer = [&](const AnswerView& answer) {
    if (!answer.row->writes_to.empty()) all.push_back({std::string(answer.path), answer.row->writes_to, *answer.value});
  };
  walk_relevant(state_->state, state_->answers, on_answer, nullptr);
  return all;
}

}  // namespace anketa::form
