// Which members of a list's items are columns of its sheet. Private to sync-server/exports.
#pragma once

#include <string>
#include <vector>

namespace anketa::server::exports {

struct List {
  /// Without "/v1/".
  std::string path;
  /// Paths of members in an item: "client/name".
  std::vector<std::string> columns;
  /// Where the items are: "items", "devices"; several where an answer has one list after the other, and then the list's
  /// name is the first column.
  std::vector<std::string> arrays = {"items"};
  /// Items of the items, which are the rows: "reps" of weeks. Columns of the outer one begin with "/".
  std::string inner = {};
};

const std::vector<List>& lists();

}  // namespace anketa::server::exports
