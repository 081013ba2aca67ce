#include "tests/shared/merge/reference_model.hpp"

#include <algorithm>
#include <utility>

#include "shared/merge/merge.hpp"

namespace anketa::merge::testing {
namespace {

bool at_or_below(const std::string& path, const std::string& above) {
  return above.empty() || path == above || path.starts_with(above + "/");
}

void flatten(const Json& value, const std::string& path, Json& into) {
  const auto below = [&](const std::string& member) { return path.empty() ? member : path + "/" + member; };
  if (value.is_object())
    for (const auto& [key, child] : value.items()) flatten(child, below(key), into);
  else if (value.is_array())
    for (const auto& element : value) into[below(element.get<std::string>())] = true;
  else if (!value.is_null())
    into[path] = value;
}

/// The list item a path lies in; empty where it lies in none.
std::string item_of(const std::string& path) {
  static const std::string list = "answers/list/";
  if (!path.starts_with(list)) return {};
  return path.substr(0, path.find('/', list.size()));
}

bool is_item(const std::string& path) {
  return !path.empty() && item_of(path) == path;
}
bool is_entry(const std::string& path) {
  return path.starts_with("notes/");
}

bool legal(const std::string& from, const std::string& to) {
  static const std::set<std::pair<std::string, std::string>> steps{{"draft", "complete"},
                                                                   {"draft", "paused"},
                                                                   {"paused", "resumed"},
                                                                   {"resumed", "paused"},
                                                                   {"resumed", "complete_after_pause"}};
  return steps.contains({from, to});
}

/// One mutation on top of a picture. Used once.
class Step {
 public:
  /// `chain`: the author's own edits before this one. `own_view`: what he makes is in effect, whatever stands there.
  Step(Picture& picture, const Mutation& mutation, std::set<Uuid> chain, const std::map<Uuid, Mutation>& taken,
       bool own_view)
      : p_(picture), m_(mutation), chain_(std::move(chain)), taken_(taken), own_view_(own_view) {}

  /// False: the mutation parks, and the picture is spoilt.
  bool run() {
    undelete();
    for (const auto& op : m_.ops) {
      lost_here_ = false;
      one(op);
      if (!op.consumes.empty() && !lost_here_) resolve(op);
    }
    return !parks_;
  }

 private:
  bool made_or_saw(const Op& op, const Uuid& by) const {
    return own_view_ || by == m_.id || chain_.contains(by) || std::count(op.over.begin(), op.over.end(), by) > 0;
  }
  bool knows(const Op& op, const Uuid& by) const {
    return made_or_saw(op, by) || std::count(op.consumes.begin(), op.consumes.end(), by) > 0;
  }
  const ModelCell* standing(const std::string& path) const {
    const auto found = p_.cells.find(path);
    return found == p_.cells.end() ? nullptr : &found->second;
  }
  bool has_value(const std::string& path) const { return standing(path) && !standing(path)->value.is_null(); }
  bool knows_cell(const Op& op, const std::string& path) const {
    return !standing(path) || knows(op, standing(path)->by);
  }
  /// The newest edit at or below a path that the author does not know.
  std::optional<Uuid> unknown_below(const Op& op, const std::string& path) const {
    std::optional<Uuid> newest;
    for (const auto& [cell, state] : p_.cells)
      if (at_or_below(cell, path) && !knows(op, state.by) && (!newest || *newest < state.by)) newest = state.by;
    return newest;
  }

  void one(const Op& op) {
    switch (op.kind) {
      case OpKind::Set:
        return give(op, op.path, op.value);
      case OpKind::Add:
        return add(op, op.path + "/" + op.value.get<std::string>());
      case OpKind::Append: {
        auto entry = op.value;
        entry.erase("id");
        return log(op, op.path + "/" + op.value.at("id").get<std::string>(), entry);
      }
      case OpKind::Transition:
        return transition(op);
      case OpKind::Remove:
        if (op.value.is_string()) return take_out(op, op.path + "/" + op.value.get<std::string>());
        if (op.path.empty()) return remove_record(op);
        return give(op, op.path, nullptr);
    }
  }

  void give(const Op& op, const std::string& path, const Json& value) {
    if (is_item(path) && value.is_null()) return remove_item(op, path);
    if (is_entry(path)) return log(op, path, value);
    if (value.is_array()) return give_set(op, path, value);
    if (!value.is_object()) return scalar(op, path, value);
    for (const auto& [key, child] : value.items()) give(op, path.empty() ? key : path + "/" + key, child);
  }

