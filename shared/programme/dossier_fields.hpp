// Which fields of dossier_part belong to which of the four parts (R30).
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

namespace anketa::programme {

/// Whether the part has the field. Its revision and its facts every part has.
bool is_dossier_field(std::string_view part, std::string_view field);

}  // namespace anketa::programme
