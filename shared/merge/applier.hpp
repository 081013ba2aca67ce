// Carries single changes out on a record: values, provenance, tombstones of list items.
#pragma once

#include "shared/merge/merge.hpp"

namespace anketa::merge {

class Applier {
 public:
  Applier(RecordState& record, const Mutation& mutation) : record_(record), mutation_(mutation) {}

  void run(const CellChange& change);

 private:
  void create();
  void set(const std::string& path, const Json& value, const Uuid& by);
  void credit(const std::string& cell, const Uuid& by);
  void forget_removed_above(const std::string& path);
  void add_element(const std::string& set_path, const std::string& element);
  void remove_element(const std::string& set_path, const std::string& element);
  void put(const std::string& set_path, const std::string& element, bool present);
  void remove_item(const std::string& path);
  void restore_item(const std::string& path);

  RecordState& record_;
  const Mutation& mutation_;
};

}  // namespace anketa::merge
