// Beginning a draft and resuming a paused questionnaire: what is known already is filled in (R18, R35).
#include "shared/form/fill_state.hpp"
#include "shared/form/live_values.hpp"

namespace anketa::form {
namespace {

/// Fills rows from the sources their prefill columns name.
class Prefiller {
 public:
  Prefiller(FillState& fill, bool refresh) : fill_(fill), refresh_(refresh) {}

  void run() {
    auto& root = fill_.state.root();
    for (RowIndex i = 0; i < static_cast<RowIndex>(fill_.form->size());) {
      const auto& row = fill_.form->row(i);
      const bool repeat = row.type == RowType::Repeat;
      if (!row.prefill.empty() && !row.is_live()) {
        if (repeat) {
          fill_repeat(i, row, fill_.prefilled(row));
        } else if (row.is_stored()) {
          fill_row(i, root, fill_.prefilled(row));
        }
      }
      i = repeat ? row.end : i + 1;
    }
  }

 private:
  void fill_row(RowIndex index, Item& item, const Json& given) {
    const auto& row = fill_.form->row(index);
    const bool answered = !is_empty(fill_.state.stored(index, item));
    if (given.is_null() || (answered && !(refresh_ && row.refresh))) return;
    if (!is_asked(index, item)) return;
    fill_.fill(index, item, given);
  }

  /// Relevant, or closed by nothing but the gate: what is known already stands there when the gate opens.
  bool is_asked(RowIndex index, const Item& item) const {
    if (fill_.state.relevant(index, item)) return true;
    const auto& row = fill_.form->row(index);
    return fill_.locked(row.section) && (!row.relevant || fill_.truth(*row.relevant, index, item));
  }

  /// Items known by their id get what they lack, others are added; nothing is taken away.
  void fill_repeat(RowIndex repeat, const Row& row, const Json& source) {
    if (!source.is_array() || !is_asked(repeat, fill_.state.root())) return;
    for (const auto& given : source) {
      if (!given.is_object()) continue;
      auto* item = find_or_add(repeat, string_or_empty(given, "id"));
      for (auto i = repeat + 1; i < row.end; ++i) {
        const auto& field = fill_.form->row(i);
        if (field.scope == repeat && field.prefill.size() > 1 && field.prefill.front() == '.')
          fill_row(i, *item, at_dotted(given, std::string_view(field.prefill).substr(1)));
      }
    }
  }

  Item* find_or_add(RowIndex repeat, const std::string& id) {
    auto& root = fill_.state.root();
    for (const auto& each : fill_.state.items(repeat, root))
      if (!id.empty() && each->id == id) return each.get();
    return &fill_.add_item(repeat, root, id);
  }

  FillState& fill_;
  bool refresh_;
};

}  // namespace

void FillSession::begin() {
  auto& fill = *state_;
  fill.fill_defaults(0, static_cast<RowIndex>(fill.form->size()), fill.state.root());
  Prefiller(fill, false).run();
  go_to_start();
}

std::optional<Problem> FillSession::resume() {
  auto& fill = *state_;
  if (fill.context.status != FillStatus::Paused || !fill.context.case_confirmed)
    return Problem{ProblemCode::GateClosed, {{"gate", std::string(id(fill.gate()))}}, fill.context.resume_point};
  fill.context.status = FillStatus::Resumed;
  fill.refresh_live_values();
  Prefiller(fill, true).run();
  if (auto problem = jump(fill.context.resume_point)) {
    // A template that has changed its sections since: the first that is open now.
    go_to_start();
  }
  return std::nullopt;
}

}  // namespace anketa::form
