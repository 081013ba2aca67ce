// The product's merge against the reference model, over generated worlds of three to five authors who edit one record,
// send and receive when they please, and settle conflicts they have heard of. A failure names its seed.
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>

#include "tests/shared/merge/generator.hpp"
#include "tests/shared/merge/reference_model.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

/// Merges compared in a run; ANKETA_PROPERTY_RUNS asks for more, 800 for each of its runs.
std::size_t cases_wanted() {
  const char* asked = std::getenv("ANKETA_PROPERTY_RUNS");
  return 800 * (asked ? std::strtoull(asked, nullptr, 10) : 25);
}

std::string item(std::uint32_t n) {
  return "answers/list/" + number(300 + n).text();
}

Json first_body() {
  auto body = questionnaire_body();
  body["answers"] = {{"q", "q0"}, {"many", {"a"}}, {"list", Json::object()}};
  for (std::uint32_t n = 0; n < 2; ++n)
    body["answers"]["list"][number(300 + n).text()] = {{"pos", std::to_string(n)}, {"name", "n0"}, {"tags", {"a"}}};
  return body;
}

/// Edits that meet: few paths, and values that now and then are the same.
class Edits {
 public:
  explicit Edits(Chance& chance) : chance_(chance) {}

  std::vector<Op> draw(const RecordState& view) {
    if (chance_.one_in(25)) return {drop("")};
    std::vector<Op> ops;
    bool moved_on = false;
    for (auto left = 1 + chance_.upto(2); left > 0; --left) {
      auto next = one(view);
      // The view shows one status: a second step from it would not be legal.
      if (next.kind == OpKind::Transition && std::exchange(moved_on, true)) continue;
      ops.push_back(std::move(next));
    }
    return ops;
  }

  /// The wish to settle the conflict, by one of its sides or something new; not always with all its sides.
  Op resolution(const Conflict& conflict) {
    Op op = settlement(conflict.path, chance_.pick(open_values(conflict)));
    op.consumes = open_sides(conflict);
    if (op.consumes.size() > 1 && chance_.one_in(4)) op.consumes.pop_back();
    return op;
  }

 private:
  Json value() { return chance_.one_in(5) ? Json("same") : Json("v" + std::to_string(++last_)); }
  std::string letter() { return std::string(1, static_cast<char>('a' + chance_.upto(3))); }
  std::string some_item() { return item(chance_.upto(3)); }

  Op one(const RecordState& view) {
    switch (chance_.upto(16)) {
      case 0:
        return add("answers/many", letter());
      case 1:
        return drop("answers/many", letter());
      case 2:
        return set("answers/many", Json::array({letter(), "z"}));
      case 3:
        return drop(some_item());
      case 4:
        return set(some_item(), {{"pos", value()}, {"name", value()}, {"tags", {"a", "b"}}});
      case 5:
        return set(some_item() + "/pos", value());
      case 6:
        return chance_.one_in(2) ? add(some_item() + "/tags", letter()) : drop(some_item() + "/tags", letter());
      case 7:
        return set(some_item() + "/tags", Json::array({letter(), "z"}));
      case 8:
        return set(some_item() + "/name", nullptr);
      case 9:
      case 10:
        return set(some_item() + (chance_.one_in(2) ? "/name" : "/phone"), value());
      case 11:
        return append("notes", {{"id", number(500 + chance_.upto(4)).text()}, {"text", value()}});
      case 12:
        return status_step(view);
      case 13:
        return set("resume_point", value());
      default:
        return set(chance_.one_in(2) ? "answers/q" : "answers/r", chance_.one_in(5) ? Json() : value());
    }
  }

  Op status_step(const RecordState& view) {
    static const auto& field = *schema::collection("questionnaire")->field("status");
    const auto from = string_or_empty(view.body, "status");
    std::vector<std::string> next;
    for (const auto& step : field.transitions)
      if (step.from == from || chance_.one_in(40)) next.push_back(step.to);
    if (next.empty()) return set("resume_point", value());
    return transition("status", from, chance_.pick(next), chance_.one_in(2) ? Json{{"resume_point", value()}} : Json());
  }

  Op settlement(const std::string& path, const Json& side) {
    if (path == "status") return set(path, side.is_object() ? side.at("to") : side);
    const bool whole = path.empty() || path == item(0) || path == item(1) || path == item(2);
    if (side.is_null()) return drop(path);
    if (path.empty()) return set(path, {{"resume_point", value()}});
    if (whole) return set(path, {{"name", value()}});
    if (path.starts_with("notes/")) return set(path, chance_.one_in(2) ? side : Json{{"text", value()}});
    return set(path, chance_.one_in(2) ? side : value());
  }

  Chance& chance_;
  int last_ = 0;
};

struct Author {
  Device device;
  /// What he last received: so many mutations of the office, and the conflicts there were.
  std::size_t known = 0;
  std::map<std::string, Conflict> conflicts;
};

