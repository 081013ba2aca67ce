// Three-way merge of long texts, by paragraph.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anketa::merge {

/// Joins the changes that two authors made to the same base. A paragraph is a line. nullopt where both changed the same
/// paragraphs in different ways: text is never interleaved silently.
std::optional<std::string> merge_paragraphs(std::string_view base, std::string_view ours, std::string_view theirs);

}  // namespace anketa::merge
