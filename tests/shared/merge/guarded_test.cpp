// Values of a status that have to be earned: a case closes by the client's own word and by nothing else (R17).
#include <catch2/catch_test_macros.hpp>

#include "shared/merge/history.hpp"
#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

const Json word{{"confirmed_by", "Пётр"}, {"confirmed_on", "2025-06-10"}, {"confirmed_how", "call"}};
const Json refusal{{"rejected_by", "Олег"}, {"rejected_on", "2025-06-11"}, {"reopenings", 1}};

/// A case whose repair is reported, and whose client was called.
struct Case : Pair {
  Case() : Pair("quality_case", {{"client", the_scope.text()}, {"status", "open"}}) {
    for (const auto* to : {"in_work", "reported_fixed", "rep_called"})
      anna.edit({transition("status", anna.body()["status"], to)});
    anna.sync(office);
    boris.pull(office);
  }
  Json status() const { return office.body().at("status"); }

  /// What becomes of an op made by somebody who has seen everything.
  std::optional<ProblemCode> refused(Op op) {
    Mutation mutation;
    mutation.id = number(700);
    mutation.record = the_record;
    mutation.collection = "quality_case";
    mutation.scope = the_scope;
    mutation.user = number(7);
    note_what_was_seen(op, office.record());
    mutation.ops = {std::move(op)};
    Context context;
    context.conflict = [&](std::string_view path) -> std::optional<Conflict> {
      const auto found = office.conflicts().find(std::string(path));
      return found == office.conflicts().end() ? std::nullopt : std::optional(found->second);
    };
    const auto planned = plan(&office.record(), mutation, context);
    return planned.parked ? std::optional(planned.parked->code) : std::nullopt;
  }
};

}  // namespace

TEST_CASE("R17: a case is confirmed by the step from the call, with who, when and how") {
  Case opened;
  CHECK_FALSE(opened.refused(transition("status", "rep_called", "confirmed", word)));
  for (const auto* missing : {"confirmed_by", "confirmed_on", "confirmed_how"}) {
    auto less = word;
    less.erase(missing);
    CHECK(opened.refused(transition("status", "rep_called", "confirmed", less)) == ProblemCode::RequiredMissing);
    for (const auto& nothing : {Json(), Json(""), Json("  ")}) {
      less[missing] = nothing;
      CHECK(opened.refused(transition("status", "rep_called", "confirmed", less)));
    }
  }
  CHECK(opened.refused(transition("status", "rep_called", "confirmed")) == ProblemCode::RequiredMissing);
  opened.anna.edit({transition("status", "rep_called", "confirmed", word)});
  CHECK_FALSE(opened.anna.sync(opened.office).parked);
  CHECK(opened.status() == "confirmed");
}

TEST_CASE("R17: who confirmed, when and how stays as it was said") {
  Case opened;
  opened.anna.edit({transition("status", "rep_called", "confirmed", word)});
  opened.anna.sync(opened.office);
  CHECK_FALSE(opened.refused(transition("status", "rep_called", "confirmed", word)));
  auto another = word;
  another["confirmed_by"] = "Никто";
  for (const auto* from : {"rep_called", "in_work", "confirmed"})
    CHECK(opened.refused(transition("status", from, "confirmed", another)) == ProblemCode::IllegalTransition);
  // Two people who heard it apart may have heard it differently: both words are kept.
  opened.boris.edit({transition("status", "rep_called", "confirmed", another)});
  CHECK(opened.boris.sync(opened.office).conflicted);
  CHECK(opened.status() == "confirmed");
  CHECK(opened.office.body()["confirmed_by"] == "Пётр");
}

