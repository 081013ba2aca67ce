// Whether every value a commit brought to a record, and every value it took from there, is accounted for (invariant 2).
//
// By induction over commits: a value that is in effect stays until somebody who saw it replaces it, or becomes a side
// of a conflict; a new value is in effect, or was replaced by its author's own next edit, or is a side. It asks only
// what mutations say they saw (`over`, `prev`), never the product's merge.
#pragma once

#include <map>
#include <string>

#include "tools/simulation/server_watch.hpp"
#include "tools/simulation/words.hpp"

namespace anketa::simulation {

class EffectCheck {
 public:
  EffectCheck(const ServerWatch& watch, const RecordChange& change, TextMemory& texts,
              std::map<std::string, std::uint64_t>& merges)
      : watch_(watch), change_(change), texts_(texts), merges_(merges) {}

  /// Throws Violation.
  void run();

 private:
  void check_new(std::size_t number, const Op& op);
  bool stood_already(std::size_t number, const std::string& path, const Json& value) const;
  void check_value(std::size_t number, const Op& op, const std::string& path, const Json& value);
  void check_text(const Op& op, const std::string& path, const std::string& text, const Mutation& mutation);
  void check_removed_element(std::size_t number, const Op& op, const std::string& path);
  void check_old(const std::string& path, const Json& value);
  bool words_accounted(const std::string& path, const std::string& before) const;
  void check_deletions();
  void check_shown(std::size_t number);

  /// Whether a later mutation of the commit touched the path having seen that one.
  bool followed(std::size_t number, const std::string& path) const;
  bool is_side(const Uuid& mutation, const std::string& path) const;
  bool has_side(const std::string& path, const std::function<bool(const merge::Side&)>& test) const;
  bool saw(const Mutation& mutation, const Op& op, const Uuid& seen) const;
  /// Whether a mutation of the commit, from the given one on, took a legal step from that status: a step is taken from
  /// where the record stands, seen by its author or not.
  bool stepped_from(const Json& status, const std::string& path, std::size_t first) const;
  /// Whether some mutation of the commit touched the path having seen that one.
  bool replaced_knowingly(const std::string& path, const Uuid& provenance) const;
  [[noreturn]] void lost(const std::string& path, const Json& value, const std::string& what) const;

  const ServerWatch& watch_;
  const RecordChange& change_;
  TextMemory& texts_;
  std::map<std::string, std::uint64_t>& merges_;
};

}  // namespace anketa::simulation
