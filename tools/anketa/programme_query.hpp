// What the commands of the programme share: which campaign, whose figures, from this device or from the server.
#pragma once

#include <string>
#include <vector>

#include "shared/programme/reports.hpp"
#include "tools/anketa/command.hpp"

namespace anketa::cli {

struct ProgrammeQuery {
  std::string campaign, rep, segment, state, since, until;
  /// Read from the server instead of this device's records.
  bool server = false;
  /// Everything else, by the report's own names.
  programme::ReportParameters more;
};

/// --campaign and --server, which every report has.
void add_programme_options(Commands& commands, CLI::App* command, ProgrammeQuery& query);
void add_rep_option(Commands& commands, CLI::App* command, ProgrammeQuery& query);
void add_segment_option(Commands& commands, CLI::App* command, ProgrammeQuery& query);

/// The report, from where the query says.
Json programme_report(App& app, std::string_view name, const ProgrammeQuery& query);

/// The campaign of that id, of exactly that title, or the only one whose title has the words; the present one for an
/// empty text. Throws ProblemError: RecordNotFound, or UsageInvalid naming the several that fit.
Uuid find_campaign(App& app, const std::string& typed);
/// One of ours by id, log-in or name. Throws the same.
Uuid find_person(App& app, const std::string& typed);

/// "2025-06-10" or "10.06.2025" as ISO text. Throws ProblemError(InvalidValue) naming the option.
std::string typed_day(const std::string& typed, const std::string& option);
/// "2025-06-10 14:30" or "10.06.2025 14:30", by the machine's own clock. Throws ProblemError(InvalidValue) naming the
/// option.
Instant typed_time(const std::string& typed, const std::string& option);

/// Of a reference {"id", "name"}; "—" for null.
std::string reference_name(const Json& reference);
/// "28.06.2025", or "—" for null.
std::string shown_day(const App& app, const Json& day);
std::string shown_time(const App& app, const Json& at);
/// A number of tenths as people write it: "12,5".
std::string tenths(const App& app, const Json& number);
/// The line that says which campaign the figures are of.
void print_campaign(App& app, const Json& report);

}  // namespace anketa::cli
