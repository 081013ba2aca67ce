// The texts of a CRM's cells as values of our fields. Pure.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "shared/record/json.hpp"
#include "tools/import/columns.hpp"

namespace anketa::importer {

/// Why a text is no such value: key of a text in the table "import", under "reason".
struct Unfit {
  std::string reason;
};

using ParsedValue = std::variant<Json, Unfit>;

/// The value of a text that is not empty. Money: "1 200 000,50 ₽" is 120000050. Inn: 10 or 12 digits with their check
/// digits. Services and roles: codes or labels of the shipped questionnaire, Russian or English, by comma or semicolon.
ParsedValue parse_value(std::string_view text, ValueKind kind);

}  // namespace anketa::importer
