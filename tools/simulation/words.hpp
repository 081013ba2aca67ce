// Marked words in long texts. Every edit of a text brings words of its own ("~w7k3"), so that a checker can tell whose
// words are missing after a merge without merging anything itself.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "shared/record/record_state.hpp"

namespace anketa::simulation {

/// The marked words of a text.
std::set<std::string> marked_words(std::string_view text);

/// What has stood in the texts of all records.
class TextMemory {
 public:
  /// Words of a mutation's text that no earlier text of the cell had: its author's own. Remembers the text.
  std::set<std::string> own_words(const Uuid& record, const std::string& path, const Uuid& mutation,
                                  const std::string& text);
  /// Remembers the texts of a record with what their provenance says.
  void remember(const RecordState& record);
  /// The text a cell showed under that provenance; null where it was never seen.
  const std::string* text(const Uuid& record, const std::string& path, const Uuid& provenance) const;

 private:
  struct Cell {
    std::set<std::string> words;
    std::map<Uuid, std::string> texts;
  };
  std::map<std::pair<Uuid, std::string>, Cell> cells_;
};

}  // namespace anketa::simulation
