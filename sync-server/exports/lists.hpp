// The lists of the reading API as sheets, filtered as they are asked for.
//
// Model: a list is what its own route answers; which of its members are columns, and in what order, stands here, and
// what kind of cell each is and how its values are called follows from the API's description. Thread safety: free of
// state.
#pragma once

#include <functional>

#include "shared/text/text.hpp"
#include "sync-server/exports/sheet.hpp"

namespace anketa::server::exports {

using Query = std::map<std::string, std::string, std::less<>>;
/// What a path of the API answers; throws ProblemError as its route refuses.
using Ask = std::function<Json(const std::string& path, const Query& query)>;

/// A list whole: its sheet, and its items as the API gives them.
struct Exported {
  Sheet sheet;
  Json items;
};

/// `list`: the path of a list without "/v1/", for instance "clients" or "campaign/cadence". Takes the parameters of
/// that list; paging is not among them: the whole list comes. Throws ProblemError(NotFound) for what is no list.
Exported export_list(const Ask& ask, const std::string& list, Query query, text::Language language);

/// Paths of all lists, without "/v1/".
std::vector<std::string> exported_lists();

}  // namespace anketa::server::exports