TEST_CASE("R17: no other way leads there: outright, from elsewhere, as a fact, or at the record's beginning") {
  Case opened;
  CHECK(opened.refused(set("status", "confirmed")) == ProblemCode::IllegalTransition);
  CHECK(opened.refused(set("", {{"status", "confirmed"}, {"confirmed_by", "x"}})) == ProblemCode::IllegalTransition);
  CHECK(opened.refused(transition("status", "in_work", "confirmed", word)) == ProblemCode::IllegalTransition);
  CHECK(opened.refused(transition(
            "status", "rep_called", "rejected",
            {{"rejected_by", "x"}, {"rejected_on", "2025-06-11"}, {"reopenings", 1}, {"status", "confirmed"}})) ==
        ProblemCode::IllegalTransition);
  for (auto op : {set("status", "confirmed"), transition("status", "in_work", "confirmed", word),
                  set("", {{"status", "confirmed"}})}) {
    // A resolution of sides that do not exist, or do not say so.
    op.consumes = {number(1), number(2)};
    CHECK(opened.refused(op) == ProblemCode::IllegalTransition);
  }
  opened.anna.edit({transition("status", "rep_called", "rejected", refusal)});
  opened.anna.sync(opened.office);
  auto bogus = transition("status", "rejected", "confirmed", word);
  CHECK(opened.refused(bogus) == ProblemCode::IllegalTransition);
  bogus.consumes = {opened.office.record().by};
  CHECK(opened.refused(bogus) == ProblemCode::IllegalTransition);
  Office fresh;
  Device carla(3, "quality_case");
  carla.create({{"client", the_scope.text()}, {"status", "confirmed"}});
  CHECK(carla.sync(fresh).parked->code == ProblemCode::IllegalTransition);
}

TEST_CASE("R17: of two answers of the client the lead can take either, with its facts; he cannot make up a third") {
  Case opened;
  opened.anna.edit({transition("status", "rep_called", "rejected", refusal)});
  opened.boris.edit({transition("status", "rep_called", "confirmed", word)});
  opened.anna.sync(opened.office);
  CHECK(opened.boris.sync(opened.office).conflicted);
  CHECK(opened.status() == "rejected");
  CHECK_FALSE(opened.office.body().contains("confirmed_by"));
  const auto& conflict = opened.office.conflict("status");
  auto invented = word;
  invented["confirmed_by"] = "Никто";
  CHECK(opened.refused(resolve(transition("status", "rejected", "confirmed", invented), conflict)) ==
        ProblemCode::IllegalTransition);
  CHECK(opened.refused(resolve(set("status", "confirmed"), conflict)) == ProblemCode::IllegalTransition);
  CHECK(opened.refused(resolve(transition("status", "rejected", "confirmed"), conflict)) ==
        ProblemCode::RequiredMissing);
  Device lead(3, "quality_case");
  lead.pull(opened.office);
  lead.edit({resolve(transition("status", "rejected", "confirmed", word), conflict)});
  CHECK_FALSE(lead.sync(opened.office).parked);
  CHECK(opened.status() == "confirmed");
  CHECK(opened.office.body()["confirmed_by"] == "Пётр");
  CHECK_FALSE(opened.office.conflict("status").open);
  // The history gives the same again, resolution included.
  CHECK(History(opened.office.in_effect()).after(100).body == opened.office.body());
}

TEST_CASE("R17: what the client said of one repair does not close the case after the next") {
  Case opened;
  opened.boris.edit({transition("status", "rep_called", "confirmed", word)});
  opened.anna.edit({transition("status", "rep_called", "rejected", refusal)});
  for (const auto* to : {"in_work", "reported_fixed", "rep_called"})
    opened.anna.edit({transition("status", opened.anna.body()["status"], to)});
  opened.anna.sync(opened.office);
  CHECK(opened.boris.sync(opened.office).conflicted);
  CHECK(opened.status() == "rep_called");
  CHECK(open_values(opened.office.conflict("status")).size() == 2);
}

TEST_CASE("What differs from the view becomes one step with its facts") {
  Case opened;
  auto wanted = word;
  wanted["status"] = "confirmed";
  wanted["place"] = "узел 4";
  opened.anna.want(wanted);
  const auto& ops = opened.anna.outbox().back().ops;
  REQUIRE(ops.size() == 2);
  CHECK(ops[0].path == "place");
  CHECK(ops[1].value == Json{{"from", "rep_called"}, {"to", "confirmed"}, {"facts", word}});
  CHECK_FALSE(opened.anna.sync(opened.office).parked);
}
