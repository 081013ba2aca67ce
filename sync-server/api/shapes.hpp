// Shapes that several subjects of the API answer with. Private to sync-server/api.
#pragma once

#include "sync-server/api/shape.hpp"

namespace anketa::server::api {

Shape coverage_state();
Shape case_status();
Shape severity();
Shape share();
/// How a week's norm goes: "behind", "on_pace", "met".
Shape pace();
/// {"done", "norm", "due", "pace"}.
Shape progress();
/// A recommendation score.
Shape score();
Shape questionnaire_item();
/// Of a question: {"name", "number", "label"}.
Members place();
Shape result_kind();

// Records

/// Who or what: the name is null where the record is not there any more.
Shape named();
/// {"id", "version", "seq", "fields"}.
Members stored(Shape fields);
/// A record on its own, of any kind or of one.
Shape record_view();
Shape record_view(const schema::Collection& collection);
/// What becomes of an edit.
Shape result_status();
Shape edit_outcome();

}  // namespace anketa::server::api
