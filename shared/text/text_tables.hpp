// The embedded text tables as they were compiled in; text.hpp is what callers use.
#pragma once

#include <string_view>
#include <vector>

namespace anketa::text {

/// One JSON file: language ("ru", "en"), name ("problem", "cli" …) and its content.
struct Table {
  std::string_view language;
  std::string_view name;
  std::string_view json;
};

const std::vector<Table>& embedded_tables();

}  // namespace anketa::text
