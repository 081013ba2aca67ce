// Texts for people, in Russian first and English second.
//
// A key is "<table>.<path>": "problem.disk_full.what" is the entry disk_full → what of ru/problem.json or
// en/problem.json. Placeholders stand in braces: "{name}". An entry that is an object with the members one, few, many,
// other is a plural: the argument "count" picks the form by the rules of the language (1 анкета, 2 анкеты, 5 анкет, 1,5
// анкеты). Thread safety: everything here may be called from any thread; the tables are read once and never change.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::text {

enum class Language { Russian, English };

/// "ru" or "en".
std::string_view code(Language language);
/// Language of a code such as "ru", "ru_RU.UTF-8" or "en-GB"; Russian where it is neither.
Language from_code(std::string_view code);

using Arguments = std::map<std::string, std::string, std::less<>>;

/// The text of a key with its placeholders filled. An unknown key gives the key itself (a test finds those).
std::string get(Language language, std::string_view key, const Arguments& arguments = {});

/// Whether the key exists in that language.
bool has(Language language, std::string_view key);

/// All keys of a language, sorted, for the test that compares both.
std::vector<std::string> keys(Language language);

/// CLDR plural category of a count written as a decimal ("1", "21", "1.5"): one, few, many or other.
std::string_view plural_category(Language language, std::string_view count);

}  // namespace anketa::text
