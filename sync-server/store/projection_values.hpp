// From a record's cells to the columns of a projection. Private to sync-server/store.
#pragma once

#include <string>

#include "sync-server/store/projections.hpp"

namespace anketa::server {

inline SqlValue text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return nullptr;
}

inline SqlValue integer_of(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  return nullptr;
}

inline SqlValue id_of(const Json& value) {
  if (value.is_string())
    if (const auto id = Uuid::parse(value.get_ref<const std::string&>())) return *id;
  return nullptr;
}

/// The text, or what a record starts with where nobody has set it yet.
inline SqlValue text_or(const Json& value, const char* otherwise) {
  if (value.is_string()) return value.get<std::string>();
  return std::string(otherwise);
}

inline std::int64_t integer_or_zero(const Json& value) {
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

/// 1 or 0; null where nobody has said.
inline SqlValue flag_of(const Json& value) {
  if (value.is_boolean()) return std::int64_t{value.get<bool>() ? 1 : 0};
  return nullptr;
}

}  // namespace anketa::server
