#include "shared/programme/reports.hpp"

#include <array>
#include <charconv>

#include "shared/problem/problem.hpp"
#include "shared/programme/report_parts.hpp"

namespace anketa::programme {
namespace {

struct Entry {
  ReportKind kind;
  Json (*make)(const ReportContext&);
};

constexpr std::array<Entry, 12> entries{{
    {{"campaigns", ReportFor::Everybody}, campaigns_report},
    {{"campaign", ReportFor::Everybody}, campaign_report},
    {{"lists", ReportFor::Everybody}, lists_report},
    {{"calls", ReportFor::Everybody}, calls_report},
    {{"norms", ReportFor::Everybody}, norms_report},
    {{"coverage", ReportFor::Everybody}, coverage_report},
    {{"cadence", ReportFor::Everybody}, cadence_report},
    {{"meetings", ReportFor::Everybody}, meetings_report},
    {{"staffing", ReportFor::Everybody}, staffing_report},
    {{"suggestions", ReportFor::Lead}, suggestions_report},
    {{"pareto", ReportFor::Lead}, pareto_report},
    {{"seasons", ReportFor::Lead}, seasons_report},
}};

[[noreturn]] void invalid(std::string_view name, const std::string& value) {
  throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(value)}}, std::string(name));
}

}  // namespace

std::optional<std::string> ReportContext::text(std::string_view name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() || found->second.empty() ? std::nullopt : std::optional(found->second);
}

std::optional<Uuid> ReportContext::id(std::string_view name) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto id = Uuid::parse(*value);
  if (!id) invalid(name, *value);
  return id;
}

std::optional<Day> ReportContext::day(std::string_view name) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto day = parse_day(*value);
  if (!day) invalid(name, *value);
  return day;
}

int ReportContext::number(std::string_view name, int otherwise, int least, int most) const {
  const auto value = text(name);
  if (!value) return otherwise;
  int number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc() || end != value->data() + value->size() || number < least || number > most)
    invalid(name, *value);
  return number;
}

Pass ReportContext::pass() const {
  auto pass = make_pass(facts, id("campaign"), today);
  const auto rep = id("rep");
  const auto segment = text("segment");
  std::erase_if(pass.clients, [&](const PassClient& one) {
    return (rep && !(one.rep == *rep)) || (segment && one.client->segment != *segment);
  });
  return pass;
}

Json campaign_reference(const CampaignFact& campaign) {
  if (campaign.id.is_nil()) return nullptr;
  return {{"id", campaign.id.text()},
          {"title", campaign.title},
          {"from", day_text(campaign.from)},
          {"until", day_text(campaign.until)},
          {"status", campaign.status}};
}

Json day_or_null(const std::optional<Day>& day) {
  return day ? Json(day_text(*day)) : Json(nullptr);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

const std::vector<ReportKind>& report_kinds() {
  static const std::vector<ReportKind> kinds = [] {
    std::vector<ReportKind> all;
    for (const auto& entry : entries) all.push_back(entry.kind);
    return all;
  }();
  return kinds;
}

ReportParameters parameters_of_rep(std::string_view name, ReportParameters parameters, const Uuid& rep) {
  if (name == "calls" || name == "cadence") parameters.emplace("rep", rep.text());
  return parameters;
}

Json report(const Facts& facts, std::string_view name, const ReportParameters& parameters, Day today, Instant now) {
  for (const auto& entry : entries)
    if (entry.kind.name == name) return entry.make({facts, parameters, today, now});
  throw ProblemError(ProblemCode::NotFound, {}, std::string(name));
}

}  // namespace anketa::programme
