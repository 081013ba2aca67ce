// What the files that play the season share: its days, its people. Included by them alone.
#pragma once

#include "tests/season/season.hpp"

namespace anketa::season {

using namespace anketa::client;

inline constexpr Instant hour = 3'600'000, day = 24 * hour;
/// Friday, 30 May 2025, 09:00 in Moscow; the season begins on the Monday after.
inline constexpr Instant friday_before = 1'748'584'800'000;
inline constexpr Instant first_monday = friday_before + 3 * day;
inline constexpr int moscow = 180;
inline constexpr std::int64_t rouble = 100;

struct Person {
  const char* name;
  const char* share;
};
inline constexpr std::array<Person, reps> people{{{"Анна Ковалёва", "full"},
                                                  {"Борис Орлов", "full"},
                                                  {"Вера Лебедева", "part"},
                                                  {"Глеб Соколов", "part"},
                                                  {"Дина Фомина", "part"},
                                                  {"Егор Зайцев", "part"}}};

/// Nine o'clock plus `at` hours on a day of a week, Monday being 0.
inline Instant time_of(int week, int weekday, int at) {
  return first_monday + (week * 7 + weekday) * day + at * hour;
}

inline void step(Client& client, const Uuid& record, const char* from, const char* to, Json facts = Json::object()) {
  client.apply(record,
               {Op{OpKind::Transition, "status", {{"from", from}, {"to", to}, {"facts", std::move(facts)}}, {}, {}}});
}

}  // namespace anketa::season
