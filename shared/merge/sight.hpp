// What the author of a mutation knew.
#pragma once

#include <algorithm>

#include "shared/merge/merge.hpp"

namespace anketa::merge {

class Sight {
 public:
  Sight(const Mutation& mutation, const Context& context, bool own_view)
      : mutation_(mutation), context_(context), own_view_(own_view) {}

  /// Whether the op was made with that mutation's value in view, or by its own chain: then it never conflicts with it.
  bool covers(const Op& op, const Uuid& by) const {
    return own_view_ || contains(op.consumes, by) || covers_before_resolving(op, by);
  }

  /// The same without what the op says it resolves.
  bool covers_before_resolving(const Op& op, const Uuid& by) const {
    return by == mutation_.id || contains(op.over, by) || (context_.in_own_chain && context_.in_own_chain(by));
  }

  /// Whether the author's view showed what stands in the cell. A cell that never had a value hides nothing.
  bool covers_cell(const Op& op, const RecordState& record, std::string_view path) const {
    const auto by = record.provenance(path);
    return !by || covers(op, *by);
  }

  /// The same of every value that stands at or below a path; what was cleared is not in the way of anything.
  bool covers_values(const Op& op, const RecordState& record, std::string_view path) const {
    bool all = true;
    each_cell(record.at(path), std::string(path),
              [&](const std::string& cell, const Json&) { all = all && covers_cell(op, record, cell); });
    return all;
  }

  /// The same of every cell at or below a path, cleared ones included.
  bool covers_below(const Op& op, const RecordState& record, std::string_view path) const {
    if (own_view_) return true;
    const auto all = record.provenance_below(path);
    return std::all_of(all.begin(), all.end(), [&](const Uuid& by) { return covers(op, by); });
  }

  static bool contains(const std::vector<Uuid>& ids, const Uuid& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }

 private:
  const Mutation& mutation_;
  const Context& context_;
  const bool own_view_;
};

}  // namespace anketa::merge
