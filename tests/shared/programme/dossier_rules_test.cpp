// Rules of the dossier and of what a pass brings, on values small enough to work out by hand.
#include <catch2/catch_test_macros.hpp>

#include "shared/programme/account_team.hpp"
#include "shared/programme/meeting.hpp"
#include "shared/programme/opportunity.hpp"
#include "shared/programme/referral.hpp"
#include "shared/programme/revision.hpp"
#include "shared/programme/risk.hpp"
#include "shared/programme/turnover.hpp"

using namespace anketa;
using namespace anketa::programme;

namespace {

Day day(std::string_view text) {
  return parse_day(text).value();
}

}  // namespace

TEST_CASE("R10: turnover counts verified key persons and the share of those we knew who left") {
  Turnover turnover;
  CHECK_FALSE(turnover.left_percent());
  for (const auto* word : {"same", "same", "upd", "new", "left", "unchanged", "changed"})
    turnover.add(verified_from(word).value());
  CHECK(turnover.unchanged == 3);
  CHECK(turnover.changed == 2);
  CHECK(turnover.added == 1);
  CHECK(turnover.left == 1);
  CHECK(turnover.verified() == 7);
  CHECK(turnover.left_percent() == 17);  // 1 of the 6 we knew
  CHECK_FALSE(verified_from("sick"));
}

TEST_CASE("R2: at risk is who is only spoken to of payments and faults, or where nobody we know is left") {
  CHECK(risk_of({3, 3, 2, 1}).only_trouble);
  CHECK_FALSE(risk_of({3, 2, 2, 1}).any());
  CHECK(risk_of({3, 0, 2, 0}).nobody_known);
  CHECK_FALSE(risk_of({0, 0, 0, 0}).any());
  CHECK(is_trouble("payment"));
  CHECK(is_trouble("fault"));
  CHECK_FALSE(is_trouble("relations"));
  CHECK_FALSE(is_trouble(""));
}

TEST_CASE("R23: the funnel of referrals counts how far each came at least") {
  ReferralFunnel funnel;
  funnel.add({ReferralStep::Named});
  funnel.add({ReferralStep::Introduced});
  funnel.add({ReferralStep::Contacted, true});
  funnel.add({ReferralStep::Met});
  funnel.add({ReferralStep::Won, true, true, true});
  funnel.add({ReferralStep::Lost, false, true});
  CHECK(funnel.named == 6);
  CHECK(funnel.introduced == 3);
  CHECK(funnel.contacted == 4);
  CHECK(funnel.met == 2);
  CHECK(funnel.won == 1);
  CHECK(funnel.lost == 1);
}

TEST_CASE("R23: a client won by a referral may bring the next, and a ring of them ends") {
  const auto client = [](int number) { return Uuid::derived(Uuid(), std::to_string(number)); };
  const auto generations =
      referral_generations({{client(1), client(2)}, {client(2), client(3)}, {client(1), client(4)}});
  CHECK(generations.size() == 3);
  CHECK(generations.at(client(2)) == 1);
  CHECK(generations.at(client(3)) == 2);
  CHECK(generations.at(client(4)) == 1);
  const auto ring = referral_generations({{client(1), client(2)}, {client(2), client(1)}});
  CHECK(ring.at(client(1)) == 2);
  CHECK(ring.at(client(2)) == 2);
}

TEST_CASE("R31: a part is revised within three months, and a month's end is kept") {
  CHECK(day_text(revision_due(day("2025-01-15"))) == "2025-04-15");
  CHECK(day_text(revision_due(day("2024-11-30"))) == "2025-02-28");
  CHECK(revision_state(std::nullopt, day("2025-06-10")) == RevisionState::Never);
  CHECK(revision_state(day("2025-03-10"), day("2025-05-26")) == RevisionState::Current);
  CHECK(revision_state(day("2025-03-10"), day("2025-05-27")) == RevisionState::Due);
  CHECK(revision_state(day("2025-03-10"), day("2025-06-10")) == RevisionState::Due);
  CHECK(revision_state(day("2025-03-10"), day("2025-06-11")) == RevisionState::Overdue);
}

