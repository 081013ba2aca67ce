#include "sync-server/store/upsert.hpp"

#include <algorithm>

namespace anketa::server {

std::string upsert(std::string_view table, std::string_view columns) {
  std::string values, changes;
  int number = 0;
  for (std::size_t begin = 0; begin < columns.size();) {
    const auto end = std::min(columns.find(", ", begin), columns.size());
    const std::string column(columns.substr(begin, end - begin));
    if (number > 0) values += ", ";
    values += "?" + std::to_string(++number);
    if (number > 1) changes += (changes.empty() ? "" : ", ") + column + " = excluded." + column;
    begin = end + 2;
  }
  return "INSERT INTO " + std::string(table) + " (" + std::string(columns) + ") VALUES (" + values +
         ") ON CONFLICT (id) DO UPDATE SET " + changes;
}

}  // namespace anketa::server
