// Results of a stored questionnaire, derived from its answers by the same rules as the fill session's.
//
// Server and device call the same code, so that a questionnaire counts the same everywhere. No prefill is needed: what
// a calculation takes from the dossier or the case is empty here, except what ResultContext says.
// Thread safety: pure functions.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "shared/form/fill_views.hpp"
#include "shared/form/form.hpp"
#include "shared/form/local_time.hpp"

namespace anketa::form {

struct ResultContext {
  /// When the questionnaire was filled in; today() and now() mean this.
  LocalTime now;
  bool case_confirmed = false;
  FillStatus status = FillStatus::Draft;
};

/// One relevant answer.
struct AnswerView {
  const Row* row = nullptr;
  /// "nps", "contacts/<item id>/c_tel".
  std::string_view path;
  /// As stored.
  const Json* value = nullptr;
};

/// Calls `visit` for every relevant answer in form order. Views live only during the call.
void visit_relevant(const Form& form, const Json& answers, const ResultContext& context,
                    const std::function<void(const AnswerView&)>& visit);

struct Results {
  /// Relevant answers, in the stored shape.
  Json answers;
  /// Calculations by name.
  Json calculated;
  GateState gate = GateState::Undecided;
};

Results results(const Form& form, const Json& answers, const ResultContext& context);

}  // namespace anketa::form