TEST_CASE("R30: opportunities add up, possible and by their chances, without a kopeck lost to rounding") {
  OpportunitySum sum;
  sum.add({120'000, 300'000, 600'001}, 50);
  sum.add({80'000, 0, 0}, std::nullopt);
  sum.add({100, 100, 100}, 250);
  CHECK(sum.possible == Horizons{200'100, 300'100, 600'101});
  CHECK(sum.expected == Horizons{140'100, 150'100, 300'100});
  CHECK(sum.count == 3);
}

TEST_CASE("R37: an account has exactly one owner") {
  CHECK(ownership_of(1) == Ownership::One);
  CHECK(ownership_of(0) == Ownership::None);
  CHECK(ownership_of(2) == Ownership::Several);
  CHECK(id(Ownership::None) == "none");
}

TEST_CASE("R1: a relation is renewed by a meeting after half a year without one") {
  const auto since = day("2025-06-01"), until = day("2025-08-31");
  CHECK(is_relation_renewed({day("2025-06-10")}, since, until));
  CHECK(is_relation_renewed({day("2025-07-01"), day("2024-12-01"), day("2025-06-10")}, since, until));
  CHECK_FALSE(is_relation_renewed({day("2025-02-01"), day("2025-06-10")}, since, until));
  CHECK_FALSE(is_relation_renewed({day("2025-09-01")}, since, until));
  CHECK_FALSE(is_relation_renewed({}, since, until));
}

TEST_CASE("R19: news of our range is what came after the last personal meeting and is still there") {
  const auto today = day("2025-06-10");
  const RangeDates wifi{day("2025-03-01"), std::nullopt};
  CHECK(is_new_in_range(wifi, day("2025-02-01"), today));
  CHECK_FALSE(is_new_in_range(wifi, day("2025-03-01"), today));
  CHECK(is_new_in_range(wifi, std::nullopt, today));
  CHECK_FALSE(is_new_in_range({day("2025-03-01"), day("2025-05-31")}, std::nullopt, today));
  CHECK_FALSE(is_new_in_range({day("2025-07-01"), std::nullopt}, std::nullopt, today));
  CHECK_FALSE(is_new_in_range({day("2024-06-09"), std::nullopt}, std::nullopt, today));
}

TEST_CASE("R37: an account comes to one owner and keeps exactly one") {
  const auto code = [](int before, int after) {
    const auto problem = permit_owners(before, after);
    return problem ? std::optional(problem->code) : std::nullopt;
  };
  for (const auto& [before, after] : {std::pair{0, 0}, {0, 1}, {1, 1}, {3, 3}, {3, 2}, {3, 1}})
    CHECK_FALSE(code(before, after));
  for (const int before : {1, 2}) CHECK(code(before, 0) == ProblemCode::OwnerNeeded);
  for (const auto& [before, after] : {std::pair{0, 2}, {1, 2}, {2, 3}})
    CHECK(code(before, after) == ProblemCode::SecondOwner);
  CHECK(is_owner({{"role", "owner"}}));
  const auto name = [](const char* text) { return Uuid::derived(Uuid(), text); };
  const auto anna = name("anna"), boris = name("boris");
  const std::vector<TeamPlace> team{{name("1"), anna, true}, {name("2"), boris, false}};
  const auto to_boris = owner_changes(team, boris, true);
  REQUIRE(to_boris.size() == 2);
  CHECK((to_boris[0].assignment == name("1") && to_boris[0].to == TeamChange::To::Member));
  CHECK((to_boris[1].assignment == name("2") && to_boris[1].to == TeamChange::To::Owner));
  CHECK(owner_changes(team, boris, false)[0].to == TeamChange::To::Gone);
  CHECK(owner_changes(team, anna, false).empty());
  const auto to_vera = owner_changes(team, name("vera"), false);
  CHECK((to_vera.size() == 2 && to_vera[1].assignment.is_nil()));
  CHECK_FALSE(is_owner({{"role", "member"}}));
}