class Comparison {
 public:
  explicit Comparison(std::uint64_t seed) : chance_(seed), edits_(chance_) {
    for (std::uint32_t user = 1; user <= 3 + chance_.upto(3); ++user)
      authors_.push_back({Device(user, "questionnaire"), 0, {}});
    authors_.front().device.create(first_body());
    push(authors_.front(), 1);
    for (auto& author : authors_) pull(author);
  }

  void step() {
    auto& author = authors_[chance_.upto(static_cast<std::uint32_t>(authors_.size()))];
    switch (chance_.upto(9)) {
      case 0:
        return pull(author);
      case 1:
        return push(author, 1 + chance_.upto(3));
      case 2:
        push(author, 100);
        return pull(author);
      case 3:
        if (chance_.one_in(2)) pull(author);
        return settle_something(author);
      default:
        author.device.edit(edits_.draw(author.device.view()));
        compare_view(author);
    }
  }

  void finish() {
    for (auto& author : authors_) push(author, 100), pull(author);
  }

  std::size_t merges() const { return model_.size(); }
  /// What has been seen, so that a world of nothing is noticed.
  std::size_t conflicted = 0, parked = 0;

 private:
  void push(Author& author, std::size_t most) {
    for (const auto& mutation : author.device.outbox()) {
      if (office_.has(mutation.id)) continue;
      if (most-- == 0) return;
      last_ = &mutation;
      const auto plan = office_.take(mutation);
      model_.take(mutation);
      conflicted += plan.conflicted;
      parked += plan.parked.has_value();
      same(plan.parked.has_value(), model_.parked(mutation.id), "parked");
      compare();
    }
  }

  void pull(Author& author) {
    author.device.pull(office_);
    author.known = model_.size();
    author.conflicts = office_.conflicts();
    compare_view(author);
  }

  void settle_something(Author& author) {
    for (const auto& [path, conflict] : author.conflicts) {
      if (!conflict.open || !chance_.one_in(2)) continue;
      author.device.edit({edits_.resolution(conflict)});
      return compare_view(author);
    }
  }

  void compare() const {
    const auto& record = office_.record();
    const auto& expected = model_.now();
    same(flat(record.body), expected.values(), "body");
    same(record.deleted, expected.deleted_by.has_value(), "deleted");
    same(conflicts_of(office_), conflicts_of(expected), "sides of open conflicts");
    for (const auto& [path, cell] : expected.cells) {
      if (cell.value.is_null()) continue;
      const auto below = record.provenance_below(path);
      if (below.size() != 1 || !(*below.begin() == cell.by))
        differs("authorship of " + path, to_json(record), cell.by.text());
    }
  }

  void compare_view(const Author& author) const {
    const auto expected = model_.own_view(author.known, author.device.outbox());
    same(flat(author.device.body()), expected.values(), "own view");
    same(author.device.view().deleted, expected.deleted_by.has_value(), "own view deleted");
  }

  static Json conflicts_of(const Office& office) {
    Json all = Json::object();
    for (const auto& [path, conflict] : office.conflicts()) {
      if (!conflict.open) continue;
      auto& sides = all[path] = Json::object();
      for (const auto& side : conflict.sides)
        if (!side.consumed) sides[side.mutation.text()] = flat(side.value);
    }
    return all;
  }
  static Json conflicts_of(const Picture& picture) {
    Json all = Json::object();
    for (const auto& [path, sides] : picture.sides) {
      all[path] = Json::object();
      for (const auto& [mutation, value] : sides) all[path][mutation.text()] = value;
    }
    return all;
  }

  void same(const Json& product, const Json& model, const char* what) const {
    if (product != model) differs(what, product, model);
  }
  void differs(const std::string& what, const Json& product, const Json& model) const {
    FAIL(what << "\nafter: " << (last_ ? to_json(*last_).dump(1) : "") << "\nproduct: " << product.dump(1)
              << "\nmodel: " << model.dump(1));
  }

  Chance chance_;
  Edits edits_;
  Office office_;
  ReferenceModel model_;
  std::vector<Author> authors_;
  /// What the office took last; for a failure's text.
  const Mutation* last_ = nullptr;
};

}  // namespace

TEST_CASE("Reference: the merge gives what the reference model gives: values, authorship and sides of conflicts") {
  std::size_t merges = 0, conflicted = 0, parked = 0;
  for (std::uint64_t seed = 1; merges < cases_wanted(); ++seed) {
    CAPTURE(seed);
    Comparison world(seed);
    for (int i = 0; i < 40; ++i) world.step();
    world.finish();
    merges += world.merges();
    conflicted += world.conflicted;
    parked += world.parked;
  }
  CHECK(conflicted * 10 > merges);
  CHECK(parked * 200 > merges);
}
