// Folding of Russian and Latin text for comparison: small letters, ё as е, punctuation gone. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anketa::importer {

/// The words of a text, folded: "ООО «Ромашка-Ёж»" → "ооо", "ромашка", "еж". Other alphabets stay as they are.
std::vector<std::string> folded_words(std::string_view text);

/// The words joined by one space, so that two spellings of a name compare equal.
std::string folded(std::string_view text);

/// The name of a company without its legal form (ООО, АО, LLC …), folded: two exports rarely spell the form alike.
std::string folded_company(std::string_view name);

}  // namespace anketa::importer
