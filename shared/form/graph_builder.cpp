#include "shared/form/graph_builder.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace anketa::form {
namespace {

constexpr auto none = static_cast<std::size_t>(-1);

void add_once(std::vector<Dependent>& dependents, const Dependent& dependent) {
  for (auto& each : dependents) {
    if (each.computed != dependent.computed) continue;
    each.wide = each.wide || dependent.wide;
    return;
  }
  dependents.push_back(dependent);
}

}  // namespace

void GraphBuilder::build() {
  collect_entries();
  collect_edges();
  sort();
}

void GraphBuilder::collect_entries() {
  const auto rows = form_.size();
  relevance_entry_.assign(rows, none);
  calculation_entry_.assign(rows, none);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto& row = form_.rows()[i];
    if (row.relevant) {
      relevance_entry_[i] = entries_.size();
      entries_.push_back({Computed::Kind::Relevance, static_cast<RowIndex>(i)});
    }
    if (row.calculation) {
      calculation_entry_[i] = entries_.size();
      entries_.push_back({Computed::Kind::Calculation, static_cast<RowIndex>(i)});
    }
  }
}

const Expression& GraphBuilder::expression_of(std::size_t entry) const {
  const auto& row = form_.row(entries_[entry].row);
  return entries_[entry].kind == Computed::Kind::Relevance ? *row.relevant : *row.calculation;
}

void GraphBuilder::collect_edges() {
  edges_.assign(entries_.size(), {});
  for (std::size_t to = 0; to < entries_.size(); ++to) add_edges(to, expression_of(to));
}

/// What an expression reads: a calculation's value, and the relevance of the row and of all that is around it.
void GraphBuilder::add_edges(std::size_t to, const Expression& expression) {
  const auto depend = [&](std::size_t from) {
    auto& out = edges_[from];
    if (std::find(out.begin(), out.end(), to) == out.end()) out.push_back(to);
  };
  for (const auto& dependency : expression.dependencies()) {
    const auto row = static_cast<std::size_t>(dependency.row);
    if (calculation_entry_[row] != none) depend(calculation_entry_[row]);
    for (auto guard = form_.row(dependency.row).guard; guard != no_row;) {
      depend(relevance_entry_[static_cast<std::size_t>(guard)]);
      const auto parent = form_.row(guard).parent;
      guard = parent == no_row ? no_row : form_.row(parent).guard;
    }
  }
}

/// Kahn's algorithm; of the entries that are ready the one earliest in the sheet goes first.
void GraphBuilder::sort() {
  std::vector<std::size_t> waiting_for(entries_.size(), 0);
  for (const auto& out : edges_)
    for (const auto to : out) ++waiting_for[to];
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (waiting_for[i] == 0) ready.push(i);
  rank_.assign(entries_.size(), none);
  while (!ready.empty()) {
    const auto entry = ready.top();
    ready.pop();
    rank_[entry] = form_.computed_.size();
    form_.computed_.push_back(entries_[entry]);
    for (const auto to : edges_[entry])
      if (--waiting_for[to] == 0) ready.push(to);
  }
  if (form_.computed_.size() < entries_.size()) return report_cycles(waiting_for);
  fill_dependents();
}

/// What was never ready lies on a cycle or behind one. Walking backwards along such entries ends in the cycle itself.
void GraphBuilder::report_cycles(const std::vector<std::size_t>& waiting_for) {
  std::vector<std::size_t> before(entries_.size(), none);
  for (std::size_t from = 0; from < edges_.size(); ++from)
    for (const auto to : edges_[from])
      if (waiting_for[from] > 0 && waiting_for[to] > 0) before[to] = from;
  std::vector<int> walked(entries_.size(), 0);
  int walk = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (waiting_for[i] == 0 || walked[i] != 0) continue;
    ++walk;
    auto at = i;
    while (at != none && walked[at] == 0) {
      walked[at] = walk;
      at = before[at];
    }
    if (at == none || walked[at] != walk) continue;
    // Each name needs the one after it.
    auto names = form_.row(entries_[at].row).name;
    for (auto step = before[at]; step != at; step = before[step]) names += " → " + form_.row(entries_[step].row).name;
    const auto& row = form_.row(entries_[at].row);
    const bool relevance = entries_[at].kind == Computed::Kind::Relevance;
    problems_.add("survey", row.sheet_row, relevance ? "relevant" : "calculation", "cycle",
                  {{"names", names + " → " + row.name}});
  }
}

void GraphBuilder::fill_dependents() {
  form_.dependents_.resize(form_.size());
  for (std::size_t entry = 0; entry < entries_.size(); ++entry) {
    const auto& expression = expression_of(entry);
    for (const auto& dependency : expression.dependencies()) {
      const Dependent dependent{rank_[entry], dependency.wide};
      auto& of_row = form_.dependents_[static_cast<std::size_t>(dependency.row)];
      add_once(dependency.structure ? of_row.on_structure : of_row.on_value, dependent);
      for (auto guard = form_.row(dependency.row).guard; guard != no_row;) {
        add_once(form_.dependents_[static_cast<std::size_t>(guard)].on_relevance, dependent);
        const auto parent = form_.row(guard).parent;
        guard = parent == no_row ? no_row : form_.row(parent).guard;
      }
    }
    if (expression.uses_clock()) form_.clock_dependents_.push_back(rank_[entry]);
    if (expression.uses_language()) form_.language_dependents_.push_back(rank_[entry]);
  }
}

}  // namespace anketa::form
