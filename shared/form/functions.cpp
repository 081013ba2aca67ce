#include "shared/form/functions.hpp"

#include <string>
#include <unordered_map>

namespace anketa::form {

const FunctionInfo* find_function(std::string_view name) {
  static const auto all = [] {
    std::unordered_map<std::string_view, const FunctionInfo*> functions;
    for (const auto family :
         {text_functions(), number_functions(), date_functions(), node_functions(), logic_functions()})
      for (const auto& function : family) functions.emplace(function.name, &function);
    return functions;
  }();
  const auto found = all.find(name);
  return found == all.end() ? nullptr : found->second;
}

}  // namespace anketa::form
