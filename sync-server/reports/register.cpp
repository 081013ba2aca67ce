#include "sync-server/reports/register.hpp"

#include <algorithm>

#include "sync-server/reports/columns.hpp"
#include "sync-server/reports/overview.hpp"

namespace anketa::server::reports {
namespace {

using programme::RegisterCase;

constexpr std::string_view case_sql =
    "SELECT id, client, questionnaire, company, rep, accepted_by, status, severity, opened_on, promised_on, fixed_on, "
    "called_on, rejected_on, confirmed_on, cause, place, contact, confirmed_by, confirmed_how, complaints, works, "
    "reopenings, fix_cost, extra_profit_month FROM p_case";

programme::DueDays due_days(Reader& reader) {
  const auto head = reader.head(programme::quality_settings_id());
  return programme::due_days_from(head && !head->deleted ? Json::parse(head->body) : Json::object());
}

/// In the order of case_sql.
RegisterCase read_case(Columns& c) {
  RegisterCase row;
  row.id = c.id();
  row.client = c.id();
  row.questionnaire = c.id();
  row.company = c.text();
  row.rep = c.id();
  row.service = c.id();
  row.dates = {c.text(), c.text(), c.day(), c.day(), c.day(), c.day(), c.day(), c.day()};
  row.cause = c.text();
  row.place = c.text();
  row.contact = c.text();
  row.confirmed_by = c.text();
  row.confirmed_how = c.text();
  row.complaints = static_cast<int>(c.integer());
  row.works = static_cast<int>(c.integer());
  row.reopenings = static_cast<int>(c.integer());
  row.fix_cost = c.integer();
  row.extra_profit_month = c.integer();
  return row;
}

/// The client's name and owner are those of today; what the case says of them is how it was when it was opened.
void put_names(RegisterCase& row, const Tables& tables) {
  if (const auto* client = tables.client(row.client)) {
    row.company = client->name;
    if (!client->owner.is_nil()) row.rep = client->owner;
  }
  if (const auto* user = tables.user(row.rep)) row.rep_name = user->name;
  if (const auto* user = tables.user(row.service)) row.service_name = user->name;
}

[[noreturn]] void invalid(std::string_view name, const std::string& value) {
  throw ProblemError(ProblemCode::InvalidValue, {{"field", std::string(name)}, {"value", value}}, std::string(name));
}

std::optional<programme::AgeGroup> age_parameter(const Query& query) {
  const auto text = parameter(query, "age");
  if (!text) return std::nullopt;
  const auto& ids = programme::age_group_ids;
  const auto found = std::find(ids.begin(), ids.end(), *text);
  if (found == ids.end()) invalid("age", *text);
  return static_cast<programme::AgeGroup>(found - ids.begin());
}

programme::RegisterFilter register_filter(const Query& query) {
  const auto common = filter_from(query);
  programme::RegisterFilter filter;
  filter.status = parameter(query, "status");
  filter.severity = parameter(query, "severity");
  filter.age = age_parameter(query);
  filter.cause = parameter(query, "cause").value_or("");
  filter.place = parameter(query, "place").value_or("");
  filter.company = parameter(query, "search").value_or("");
  filter.rep = common.rep;
  filter.client = common.client;
  return filter;
}

std::vector<RegisterCase> chosen(Reader& reader, const Tables& tables, const Viewer& viewer, const Query& query,
                                 programme::Day today) {
  const auto filter = register_filter(query);
  const auto common = filter_from(query);
  auto rows = load_register(reader, tables, today);
  std::erase_if(rows, [&](const RegisterCase& row) {
    return !tables.visible(viewer, row.client) || !programme::takes(filter, row) ||
           !common.takes_client(tables.client(row.client)) || !common.takes_day(row.dates.opened_on);
  });
  return rows;
}

Json text_json(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json day_json(const std::optional<programme::Day>& day) {
  return day ? Json(programme::day_text(*day)) : Json();
}

Json money_json(std::int64_t amount) {
  return amount == 0 ? Json() : Json(amount);
}

Json totals_json(const programme::RegisterTotals& sums) {
  Json by_age = Json::object();
  for (std::size_t i = 0; i < sums.by_age.size(); ++i)
    by_age[std::string(programme::age_group_ids[i])] = sums.by_age[i];
  return {{"cases", sums.cases},
          {"open", sums.open},
          {"closed", sums.closed},
          {"overdue", sums.overdue},
          {"reopened", sums.reopened},
          {"reopenings", sums.reopenings},
          {"by_status", sums.by_status},
          {"by_severity", sums.by_severity},
          {"by_age", std::move(by_age)},
          {"median_days_to_close", sums.median_days_to_close ? Json(*sums.median_days_to_close) : Json()}};
}

/// "3.4" months: a decimal is a text.
Json payback_json(const std::optional<std::int64_t>& tenths) {
  if (!tenths) return nullptr;
  return std::to_string(*tenths / 10) + "." + std::to_string(*tenths % 10);
}

}  // namespace

Json register_item(const Tables& tables, const Viewer& viewer, const RegisterCase& row) {
  Json client{{"id", row.client.text()}, {"name", row.company}};
  return {{"id", row.id.text()},
          {"client", std::move(client)},
          {"owner", user_reference(tables, row.rep)},
          {"service", user_reference(tables, row.service)},
          {"questionnaire", row.questionnaire.is_nil() ? Json() : Json(row.questionnaire.text())},
          {"status", row.dates.status},
          {"turn", programme::id(row.turn)},
          {"severity", text_json(row.dates.severity)},
          {"cause", text_json(row.cause)},
          {"place", text_json(row.place)},
          {"contact", text_json(row.contact)},
          {"complaints", row.complaints},
          {"works", row.works},
          {"opened_on", day_json(row.dates.opened_on)},
          {"promised_on", day_json(row.dates.promised_on)},
          {"fixed_on", day_json(row.dates.fixed_on)},
          {"called_on", day_json(row.dates.called_on)},
          {"rejected_on", day_json(row.dates.rejected_on)},
          {"confirmed_on", row.is_open() ? Json() : day_json(row.dates.confirmed_on)},
          {"confirmed_by", row.is_open() ? Json() : text_json(row.confirmed_by)},
          {"confirmed_how", row.is_open() ? Json() : text_json(row.confirmed_how)},
          {"due_on", day_json(row.due)},
          {"overdue_days", row.overdue},
          {"age_days", row.age ? Json(*row.age) : Json()},
          {"reopenings", row.reopenings},
          {"fix_cost", money_json(row.fix_cost)},
          {"extra_profit_month", viewer.sees_programme() ? money_json(row.extra_profit_month) : Json()}};
}

Json bottleneck_item(const Viewer& viewer, const programme::Bottleneck& each) {
  Json cases = Json::array();
  for (const auto& id : each.cases) cases.push_back(id.text());
  const auto worst =
      each.worst_severity < programme::severities.size() ? Json(programme::severities[each.worst_severity]) : Json();
  const bool money = viewer.sees_programme();
  return {{"cause", text_json(each.cause)},
          {"place", text_json(each.place)},
          {"cases", std::move(cases)},
          {"open", each.open},
          {"clients", each.clients},
          {"reopenings", each.reopenings},
          {"severity", worst},
          {"fix_cost", money_json(each.fix_cost)},
          {"extra_profit_month", money ? money_json(each.extra_profit_month) : Json()},
          {"payback_months", money ? payback_json(each.payback_tenths) : Json()}};
}

std::vector<RegisterCase> load_register(Reader& reader, const Tables& tables, programme::Day today) {
  const auto days = due_days(reader);
  std::vector<RegisterCase> rows;
  reader.select(case_sql, {}, [&](const Row& each) {
    Columns columns(each);
    auto row = read_case(columns);
    put_names(row, tables);
    programme::reckon(row, days, today);
    rows.push_back(std::move(row));
  });
  std::sort(rows.begin(), rows.end(), programme::comes_first);
  return rows;
}

Json quality_register(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer,
                      const Query& query, Instant now) {
  const auto today = calendar.day_of(now);
  const auto rows = chosen(reader, tables, viewer, query, today);
  const auto page = page_from(query);
  Json items = Json::array();
  for (auto i = page.offset; i < rows.size() && i - page.offset < page.limit; ++i)
    items.push_back(register_item(tables, viewer, rows[i]));
  return {{"today", programme::day_text(today)},
          {"totals", totals_json(programme::totals(rows))},
          {"total", rows.size()},
          {"items", std::move(items)},
          {"next_offset", next_offset(page, rows.size())}};
}

Json bottleneck_list(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer,
                     const Query& query, Instant now) {
  const auto rows = chosen(reader, tables, viewer, query, calendar.day_of(now));
  std::vector<programme::BottleneckCase> cases;
  std::size_t unnamed = 0;
  for (const auto& row : rows) {
    cases.push_back(programme::bottleneck_case(row));
    if (row.cause.empty() && row.place.empty()) ++unnamed;
  }
  Json items = Json::array();
  for (const auto& each : programme::bottlenecks(cases)) items.push_back(bottleneck_item(viewer, each));
  return {{"items", std::move(items)}, {"cases", rows.size()}, {"without_cause_and_place", unnamed}};
}

Json task_list(Reader& reader, const Tables& tables, const OrgCalendar& calendar, const Viewer& viewer,
               const Query& query, Instant now) {
  const auto filter = filter_from(query);
  const auto status = parameter(query, "status").value_or("open");
  const auto today = calendar.day_of(now);
  Json items = Json::array();
  reader.select(
      "SELECT id, client, kind, cause, questionnaire, person, made_on, due_on, status, title FROM p_task "
      "ORDER BY due_on, id",
      {}, [&](const Row& each) {
        Columns c(each);
        const Uuid id = c.id(), client = c.id();
        const auto kind = c.text();
        const Uuid cause = c.id(), questionnaire = c.id(), person = c.id();
        const auto made = c.day(), due = c.day();
        const auto now_status = c.text(), title = c.text();
        if (!viewer.sees_programme() || !tables.visible(viewer, client) || (filter.rep && person != *filter.rep) ||
            (filter.client && client != *filter.client) || (status != "all" && status != now_status))
          return;
        items.push_back({{"id", id.text()},
                         {"client", client_reference(tables, client)},
                         {"kind", kind},
                         {"title", text_json(title)},
                         {"cause", cause.is_nil() ? Json() : Json(cause.text())},
                         {"questionnaire", questionnaire.is_nil() ? Json() : Json(questionnaire.text())},
                         {"user", user_reference(tables, person)},
                         {"made_on", day_json(made)},
                         {"due_on", day_json(due)},
                         {"overdue_days", due && now_status == "open" ? programme::age_in_days(*due, today) : 0},
                         {"status", now_status}});
      });
  return {{"items", std::move(items)}};
}

}  // namespace anketa::server::reports