  // A scalar: who has seen what stands there replaces it; who has not is a side, unless both say the same.
  void scalar(const Op& op, const std::string& path, const Json& value) {
    // There is nothing to clear in an item that is gone: that alone does not bring it back.
    if (value.is_null() && !standing(path)) return;
    bring_back(op, path);
    const bool position = !item_of(path).empty() && path == item_of(path) + "/pos";
    if (knows_cell(op, path) || position) return put(op, path, value);
    if (standing(path)->value == value) return agree(op, path, value);
    lose(op, path, value, path);
  }

  // An element: adding wins over removing, unless the remover has seen the add.
  void add(const Op& op, const std::string& path) {
    bring_back(op, path);
    const bool joins = has_value(path) && !knows_cell(op, path);
    p_.removed.erase(item_of(path));
    if (joins) p_.joined[merged_id(m_.id, path)] = m_.user;
    p_.cells[path] = {true, joins ? merged_id(m_.id, path) : m_.id};
  }
  void take_out(const Op& op, const std::string& path) {
    if (has_value(path) && knows_cell(op, path)) p_.cells[path] = {nullptr, m_.id};
  }
  void give_set(const Op& op, const std::string& path, const Json& wanted) {
    bring_back(op, path);
    const auto before = p_.values(path);
    const auto after = flat(wanted);
    for (const auto& [element, yes] : after.items())
      if (!before.contains(element)) add(op, path + "/" + element);
    for (const auto& [element, yes] : before.items())
      if (!after.contains(element)) take_out(op, path + "/" + element);
  }

  // An entry of a log stands once it is made; only a resolution changes it.
  void log(const Op& op, const std::string& path, const Json& entry) {
    if (has_value(path) && standing(path)->value == entry) return;
    if (!has_value(path) || own_view_ || (!op.consumes.empty() && knows_cell(op, path)))
      p_.cells[path] = {entry, m_.id};
    else if (knows_cell(op, path))
      parks_ = true;
    else
      lose(op, path, entry, path);
  }

  void transition(const Op& op) {
    const auto from = op.value.at("from").get<std::string>(), to = op.value.at("to").get<std::string>();
    const auto now = standing(op.path)->value.get<std::string>();
    const bool known = knows_cell(op, op.path);
    if (now == to)
      agree(op, op.path, to);
    else if (own_view_ || legal(now, to) || (known && !op.consumes.empty()))
      put(op, op.path, to);
    else if (known || !legal(from, to))
      parks_ = true;
    else
      return lose(op, op.path, op.value, op.path);  // with its facts
    if (op.value.contains("facts")) give(op, {}, op.value.at("facts"));
  }

  // Removing an item or the record takes having seen every cell of it; an edit of who has not seen the removal brings
  // it back as it was, and the removal is a side.
  void remove_item(const Op& op, const std::string& item) {
    if (p_.values(item).empty()) return;
    if (unknown_below(op, item)) return lose(op, item, nullptr, item);
    Picture::Removal removal{m_.id, {}};
    for (const auto& [path, cell] : ModelCells(p_.cells))
      if (at_or_below(path, item)) removal.held[path] = cell, p_.cells.erase(path);
    p_.removed[item] = std::move(removal);
    review(item, nullptr);
  }
  void bring_back(const Op& op, const std::string& path) {
    const auto found = p_.removed.find(item_of(path));
    if (found == p_.removed.end() || knows(op, found->second.by)) return;
    p_.sides[found->first][found->second.by] = nullptr;
    p_.cells.merge(found->second.held);
    p_.removed.erase(found);
  }
  void remove_record(const Op& op) {
    if (p_.deleted_by) return;
    if (unknown_below(op, {})) return lose(op, {}, nullptr, {});
    p_.deleted_by = m_.id;
    review({}, nullptr);
  }
  void undelete() {
    const auto edits = [](const Op& op) { return op.kind != OpKind::Remove || !op.path.empty(); };
    if (!p_.deleted_by || std::none_of(m_.ops.begin(), m_.ops.end(), edits)) return;
    const auto by = *std::exchange(p_.deleted_by, std::nullopt);
    if (std::none_of(m_.ops.begin(), m_.ops.end(), [&](const Op& op) { return knows(op, by); }))
      p_.sides[""][by] = nullptr;
  }

