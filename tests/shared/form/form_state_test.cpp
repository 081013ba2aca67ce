// Derived state: incremental recalculation touches only what depends on a change, and always ends where a calculation
// from scratch would.
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "form_fixture.hpp"
#include "shared/form/answer_value.hpp"
#include "shared/form/default_template.hpp"
#include "shared/form/form_state.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

namespace {

/// All fields of an item and below, as text: values and relevance.
std::string dump(const FormState& state, const Item& item) {
  std::string out = item.id + "{";
  for (const auto& field : item.fields) out += to_text(field.value) + (field.relevant ? "+|" : "-|");
  for (const auto repeat : state.form().repeats_in(item.repeat))
    for (const auto& each : state.items(repeat, item)) out += dump(state, *each);
  return out + "}";
}

std::size_t cost_of(FormState& state, const char* name, Item& item, Scalar value) {
  const auto before = state.evaluated();
  state.set(state.form().find(name), item, std::move(value));
  return state.evaluated() - before;
}

}  // namespace

TEST_CASE("an answer evaluates only what depends on it") {
  const auto form = form_of(R"json([
    {"type": "integer", "name": "a", "label": "A"},
    {"type": "integer", "name": "b", "label": "B"},
    {"type": "calculate", "name": "sum", "calculation": "${a} + ${b}"},
    {"type": "calculate", "name": "big", "calculation": "${sum} > 100"},
    {"type": "text", "name": "why", "label": "Why", "relevant": "${big}"},
    {"type": "calculate", "name": "length", "calculation": "string-length(${why})"},
    {"type": "text", "name": "lonely", "label": "L"}])json");
  FormState state(form, {"ru", test_now});
  state.recalculate();
  auto& root = state.root();
  CHECK(cost_of(state, "lonely", root, std::string("x")) == 0);
  CHECK(cost_of(state, "a", root, 1.0) == 1);  // sum has no value yet: it stays empty, so big is not asked
  CHECK(cost_of(state, "b", root, 2.0) == 2);  // sum, big; big does not change
  CHECK(cost_of(state, "b", root, 3.0) == 2);
  CHECK(cost_of(state, "b", root, 3.0) == 0);    // the same answer again
  CHECK(cost_of(state, "b", root, 200.0) == 4);  // sum, big, why's relevance, and length, which reads why
  CHECK(cost_of(state, "why", root, std::string("so")) == 1);
  CHECK(to_text(state.value(form->find("length"), root)) == "2");
  CHECK(cost_of(state, "b", root, 1.0) == 4);
  // Kept, but empty to everybody who reads it.
  CHECK(to_text(state.stored(form->find("why"), root)) == "so");
  CHECK(to_text(state.value(form->find("why"), root)).empty());
  CHECK(to_text(state.value(form->find("length"), root)) == "0");
}

TEST_CASE("an answer in one item does not touch the others") {
  const auto form = form_of(R"json([
    {"type": "begin_repeat", "name": "r", "label": "R"},
    {"type": "integer", "name": "n", "label": "N"},
    {"type": "text", "name": "more", "label": "More", "relevant": "${n} > 10"},
    {"type": "calculate", "name": "place", "calculation": "position(..)"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "total", "calculation": "sum(${n})"}])json");
  FormState state(form, {"ru", test_now});
  state.recalculate();
  const auto r = form->find("r");
  std::vector<Item*> items;
  for (int i = 0; i < 50; ++i)
    items.push_back(&state.add_item(r, state.root(), "i" + std::to_string(i), std::to_string(100 + i)));
  CHECK(cost_of(state, "n", *items[0], 5.0) == 2);  // its own relevance and the total
  CHECK(cost_of(state, "n", *items[49], 50.0) == 2);
  CHECK(to_text(state.value(form->find("total"), state.root())) == "55");  // the unanswered are passed over
  for (auto* item : items) state.set(form->find("n"), *item, 1.0);
  CHECK(to_text(state.value(form->find("total"), state.root())) == "50");
  const auto before = state.evaluated();
  state.remove_item(*items[10]);
  CHECK(state.evaluated() - before == 50);  // 49 positions and the total
  CHECK(to_text(state.value(form->find("total"), state.root())) == "49");
  CHECK(to_text(state.stored(form->find("place"), *items[49])) == "49");
  state.move_item(*items[49], "000");
  CHECK(to_text(state.stored(form->find("place"), *items[49])) == "1");
}

