// The quality case that a paused questionnaire opens (R13), as the copy that goes to the service side (R14): sections 1
// and 5, the complaints, and who will confirm the repair. Nothing else of the questionnaire stands in it.
//
// Model: which answers are the service side's says the form (class "service"); the pause section's fields are those
// that docs/forms.md, "The quality gate", names.
// Thread safety: pure functions.
#pragma once

#include <string>

#include "shared/form/form.hpp"
#include "shared/form/local_time.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::form {

/// What the case knows besides the answers.
struct CaseOrigin {
  Uuid client;
  Uuid questionnaire;
  /// Who opens it: the rep of the meeting.
  Uuid rep;
  std::string company;
  std::string met_on;
  LocalTime now;
};

/// The body of the new case.
Json quality_case_body(const Form& form, const Json& answers, const CaseOrigin& origin);

/// The relevant answers of class "service", in the stored shape.
Json service_answers(const Form& form, const Json& answers, const LocalTime& now);

}  // namespace anketa::form
