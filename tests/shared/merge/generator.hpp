// Generated records and edits for property tests.
//
// Every run follows from its seed; tests capture the seed, so that a failure names it. Values are unique, so that a
// value can be looked for after any number of merges; the paths are few, so that edits meet.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/shared/merge/world.hpp"

namespace anketa::merge::testing {

/// splitmix64: the same numbers on every platform and library.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  /// 0 … below - 1.
  std::uint32_t upto(std::uint32_t below) { return static_cast<std::uint32_t>(next() % below); }
  bool one_in(std::uint32_t n) { return upto(n) == 0; }
  template <typename List>
  typename List::value_type pick(const List& list) {
    return list[upto(static_cast<std::uint32_t>(list.size()))];
  }

 private:
  std::uint64_t state_;
};

class Generator {
 public:
  Generator(std::uint64_t seed, std::string collection) : chance(seed), collection_(std::move(collection)) {}

  /// A body for a new record.
  Json body();
  /// One op of any kind that the schema allows. With `part` of `parts`, only of that share of the cells: ops of
  /// different parts touch different cells.
  Op op(const RecordState& view, std::uint32_t part = 0, std::uint32_t parts = 1);
  std::vector<Op> ops(const RecordState& view, std::uint32_t part = 0, std::uint32_t parts = 1);
  /// What a user might turn the body into: members changed, cleared (null) and added.
  Json wanted(const Json& body);
  /// A value nothing else holds.
  std::string unique() { return "v" + std::to_string(++last_); }

  Chance chance;

 private:
  Op contact_op(std::uint32_t part, std::uint32_t parts);
  Op dossier_op(const RecordState& view, std::uint32_t part, std::uint32_t parts);
  Op questionnaire_op(const RecordState& view, std::uint32_t part, std::uint32_t parts);
  Op tree_op(const std::string& root);
  Op status_op(const RecordState& view);
  std::string edited_text(const std::string& text);
  Json tree(int depth);

  std::string collection_;
  std::uint32_t last_ = 0;
};

/// Collections the generator knows.
inline const std::vector<std::string> generated{"contact", "dossier_part", "questionnaire"};

/// The record without version and seq, which count what the server did.
Json content(const RecordState& record);

}  // namespace anketa::merge::testing
