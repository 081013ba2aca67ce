// Searching in names and answers by the words of a query, as the device does (shared/text/search.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anketa::server::reports {

class TextMatch {
 public:
  explicit TextMatch(std::string_view query);

  /// Whether every word of the query begins, ending aside, some word of the text. A query without words matches all.
  bool operator()(std::string_view text) const;
  bool takes_all() const { return prefixes_.empty(); }

 private:
  std::vector<std::string> prefixes_;
};

}  // namespace anketa::server::reports
