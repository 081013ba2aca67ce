#include <catch2/catch_test_macros.hpp>

#include "shared/programme/calendar.hpp"
#include "shared/programme/coverage.hpp"
#include "shared/programme/norm.hpp"
#include "shared/programme/nps.hpp"
#include "shared/programme/quality.hpp"

using namespace anketa::programme;

namespace {

Day day(std::string_view text) {
  return parse_day(text).value();
}

std::string week(std::string_view date) {
  return week_text(iso_week(day(date)));
}

Nps nps_of(int promoters, int passives, int detractors) {
  return {promoters, passives, detractors};
}

}  // namespace

TEST_CASE("A date is read only where the day exists") {
  CHECK(day_text(day("2024-02-29")) == "2024-02-29");
  for (const auto* wrong :
       {"2025-02-29", "2025-13-01", "2025-00-10", "2025-6-10", "10.06.2025", "2025-06-1x", "", "2025-06-10T00:00"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_day(wrong));
  }
}

TEST_CASE("ISO weeks belong to the year their Thursday lies in") {
  CHECK(week("2025-06-10") == "2025-W24");
  CHECK(week("2024-12-29") == "2024-W52");
  CHECK(week("2024-12-30") == "2025-W01");
  CHECK(week("2021-01-03") == "2020-W53");
  CHECK(week("2021-01-04") == "2021-W01");
  CHECK(week("2026-12-31") == "2026-W53");
  CHECK(week("1970-01-01") == "1970-W01");
}

TEST_CASE("A week begins on Monday") {
  CHECK(day_text(monday_of(day("2025-06-09"))) == "2025-06-09");
  CHECK(day_text(monday_of(day("2025-06-15"))) == "2025-06-09");
  CHECK(day_text(monday_of(day("2025-01-01"))) == "2024-12-30");
}

TEST_CASE("The weekly norm is 5 questionnaires part-time and 15 full-time (R8)") {
  CHECK(weekly_norm(share_from("part")) == 5);
  CHECK(weekly_norm(share_from("full")) == 15);
  CHECK(weekly_norm(share_from("")) == 5);
}

TEST_CASE("The pace of a week looks at the working days gone by (R8)") {
  CHECK(due_so_far(15, day("2025-06-09")) == 0);
  CHECK(due_so_far(15, day("2025-06-11")) == 6);
  CHECK(due_so_far(15, day("2025-06-13")) == 12);
  CHECK(due_so_far(15, day("2025-06-14")) == 15);
  CHECK(due_so_far(15, day("2025-06-15")) == 15);
  CHECK(pace_of(0, 5, day("2025-06-09")) == Pace::OnPace);
  CHECK(pace_of(1, 5, day("2025-06-11")) == Pace::Behind);
  CHECK(pace_of(2, 5, day("2025-06-11")) == Pace::OnPace);
  CHECK(pace_of(4, 5, day("2025-06-15")) == Pace::Behind);
  CHECK(pace_of(5, 5, day("2025-06-09")) == Pace::Met);
}

TEST_CASE("A client's coverage is the furthest it has come (R20)") {
  CHECK(coverage_of({}) == Coverage::Untouched);
  CHECK(coverage_of({.has_visit = true}) == Coverage::Booked);
  CHECK(coverage_of({.has_draft = true}) == Coverage::Booked);
  CHECK(coverage_of({.has_paused = true, .has_draft = true, .has_visit = true}) == Coverage::Paused);
  CHECK(coverage_of({.has_complete = true, .has_paused = true}) == Coverage::Done);
}

TEST_CASE("NPS is the share of promoters less that of detractors") {
  CHECK_FALSE(Nps{}.score());
  CHECK(nps_of(1, 0, 0).score() == 100);
  CHECK(nps_of(0, 0, 3).score() == -100);
  CHECK(nps_of(0, 7, 0).score() == 0);
  CHECK(nps_of(2, 0, 1).score() == 33);
  CHECK(nps_of(1, 0, 2).score() == -33);
  CHECK(nps_of(1, 7, 0).score() == 13);
  CHECK(nps_of(0, 7, 1).score() == -13);
}

TEST_CASE("NPS counts 9 and 10 as promoters, 7 and 8 as passives, 0 to 6 as detractors, others nowhere") {
  Nps nps;
  for (const int answer : {10, 9, 8, 7, 6, 0, -1, 11}) nps.add(answer);
  nps.add(5, 3);
  CHECK(nps.promoters == 2);
  CHECK(nps.passives == 2);
  CHECK(nps.detractors == 5);
}

TEST_CASE("A case is open until the client confirms the repair (R17)") {
  for (const auto* status : {"open", "in_work", "reported_fixed", "rep_called", "rejected"})
    CHECK(is_open_case(status));
  CHECK_FALSE(is_open_case("confirmed"));
  CHECK_FALSE(is_open_case(""));
}

TEST_CASE("The age of a case is in whole days, its last one included in a group") {
  CHECK(age_in_days(day("2025-06-10"), day("2025-06-10")) == 0);
  CHECK(age_in_days(day("2025-05-31"), day("2025-06-10")) == 10);
  CHECK(age_in_days(day("2025-06-11"), day("2025-06-10")) == 0);
  CHECK(age_group(0) == AgeGroup::Week);
  CHECK(age_group(7) == AgeGroup::Week);
  CHECK(age_group(8) == AgeGroup::Fortnight);
  CHECK(age_group(30) == AgeGroup::Month);
  CHECK(age_group(31) == AgeGroup::Older);
}
