#include "tools/anketa/programme_query.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "anketa/programme.hpp"
#include "shared/programme/calendar.hpp"
#include "shared/text/search.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

struct Named {
  Uuid id;
  std::string name, other;
};

/// By id, by exactly a name, or the only one whose name has the typed words in it.
Uuid find_named(const std::vector<Named>& all, const std::string& typed, const char* several) {
  const auto id = Uuid::parse(typed);
  std::vector<const Named*> fit;
  for (const auto& one : all) {
    if ((id && one.id == *id) || one.name == typed || (!one.other.empty() && one.other == typed)) return one.id;
    if (text::normalise(one.name).find(text::normalise(typed)) != std::string::npos) fit.push_back(&one);
  }
  if (fit.empty()) throw ProblemError(ProblemCode::RecordNotFound, {}, typed);
  if (fit.size() == 1) return fit.front()->id;
  std::string names;
  for (const auto* one : fit) names += (names.empty() ? "«" : ", «") + harmless(one->name) + "»";
  throw ProblemError(ProblemCode::UsageInvalid, {{"reason", several}, {"names", names}});
}

/// Digits in groups, as a date and a time have them; empty where the text has anything else.
std::vector<int> numbers_of(const std::string& typed) {
  std::vector<int> numbers;
  bool inside = false;
  for (const char c : typed) {
    if (c >= '0' && c <= '9') {
      if (!inside) numbers.push_back(0);
      inside = true;
      if (numbers.back() > 100'000) return {};
      numbers.back() = numbers.back() * 10 + (c - '0');
    } else {
      inside = false;
      if (std::string_view("-.: T").find(c) == std::string_view::npos) return {};
    }
  }
  return numbers;
}

}  // namespace

void add_programme_options(Commands& commands, CLI::App* command, ProgrammeQuery& query) {
  commands.option(command, "--campaign", query.campaign, "programme.campaign");
  commands.flag(command, "--server", query.server, "programme.server");
}

void add_rep_option(Commands& commands, CLI::App* command, ProgrammeQuery& query) {
  commands.option(command, "--rep", query.rep, "programme.rep");
}

void add_segment_option(Commands& commands, CLI::App* command, ProgrammeQuery& query) {
  commands.option(command, "--segment", query.segment, "query.segment");
}

Json programme_report(App& app, std::string_view name, const ProgrammeQuery& query) {
  auto parameters = query.more;
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) parameters[key] = value;
  };
  if (!query.campaign.empty()) put("campaign", find_campaign(app, query.campaign).text());
  if (!query.rep.empty()) put("rep", find_person(app, query.rep).text());
  put("segment", query.segment);
  put("state", query.state);
  if (!query.since.empty()) put("since", typed_day(query.since, "--since"));
  if (!query.until.empty()) put("until", typed_day(query.until, "--until"));
  if (!query.server) return client::programme_report(app.client(), name, parameters, app.offset_minutes());
  std::string path = "/v1/campaign/" + std::string(name);
  char mark = '?';
  for (const auto& [key, value] : parameters) {
    path += mark + key + "=" + percent_encoded(value);
    mark = '&';
  }
  return app.read(path);
}

Uuid find_campaign(App& app, const std::string& typed) {
  if (typed.empty()) {
    const auto present = client::programme_report(app.client(), "campaigns", {}, app.offset_minutes()).at("present");
    if (present.is_null()) throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.campaign.none"}});
    return Uuid::from(present.get<std::string>());
  }
  std::vector<Named> all;
  for (const auto& record : app.client().list("campaign"))
    all.push_back({record.view.id, string_or_empty(record.view.body, "title"), {}});
  return find_named(all, typed, "cli.campaign.several");
}

Uuid find_person(App& app, const std::string& typed) {
  std::vector<Named> all;
  for (const auto& record : app.client().list("user"))
    all.push_back(
        {record.view.id, string_or_empty(record.view.body, "name"), string_or_empty(record.view.body, "login")});
  return find_named(all, typed, "cli.campaign.several_people");
}

std::string typed_day(const std::string& typed, const std::string& option) {
  const auto numbers = numbers_of(typed);
  std::string iso;
  if (numbers.size() == 3) {
    const bool year_first = numbers[0] > 31;
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", numbers[year_first ? 0 : 2], numbers[1],
                  numbers[year_first ? 2 : 0]);
    iso = text;
  }
  if (!programme::parse_day(iso)) throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(typed)}}, option);
  return iso;
}

Instant typed_time(const std::string& typed, const std::string& option) {
  const auto numbers = numbers_of(typed);
  const ProblemError wrong(ProblemCode::InvalidValue, {{"value", excerpt(typed)}}, option);
  if (numbers.size() != 5) throw wrong;
  const bool year_first = numbers[0] > 31;
  std::tm local{};
  local.tm_year = numbers[year_first ? 0 : 2] - 1900;
  local.tm_mon = numbers[1] - 1;
  local.tm_mday = numbers[year_first ? 2 : 0];
  local.tm_hour = numbers[3];
  local.tm_min = numbers[4];
  local.tm_isdst = -1;
  const auto asked = local;
  const auto seconds = std::mktime(&local);
  // mktime takes 31 June for 1 July; a person has mistyped.
  if (seconds == -1 || asked.tm_mon != local.tm_mon || asked.tm_mday != local.tm_mday || asked.tm_hour > 23 ||
      asked.tm_min > 59 || local.tm_year < 100)
    throw wrong;
  return Instant{seconds} * 1000;
}

std::string reference_name(const Json& reference) {
  return reference.is_object() ? harmless(string_or_empty(reference, "name")) : "—";
}

std::string shown_day(const App& app, const Json& day) {
  return day.is_string() ? app.local_date(day.get_ref<const std::string&>()) : "—";
}

std::string shown_time(const App& app, const Json& at) {
  return at.is_number_integer() ? app.local_time(at.get<Instant>()) : "—";
}

std::string tenths(const App& app, const Json& number) {
  if (!number.is_number_integer()) return "—";
  const auto value = number.get<int>();
  if (value % 10 == 0) return std::to_string(value / 10);
  return std::to_string(value / 10) + (app.language() == text::Language::Russian ? "," : ".") +
         std::to_string(value % 10);
}

void print_campaign(App& app, const Json& report) {
  const auto& campaign = report.at("campaign");
  if (campaign.is_null()) return app.terminal.line(app.say("campaign.no_campaign"));
  app.terminal.line(app.terminal.styled(harmless(string_or_empty(campaign, "title")), Style::Bold) + "  " +
                    shown_day(app, campaign.at("from")) + " – " + shown_day(app, campaign.at("until")) + "  " +
                    app.named("campaign_status", string_or_empty(campaign, "status")));
}

}  // namespace anketa::cli
