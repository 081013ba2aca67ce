// Which column of a CRM's export feeds which field of ours.
//
// Headers are matched by their words in Russian and English, without regard to case, ё/е, punctuation and spaces; a
// given mapping goes first. Targets are fields of a client ("name", "contract/speed_mbps"), of its contact person
// ("contact.name"), and "owner" (login or full name of the rep). Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::importer {

/// How the text of a column becomes a value.
enum class ValueKind { Text, Inn, Phone, Email, Integer, Money, KeyStatus, Services, Roles };

struct Target {
  std::string_view name;
  ValueKind kind;
  /// Headers that mean it, folded as by fold_header; "|" between them.
  std::string_view headers;
};

/// All targets, in the order in which `--map` help lists them.
const std::vector<Target>& targets();
const Target* find_target(std::string_view name);

/// A header in small letters, ё as е, only letters and digits: "Р/с №" → "рс".
std::string fold_header(std::string_view header);

struct ColumnMapping {
  /// Column number by target.
  std::map<std::string, std::size_t, std::less<>> columns;
  /// Headers that feed nothing.
  std::vector<std::string> unused;
};

/// `given` names targets by header ("Наименование" → "name"); an empty target leaves the column out.
/// Throws ProblemError(CsvInvalid) where a given header or target does not exist, and where no column is the name.
ColumnMapping map_columns(const std::vector<std::string>& header,
                          const std::map<std::string, std::string, std::less<>>& given);

}  // namespace anketa::importer
