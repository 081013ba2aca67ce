#include "shared/programme/working_days.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/programme/forecast.hpp"
#include "shared/programme/norm.hpp"
#include "tests/shared/programme/fixture.hpp"

using namespace anketa;
using namespace anketa::programme;
using namespace anketa::programme::test;

namespace {

/// June 2025 in Russia: Thursday 12 and Friday 13 are off. Saturday 7 is worked here, to have one.
WorkingDays june() {
  WorkingDays calendar;
  calendar.add_day_off(day("2025-06-12"));
  calendar.add_day_off(day("2025-06-13"));
  calendar.add_worked(day("2025-06-07"));
  calendar.add_absence(named("anna"), day("2025-06-16"), day("2025-06-18"));
  calendar.add_absence(named("anna"), day("2025-06-30"), day("2025-06-29"));
  return calendar;
}

}  // namespace

TEST_CASE("Holidays are not worked, a Saturday in place of one is (R8)") {
  const auto calendar = june();
  CHECK(calendar.is_working(day("2025-06-11")));
  CHECK_FALSE(calendar.is_working(day("2025-06-12")));
  CHECK(calendar.is_working(day("2025-06-07")));
  CHECK_FALSE(calendar.is_working(day("2025-06-08")));
  CHECK(calendar.count(day("2025-06-09"), day("2025-06-15")) == 3);
  CHECK(calendar.count(day("2025-06-15"), day("2025-06-09")) == 0);
}

TEST_CASE("An absence is one person's, its last day included (R8)") {
  const auto calendar = june();
  CHECK_FALSE(calendar.is_present(named("anna"), day("2025-06-16")));
  CHECK_FALSE(calendar.is_present(named("anna"), day("2025-06-18")));
  CHECK(calendar.is_present(named("anna"), day("2025-06-19")));
  CHECK(calendar.is_present(named("boris"), day("2025-06-16")));
  CHECK(calendar.is_present(named("anna"), day("2025-06-30")));
  CHECK(calendar.count_present(named("anna"), day("2025-06-16"), day("2025-06-22")) == 2);
}

TEST_CASE("A number of working days ends on the last of them") {
  const auto calendar = june();
  CHECK(day_text(calendar.after(day("2025-06-11"), 1)) == "2025-06-11");
  CHECK(day_text(calendar.after(day("2025-06-11"), 2)) == "2025-06-16");
  CHECK(day_text(calendar.after(day("2025-06-11"), 0)) == "2025-06-10");
}

TEST_CASE("A week's norm is smaller by its holidays and absences (R8)") {
  const auto calendar = june();
  const auto norm = [&](int weekly, const char* who, const char* monday, const char* today) {
    return norm_of_week(weekly, named(who), calendar, day(monday), day(today));
  };
  // Three working days of five.
  CHECK(norm(15, "boris", "2025-06-09", "2025-06-09").norm == 9);
  CHECK(norm(5, "boris", "2025-06-09", "2025-06-09").norm == 3);
  // Anna is away from Monday to Wednesday: two days.
  CHECK(norm(15, "anna", "2025-06-16", "2025-06-16").norm == 6);
  CHECK(norm(15, "boris", "2025-06-16", "2025-06-16").norm == 15);
  // A week of six working days asks for no more than the norm.
  CHECK(norm(15, "boris", "2025-06-02", "2025-06-02").norm == 15);
  // 7 * 3 / 5 = 4.2 and 7 * 2 / 5 = 2.8: to the nearest.
  CHECK(norm(7, "boris", "2025-06-09", "2025-06-09").norm == 4);
  CHECK(norm(7, "anna", "2025-06-16", "2025-06-16").norm == 3);
}

TEST_CASE("What is due of a week follows the days the rep has worked in it (R8)") {
  const auto calendar = june();
  const auto due = [&](const char* who, const char* monday, const char* today) {
    return norm_of_week(15, named(who), calendar, day(monday), day(today)).due;
  };
  CHECK(due("boris", "2025-06-09", "2025-06-01") == 0);
  CHECK(due("boris", "2025-06-09", "2025-06-10") == 3);
  CHECK(due("boris", "2025-06-09", "2025-06-12") == 9);
  CHECK(due("boris", "2025-06-09", "2025-06-16") == 9);
  CHECK(due("anna", "2025-06-16", "2025-06-19") == 0);
  CHECK(due("anna", "2025-06-16", "2025-06-20") == 3);
  CHECK(due("anna", "2025-06-16", "2025-08-01") == 6);
}

TEST_CASE("Days before and after the pass ask for nothing (R8)") {
  const Period pass{day("2025-06-18"), day("2025-06-24")};
  CHECK(norm_of_week(15, named("boris"), {}, day("2025-06-16"), day("2025-06-16"), pass).norm == 9);
  CHECK(norm_of_week(15, named("boris"), {}, day("2025-06-23"), day("2025-06-23"), pass).norm == 6);
  CHECK(norm_of_week(15, named("boris"), {}, day("2025-06-30"), day("2025-07-05"), pass).norm == 0);
}

TEST_CASE("Who was away all week is not behind (R8)") {
  WorkingDays calendar;
  calendar.add_absence(named("anna"), day("2025-06-09"), day("2025-06-13"));
  const auto norm = norm_of_week(15, named("anna"), calendar, day("2025-06-09"), day("2025-06-13"));
  CHECK(norm.norm == 0);
  CHECK(pace_of(0, norm) == Pace::Met);
}

TEST_CASE("The forecast goes on at the pace of the last four weeks (R20)") {
  PassProgress progress{day("2025-06-02"), day("2025-06-29"), day("2025-06-16"), 100, 30, 30};
  const auto result = forecast(progress, {});
  // 30 in ten working days: 15 a week; 70 left take 23.3, that is 24 working days from Monday 16 June.
  CHECK(result.remaining == 70);
  CHECK(result.pace_tenths == 150);
  REQUIRE(result.finish);
  CHECK(day_text(*result.finish) == "2025-07-17");
  // Ten working days are left: 70 of them need 35 a week.
  CHECK(result.needed_tenths == 350);
  // From 30 June to 17 July there are 14 working days.
  CHECK(result.late_by == 14);
}

TEST_CASE("Old results do not make a pass that stands still look quick (R20)") {
  PassProgress progress{day("2025-03-03"), day("2025-06-29"), day("2025-06-16"), 100, 60, 0};
  const auto result = forecast(progress, {});
  CHECK(result.pace_tenths == 0);
  CHECK_FALSE(result.finish);
  CHECK_FALSE(result.late_by);
}

TEST_CASE("A pass with everybody met is finished; one that is over asks for nothing more a week (R20)") {
  CHECK(forecast({day("2025-06-02"), day("2025-06-29"), day("2025-06-16"), 10, 10, 2}, {}).finish == day("2025-06-16"));
  const auto over = forecast({day("2025-06-02"), day("2025-06-29"), day("2025-07-14"), 10, 8, 4}, {});
  CHECK_FALSE(over.needed_tenths);
  REQUIRE(over.finish);
  CHECK(over.late_by > 10);
}

TEST_CASE("Holidays put the finish off (R20)") {
  WorkingDays calendar;
  const PassProgress progress{day("2025-06-02"), day("2025-06-29"), day("2025-06-09"), 10, 5, 5};
  CHECK(forecast(progress, calendar).finish == day("2025-06-13"));
  calendar.add_day_off(day("2025-06-12"));
  CHECK(forecast(progress, calendar).finish == day("2025-06-16"));
}
