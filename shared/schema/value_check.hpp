// What a value must look like: types, choices, formats, sizes. Used by validate() only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/schema/schema.hpp"

namespace anketa::schema {

/// Longest path of a cell, in bytes.
inline constexpr std::size_t max_path = 512;
/// Members of a cell's path, those inside a value included: what is stored must always fit a message again.
inline constexpr std::size_t max_members = 20;

/// Where in a body a check stands. A list from the inside out, so that the path is spelt only when something is wrong.
class Where {
 public:
  explicit Where(std::string_view path);
  Where(const Where& above, std::string_view member)
      : above_(&above),
        member_(member),
        bytes_(above.bytes_ + member.size() + (above.bytes_ > 0 ? 1 : 0)),
        members_(above.members_ + 1) {}

  std::string path() const;
  /// Whether a cell may stand here: neither too deep nor under too long a path.
  std::optional<Problem> check_size() const;

 private:
  const Where* above_ = nullptr;
  std::string_view member_;
  std::size_t bytes_ = 0;
  std::size_t members_ = 0;
};

Problem wrong_type(const Where& where);
Problem invalid(const Where& where, std::string_view value);

/// Whether a text is the id of an item in the form that paths use: a UUID in lower case.
bool is_item_id(std::string_view text);

/// A name in a path.
std::optional<Problem> check_member(const std::string& member, const Where& where);
/// Elements of a set: short texts, none of them empty.
std::optional<Problem> check_element(const Json& element, const Where& where);
/// Free JSON below a tree: no floating point, no arrays but sets.
std::optional<Problem> check_free(const Json& value, const Where& where);
/// Items of a list or entries of a log, by id.
std::optional<Problem> check_items(const Field& field, const Json& items, const Where& where);
/// A field's whole value; null is always valid here.
std::optional<Problem> check_value(const Field& field, const Json& value, const Where& where);

}  // namespace anketa::schema
