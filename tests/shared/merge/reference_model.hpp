// A second implementation of merging, slow and obvious, to hold the product's against.
//
// Model: a record is a flat table of cells, each with its value and the edit that put it there. A Picture is what a
// record is after some edits; the model keeps the list of all edits and a picture after each. Every rule is written
// out from docs/merge.md, section 4 and 5, and shares no code with shared/merge but merged_id, which is part of the
// format. It knows the paths of the records that reference_test.cpp makes, not the schema.
//
// It leaves out: long texts (their three-way merge has tests of its own), values of another shape than what stands,
// validation, groups of mutations.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "shared/record/mutation.hpp"

namespace anketa::merge::testing {

struct ModelCell {
  /// Null: the cell was cleared.
  Json value;
  Uuid by;
};
using ModelCells = std::map<std::string, ModelCell>;

/// A value as an object of its leaves by relative path; anything but an object and an array is its own leaf.
Json flat(const Json& value);

struct Picture {
  struct Removal {
    Uuid by;
    ModelCells held;
  };
  ModelCells cells;
  /// Removed list items by path, with what they held.
  std::map<std::string, Removal> removed;
  std::optional<Uuid> deleted_by;
  /// Users who joined another's add, by the merged_id their element got.
  std::map<Uuid, Uuid> joined;
  /// Sides nobody has settled, by path and mutation, their values flat. A path without any has no open conflict.
  std::map<std::string, std::map<Uuid, Json>> sides;

  /// All cells that have a value, at or below a path, by path relative to it.
  Json values(const std::string& path = {}) const;
};

class ReferenceModel {
 public:
  /// The next mutation in the order of the server.
  void take(const Mutation& mutation);

  const Picture& now() const { return pictures_.back(); }
  bool parked(const Uuid& mutation) const { return parked_.contains(mutation); }
  /// Number of mutations taken.
  std::size_t size() const { return pictures_.size() - 1; }
  /// What an author sees who has received the first `known` mutations and made these since.
  Picture own_view(std::size_t known, std::span<const Mutation> own) const;

 private:
  std::set<Uuid> chain_of(const Mutation& mutation) const;

  std::map<Uuid, Mutation> taken_;
  std::set<Uuid> parked_;
  std::vector<Picture> pictures_{Picture()};
};

}  // namespace anketa::merge::testing