  /// The value is in effect. Where its cell is in conflict it takes the place of what it replaces.
  void put(const Op& op, const std::string& path, const Json& value) {
    const auto before = standing(path) ? std::optional(standing(path)->by) : std::nullopt;
    p_.removed.erase(item_of(path));
    p_.cells[path] = {value, m_.id};
    if (!op.consumes.empty() && path == op.path) return;  // resolve() says what becomes of the sides
    const auto sides = p_.sides.find(path);
    if (sides == p_.sides.end() || !before || sides->second.erase(*before) == 0) return;
    sides->second[m_.id] = flat(value);
    review(path, value);
  }

  /// The value is not in effect: a side, beside what stands in its way. It takes the place of the author's own sides.
  void lose(const Op& op, const std::string& path, const Json& value, const std::string& standing_at) {
    lost_here_ = lost_here_ || path == op.path;
    auto& sides = p_.sides[path];
    if (const auto other = unknown_below(op, standing_at))
      sides.try_emplace(*other, standing(path) ? flat(standing(path)->value) : p_.values(standing_at));
    settle_named(op, sides);
    settle_own(op, sides);
    sides[m_.id] = flat(value);
  }

  /// Somebody else's value, unseen, is the same: only the author's own sides are overtaken.
  void agree(const Op& op, const std::string& path, const Json& value) {
    auto& sides = p_.sides[path];
    const auto before = sides.size();
    settle_named(op, sides);
    settle_own(op, sides);
    if (sides.size() < before) review(path, value);
    if (sides.empty()) p_.sides.erase(path);
  }

  void resolve(const Op& op) {
    const auto found = p_.sides.find(op.path);
    if (found == p_.sides.end()) return;
    settle_named(op, found->second);
    const bool open = review(op.path, op.kind == OpKind::Transition ? op.value.at("to") : op.value);
    if (open) found->second[m_.id] = flat(op.value);
  }

  void settle_named(const Op& op, std::map<Uuid, Json>& sides) const {
    for (const auto& id : op.consumes) sides.erase(id);
  }
  Uuid author_of(const Uuid& edit) const {
    if (const auto joined = p_.joined.find(edit); joined != p_.joined.end()) return joined->second;
    const auto found = taken_.find(edit);
    return found == taken_.end() ? m_.user : found->second.user;  // unsent edits in an own view are its author's
  }
  void settle_own(const Op& op, std::map<Uuid, Json>& sides) const {
    std::erase_if(sides,
                  [&](const auto& side) { return author_of(side.first) == m_.user && made_or_saw(op, side.first); });
  }
  /// A conflict is open while a side differs from what is in effect.
  bool review(const std::string& path, const Json& in_effect) {
    const auto found = p_.sides.find(path);
    if (found == p_.sides.end()) return false;
    const auto now = flat(in_effect);
    if (std::any_of(found->second.begin(), found->second.end(), [&](const auto& side) { return side.second != now; }))
      return true;
    p_.sides.erase(found);
    return false;
  }

  Picture& p_;
  const Mutation& m_;
  const std::set<Uuid> chain_;
  const std::map<Uuid, Mutation>& taken_;
  const bool own_view_;
  bool lost_here_ = false;
  bool parks_ = false;
};

}  // namespace

Json flat(const Json& value) {
  if (!value.is_structured()) return value;
  Json all = Json::object();
  flatten(value, {}, all);
  return all;
}

Json Picture::values(const std::string& path) const {
  Json all = Json::object();
  for (const auto& [cell, state] : cells)
    if (at_or_below(cell, path)) flatten(state.value, path.empty() ? cell : cell.substr(path.size() + 1), all);
  return all;
}

void ReferenceModel::take(const Mutation& mutation) {
  taken_.emplace(mutation.id, mutation);
  auto next = now();
  const bool after_parked = mutation.prev && parked_.contains(*mutation.prev);
  if (!after_parked && Step(next, mutation, chain_of(mutation), taken_, false).run())
    return pictures_.push_back(std::move(next));
  parked_.insert(mutation.id);
  pictures_.push_back(now());
}

Picture ReferenceModel::own_view(std::size_t known, std::span<const Mutation> own) const {
  auto picture = pictures_.at(known);
  for (const auto& mutation : own) Step(picture, mutation, {}, taken_, true).run();
  return picture;
}

std::set<Uuid> ReferenceModel::chain_of(const Mutation& mutation) const {
  std::set<Uuid> chain;
  for (auto before = mutation.prev; before;) {
    chain.insert(*before);
    const auto found = taken_.find(*before);
    before = found == taken_.end() ? std::nullopt : found->second.prev;
  }
  return chain;
}

}  // namespace anketa::merge::testing
