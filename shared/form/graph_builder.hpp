// The graph of what depends on what: finds cycles and the order of evaluation.
#pragma once

#include <cstddef>
#include <vector>

#include "shared/form/form.hpp"
#include "shared/form/load_problems.hpp"

namespace anketa::form {

/// Fills a form's computed entries and dependents; reports cycles.
class GraphBuilder {
 public:
  GraphBuilder(Form& form, LoadProblems& problems) : form_(form), problems_(problems) {}
  void build();

 private:
  void collect_entries();
  void collect_edges();
  void add_edges(std::size_t to, const Expression& expression);
  void sort();
  void report_cycles(const std::vector<std::size_t>& waiting_for);
  void fill_dependents();

  const Expression& expression_of(std::size_t entry) const;

  Form& form_;
  LoadProblems& problems_;
  /// Entries in row order until sort() puts them in order of evaluation.
  std::vector<Computed> entries_;
  /// Entry of a row's relevance and of its calculation, or none.
  std::vector<std::size_t> relevance_entry_, calculation_entry_;
  /// edges_[a] holds the entries that depend on a.
  std::vector<std::vector<std::size_t>> edges_;
  std::vector<std::size_t> rank_;
};

}  // namespace anketa::form
