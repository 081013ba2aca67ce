// What the programme's figures are, as JSON: one answer for the lead's pages, the command line and the rep's phone.
//
// Model: a report is named by a word, such as "norms"; its shape is in docs/api.md, "The campaign". Device and server
// ask the same function, so one rule gives one figure. Whoever fills the facts decides what the viewer may know.
// Thread safety: pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/programme/facts.hpp"

namespace anketa::programme {

/// Parameters by name: campaign, rep, segment, since, until, state, full, part, clients, weeks … as docs/api.md says.
using ReportParameters = std::map<std::string, std::string, std::less<>>;

/// Who a report may be shown to: figures about income, costs and suggestions are the lead's and the management's.
enum class ReportFor { Everybody, Lead };

struct ReportKind {
  std::string_view name;
  ReportFor whom;
};

const std::vector<ReportKind>& report_kinds();

/// What a representative asks for when he does not say whose: whom to call and whom to meet are those on his own list.
ReportParameters parameters_of_rep(std::string_view name, ReportParameters parameters, const Uuid& rep);

/// Throws ProblemError: NotFound for an unknown name, InvalidValue naming a parameter that makes no sense,
/// RecordNotFound for an unknown campaign.
Json report(const Facts& facts, std::string_view name, const ReportParameters& parameters, Day today, Instant now);

}  // namespace anketa::programme