TEST_CASE("clock and language touch only what reads them") {
  const auto form = form_of(R"json([
    {"type": "date", "name": "d", "label": "D"},
    {"type": "calculate", "name": "late", "calculation": "${d} < today()"},
    {"type": "calculate", "name": "month", "calculation": "format-date(${d}, '%b')"},
    {"type": "calculate", "name": "year", "calculation": "substr(${d}, 0, 4)"}])json");
  FormState state(form, {"ru", test_now});
  state.load(Json{{"d", "2025-06-10"}});
  state.recalculate();
  CHECK(to_text(state.stored(form->find("late"), state.root())) == "false");
  auto before = state.evaluated();
  state.set_now({test_now.instant + 86400000, 180});
  CHECK(state.evaluated() - before == 1);
  CHECK(to_text(state.stored(form->find("late"), state.root())) == "true");
  before = state.evaluated();
  state.set_language("en");
  CHECK(state.evaluated() - before == 1);
  CHECK(to_text(state.stored(form->find("month"), state.root())) == "Jun");
}

TEST_CASE("any order of answers, corrections and items ends in the state calculated from scratch") {
  const auto form = form_of(R"json([
    {"type": "integer", "name": "a", "label": "A"},
    {"type": "integer", "name": "b", "label": "B", "relevant": "${a} > 3"},
    {"type": "begin_group", "name": "g", "label": "G", "relevant": "${b} > 3 or ${count} > 2"},
    {"type": "integer", "name": "c", "label": "C"},
    {"type": "calculate", "name": "d", "calculation": "coalesce(${c}, 0) + coalesce(${total}, 0)"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "r", "label": "R", "relevant": "${a} != 5"},
    {"type": "integer", "name": "n", "label": "N"},
    {"type": "calculate", "name": "share", "calculation": "${n} div sum(${r}/n)"},
    {"type": "integer", "name": "m", "label": "M", "relevant": "${n} > ${a} or position(..) = 2"},
    {"type": "begin_repeat", "name": "q", "label": "Q", "relevant": "${n} > 1"},
    {"type": "integer", "name": "k", "label": "K"},
    {"type": "calculate", "name": "kn", "calculation": "${k} * ${n} + count(${q}) + ${a}"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "ks", "calculation": "sum(${k})"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "total", "calculation": "sum(${m}) + sum(${kn}) + count(${r}[./n > 2]/q)"},
    {"type": "calculate", "name": "count", "calculation": "count(${r}) + indexed-repeat(${n}, ${r}, 1)"}])json");
  std::mt19937 random(20250610);
  const auto pick = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
  for (int round = 0; round < 60; ++round) {
    FormState state(form, {"ru", test_now});
    state.recalculate();
    Json answers = Json::object();
    const auto r = form->find("r");
    const auto q = form->find("q");
    for (int step = 0; step < 40; ++step) {
      auto& items = state.items(r, state.root());
      const auto value = static_cast<double>(pick(8));
      const Scalar answer = pick(5) == 0 ? Scalar(std::string()) : Scalar(value);
      const Json stored = json_of_scalar(answer);
      const auto id = std::to_string(step);
      switch (pick(8)) {
        case 0:
        case 1:
        case 2: {
          const auto* name = std::vector<const char*>{"a", "b", "c"}[pick(3)];
          state.set(form->find(name), state.root(), answer);
          answers[name] = stored;
          break;
        }
        case 3:
          state.add_item(r, state.root(), id, std::to_string(pick(9)));
          answers["r"][id]["pos"] = items.empty() ? "" : "";
          for (const auto& item : items) answers["r"][item->id]["pos"] = item->pos;
          break;
        case 4:
          if (items.empty()) break;
          {
            auto& item = *items[pick(items.size())];
            const auto* name = pick(2) == 0 ? "n" : "m";
            state.set(form->find(name), item, answer);
            answers["r"][item.id][name] = stored;
          }
          break;
        case 5:
          if (items.empty()) break;
          {
            auto& item = *items[pick(items.size())];
            auto& inner = state.add_item(q, item, id, "1");
            state.set(form->find("k"), inner, answer);
            answers["r"][item.id]["q"][id] = {{"pos", "1"}, {"k", stored}};
          }
          break;
        case 6:
          if (items.empty()) break;
          {
            auto& item = *items[pick(items.size())];
            answers["r"].erase(item.id);
            state.remove_item(item);
          }
          break;
        default:
          if (items.empty()) break;
          {
            auto& item = *items[pick(items.size())];
            const auto pos = std::to_string(pick(9));
            answers["r"][item.id]["pos"] = pos;
            state.move_item(item, pos);
          }
      }
      FormState fresh(form, {"ru", test_now});
      fresh.load(answers);
      fresh.recalculate();
      REQUIRE(dump(state, state.root()) == dump(fresh, fresh.root()));
    }
  }
}
