#include "sync-server/reports/text_match.hpp"

#include <algorithm>

#include "shared/text/search.hpp"

namespace anketa::server::reports {

TextMatch::TextMatch(std::string_view query) : prefixes_(text::query_prefixes(query)) {
  for (auto& prefix : prefixes_) prefix.insert(0, 1, ' ');
}

bool TextMatch::operator()(std::string_view text) const {
  if (takes_all()) return true;
  const auto words = " " + text::index_text(text);
  return std::all_of(prefixes_.begin(), prefixes_.end(),
                     [&](const std::string& prefix) { return words.find(prefix) != std::string::npos; });
}

}  // namespace anketa::server::reports
