#include "client-core/api/meeting_days.hpp"

#include <algorithm>

#include "shared/form/local_time.hpp"

namespace anketa::client {

using programme::Day;

namespace {

std::string name_in(const Json& names, std::string_view language) {
  const auto name = string_or_empty(names, language);
  return name.empty() ? string_or_empty(names, "ru") : name;
}

/// The last personal meeting before a day.
std::optional<Day> met_before(ClientParts& parts, const Uuid& client, Day talk, int offset_minutes) {
  auto days = meeting_days(parts, client, offset_minutes);
  for (const auto& record : list_records(parts, "interaction", client))
    if (string_or_empty(record.view.body, "kind") == "meeting")
      if (const auto on = day_at(record.view.body, "date")) days.push_back(*on);
  std::optional<Day> last;
  for (const auto on : days)
    if (on < talk) last = std::max(last.value_or(on), on);
  return last;
}

}  // namespace

std::optional<Day> day_at(const Json& body, std::string_view field) {
  const auto& value = value_at(body, field);
  return value.is_string() ? programme::parse_day(value.get_ref<const std::string&>()) : std::nullopt;
}

std::optional<Day> day_of(Instant at, int offset_minutes) {
  return programme::parse_day(form::date_text(form::LocalTime{at, offset_minutes}));
}

std::vector<Day> meeting_days(ClientParts& parts, const Uuid& client, int offset_minutes) {
  std::vector<Day> days;
  for (const auto& record : list_records(parts, "questionnaire", client)) {
    if (string_or_empty(record.view.body, "status") == "draft") continue;
    for (const auto* field : {"date", "resumed_on"})
      if (const auto on = day_at(record.view.body, field)) days.push_back(*on);
  }
  for (const auto& record : list_records(parts, "visit", client)) {
    const auto& body = record.view.body;
    if (string_or_empty(body, "status") != "held" || !value_at(body, "at").is_number_integer()) continue;
    if (const auto on = day_of(body.at("at").get<Instant>(), offset_minutes)) days.push_back(*on);
  }
  return days;
}

std::vector<RangeNews> range_news(ClientParts& parts, const Uuid& client, Day talk, int offset_minutes,
                                  std::string_view language) {
  const auto last = met_before(parts, client, talk, offset_minutes);
  const auto today = day_of(parts.environment.now(), offset_minutes).value_or(talk);
  const auto account = need_record(parts, client);
  const auto& services = value_at(account.view.body, "contract/services");
  std::vector<RangeNews> news;
  for (const auto& record : list_records(parts, "range_item", std::nullopt)) {
    const auto& body = record.view.body;
    const auto code = string_or_empty(body, "code");
    const auto since = day_at(body, "since");
    const bool has_it =
        services.is_array() && std::find(services.begin(), services.end(), Json(code)) != services.end();
    if (!since || has_it || !programme::is_new_in_range({*since, day_at(body, "until")}, last, today)) continue;
    news.push_back({record.view.id, code, name_in(body.value("name", Json()), language)});
  }
  return news;
}

}  // namespace anketa::client
