// Filling in the default template as a rep who must go on.
#pragma once

#include "shared/form/fill_session.hpp"
#include "tests/client-core/api/fixture.hpp"

namespace anketa::client::test {

/// Gives the required answers that are still missing some value that fits.
inline void fill_gaps(form::FillSession& session) {
  for (int round = 0; round < 20; ++round) {
    const auto gaps = session.missing();
    if (gaps.empty()) return;
    for (const auto& gap : gaps) {
      if (gap.kind == form::Gap::Kind::ItemsMissing) {
        session.add_item(gap.path);
        continue;
      }
      const auto question = session.question(gap.path);
      Json value = "текст";
      if (!question.choices.empty()) value = question.choices.front().name;
      if (question.type == form::RowType::Integer || question.type == form::RowType::Range) value = 5;
      if (question.type == form::RowType::Date) value = "2025-06-10";
      if (question.type == form::RowType::Acknowledge) value = "yes";
      if (question.type == form::RowType::SelectMultiple) value = Json{question.choices.front().name};
      session.answer(gap.path, value);
    }
  }
}

}  // namespace anketa::client::test
