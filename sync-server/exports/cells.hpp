// Values of the API as cells of a sheet, by the shape the API's description gives them. Private to sync-server/exports.
#pragma once

#include "shared/text/text.hpp"
#include "sync-server/exports/sheet.hpp"

namespace anketa::server::exports {

/// The schema of a member below an object's schema: "client/name". Null where there is none.
const Json* member_schema(const Json& schema, std::string_view path);

/// What kind of cell a member is, and whether it is one of a few words or a person.
SheetColumn column_of(const Json& schema, std::string_view path, std::string heading);

/// A value as its reader reads it: words for what has names, yes and no, one text of several.
Json cell_of(const Json& value, const Json& schema, text::Language language);

}  // namespace anketa::server::exports
