// From what a person types to the record he means.
#pragma once

#include <string>

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// The client of that id, of exactly that name, or the only one that the words find.
/// Throws ProblemError: RecordNotFound, or UsageInvalid naming the several that fit.
client::LocalRecord find_client(App& app, const std::string& typed);
/// The id; throws ProblemError(InvalidValue) for anything else.
Uuid record_id(const std::string& typed);

}  // namespace anketa::cli
