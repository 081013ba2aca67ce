// Fields typed as field=value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/record/json.hpp"

namespace anketa::cli {

/// {"a": {"b": value}} of "a/b=value", one after the other into `body`. A value is JSON, or a text where it is none.
/// Throws ProblemError(UsageInvalid) for what is no field=value.
void put_fields(Json& body, const std::vector<std::string>& fields);

/// The same for a command that knows what it fills: a field that the collection does not have is a mistyped one.
/// Throws ProblemError(UsageInvalid) that names it.
void put_fields_of(std::string_view collection, Json& body, const std::vector<std::string>& fields);

}  // namespace anketa::cli
