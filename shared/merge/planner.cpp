#include "shared/merge/planner.hpp"

#include "shared/merge/paths.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::merge {

Planner::Planner(const RecordState* current, const Mutation& mutation, const Context& context, bool own_view)
    : mutation_(mutation),
      context_(context),
      own_view_(own_view),
      collection_(schema::collection(mutation.collection)),
      draft_(current, mutation),
      sight_(mutation, context, own_view),
      book_(mutation, context, sight_) {}

Plan Planner::run() {
  if (own_view_ || accept()) plan();
  if (parked()) {
    plan_.as_in_own_view = false;
    return std::move(plan_);
  }
  plan_.changes = std::move(draft_).take();
  plan_.conflicted = book_.opened();
  plan_.conflicts = std::move(book_).take();
  if (plan_.conflicted) plan_.as_in_own_view = false;
  return std::move(plan_);
}

void Planner::plan() {
  if (draft_.now().deleted) undelete();
  for (const auto& op : mutation_.ops) {
    if (!draft_.untouched()) draft_.flush();
    take(op);
    if (parked()) return;
  }
  if (!draft_.existed() && !own_view_) check_new_record();
}

void Planner::park(Problem problem) {
  if (!plan_.parked) plan_.parked = std::move(problem);
}

bool Planner::accept() {
  if (!collection_) {
    park({ProblemCode::UnknownCollection, {{"collection", mutation_.collection}}, {}});
    return false;
  }
  if (draft_.existed()) {
    const auto& now = draft_.now();
    if (now.collection != mutation_.collection)
      park({ProblemCode::InvalidValue, {{"value", mutation_.collection}}, "collection"});
    else if (!(now.scope == mutation_.scope))
      park({ProblemCode::InvalidValue, {{"value", scope_text(mutation_.scope)}}, "scope"});
  }
  for (const auto& op : mutation_.ops) {
    if (parked()) return false;
    if (auto problem = schema::validate(*collection_, op)) park(std::move(*problem));
  }
  return !parked();
}

/// A new record's first op takes the whole body at once; the commonest mutation of all, kept cheap.
void Planner::create() {
  const auto& body = mutation_.ops.front().value;
  if (collection_ && !own_view_)
    for (const auto& field : collection_->fields) {
      if (field.kind != schema::Kind::Status) continue;
      const auto& status = value_at(body, field.name);
      if (status.is_null() || status == field.values.front()) continue;
      return park({ProblemCode::IllegalTransition, {{"from", "-"}, {"to", status.get<std::string>()}}, field.name});
    }
  draft_.note(Kind::Create, {});
}

void Planner::check_new_record() {
  const bool whole =
      mutation_.ops.size() == 1 && mutation_.ops.front().kind == OpKind::Set && mutation_.ops.front().path.empty();
  if (!whole) draft_.flush();
  const auto& body = whole ? mutation_.ops.front().value : draft_.now().body;
  if (auto problem = schema::validate_complete(*collection_, body)) return park(std::move(*problem));
  if (collection_->placement != schema::Placement::Client) return;
  const auto client = string_or_empty(body, "client");
  if (!client.empty() && Uuid::parse(client) != mutation_.scope)
    park({ProblemCode::InvalidValue, {{"value", client}}, "client"});
}

schema::Cell Planner::cell_of(std::string_view path, const Json& value) const {
  static const schema::Collection undeclared;
  return schema::resolve(collection_ ? *collection_ : undeclared, path, OpKind::Set, value);
}

void Planner::take(const Op& op) {
  stands_aside_ = false;
  switch (op.kind) {
    case OpKind::Set:
      if (!draft_.existed() && op.path.empty() && draft_.untouched() && op.value.is_object()) return create();
      set(op, op.path, op.value);
      break;
    case OpKind::Add:
      return add_element(op, op.path, op.value);
    case OpKind::Append: {
      auto entry = op.value;
      entry.erase("id");
      return put_entry(op, join_path(op.path, string_or_empty(op.value, "id")), std::move(entry));
    }
    case OpKind::Transition:
      return transition(op);
    case OpKind::Remove:
      if (op.value.is_string()) return remove_element(op, op.path, op.value);
      if (op.path.empty())
        remove_record(op);
      else
        clear(op, op.path);
  }
  // A resolution settles the conflict of its path whatever cells it came to change: keeping an item that somebody
  // wanted gone may change none, clearing a group changes those below.
  if (!op.consumes.empty() && !stands_aside_ && !parked())
    book_.settle(op, draft_.now(), op.path, op.value, mutation_.id);
}

void Planner::newcomer(const Op& op, const std::string& path, const Json& value, std::string_view standing) {
  differs();
  if (ANKETA_MUTANT("conflict_side_dropped")) return;
  stands_aside_ = stands_aside_ || path == op.path;
  book_.add_newcomer(op, draft_.now(), path, value, standing);
}

Plan plan(const RecordState* current, const Mutation& mutation, const Context& context) {
  return Planner(current, mutation, context, false).run();
}

Plan plan_own_view(const RecordState& view, const Mutation& mutation) {
  static const Context nothing;
  const bool exists = view.version > 0 || !view.by.is_nil();
  return Planner(exists ? &view : nullptr, mutation, nothing, true).run();
}

}  // namespace anketa::merge
