#include "tools/simulation/words.hpp"

#include <algorithm>
#include <cctype>

namespace anketa::simulation {
namespace {

constexpr std::string_view mark = "~w";

}  // namespace

std::set<std::string> marked_words(std::string_view text) {
  std::set<std::string> words;
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    auto end = at + mark.size();
    while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end]))) ++end;
    words.emplace(text.substr(at, end - at));
  }
  return words;
}

std::set<std::string> TextMemory::own_words(const Uuid& record, const std::string& path, const Uuid& mutation,
                                            const std::string& text) {
  auto& cell = cells_[{record, path}];
  auto own = marked_words(text);
  for (const auto& word : cell.words) own.erase(word);
  cell.words.insert(own.begin(), own.end());
  cell.texts[mutation] = text;
  return own;
}

void TextMemory::remember(const RecordState& record) {
  each_cell(record.body, "", [&](const std::string& path, const Json& value) {
    if (!value.is_string()) return;
    const auto& text = value.get_ref<const std::string&>();
    const auto by = record.provenance(path);
    if (!by || text.find(mark) == std::string::npos) return;
    auto& cell = cells_[{record.id, path}];
    cell.words.merge(marked_words(text));
    cell.texts[*by] = text;
  });
}

const std::string* TextMemory::text(const Uuid& record, const std::string& path, const Uuid& provenance) const {
  const auto cell = cells_.find({record, path});
  if (cell == cells_.end()) return nullptr;
  const auto found = cell->second.texts.find(provenance);
  return found == cell->second.texts.end() ? nullptr : &found->second;
}

}  // namespace anketa::simulation
