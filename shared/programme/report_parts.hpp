// What the reports share. Private to shared/programme.
#pragma once

#include <optional>

#include "shared/programme/pass.hpp"
#include "shared/programme/reports.hpp"

namespace anketa::programme {

/// What a report is made from.
struct ReportContext {
  const Facts& facts;
  const ReportParameters& parameters;
  Day today;
  Instant now;

  /// Parameters; absent and empty ones are nullopt. Throw ProblemError(InvalidValue) naming the parameter.
  std::optional<std::string> text(std::string_view name) const;
  std::optional<Uuid> id(std::string_view name) const;
  std::optional<Day> day(std::string_view name) const;
  int number(std::string_view name, int otherwise, int least, int most) const;

  /// The pass of the parameter "campaign", with those of its clients that "rep" and "segment" leave.
  Pass pass() const;
};

/// {"id", "title", "from", "until", "status"}; null without a campaign.
Json campaign_reference(const CampaignFact& campaign);
Json day_or_null(const std::optional<Day>& day);
Json text_or_null(const std::string& text);

// report_lists.cpp
Json campaigns_report(const ReportContext& context);
Json campaign_report(const ReportContext& context);
Json lists_report(const ReportContext& context);
Json calls_report(const ReportContext& context);
Json suggestions_report(const ReportContext& context);

// report_progress.cpp
Json norms_report(const ReportContext& context);
Json coverage_report(const ReportContext& context);

// report_clients.cpp
Json cadence_report(const ReportContext& context);
Json pareto_report(const ReportContext& context);
Json meetings_report(const ReportContext& context);

// report_team.cpp
Json staffing_report(const ReportContext& context);
Json seasons_report(const ReportContext& context);

}  // namespace anketa::programme
