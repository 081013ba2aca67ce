// The VIP programme on a device: its figures without a connection, and the work of a campaign (R3-R5, R8, R9, R20,
// R21).
//
// Model: figures are the reports of shared/programme over the records this device holds, so a rep sees his own clients
// and the lead all of them. Work is ordinary edits of records, which sync as any other; what only the lead may do is
// refused here already. Each call commits all it changes together, or nothing.
// Failures throw ProblemError: NotLoggedIn, Forbidden, RecordNotFound, and what the schema says of bad values.
// Thread safety: that of Client.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anketa/client.hpp"
#include "shared/programme/campaign_work.hpp"
#include "shared/programme/reports.hpp"

namespace anketa::client {

/// A report by its name (programme::report_kinds), as of now. `offset_minutes`: east of UTC, for the device's dates.
/// On a device the day of a meeting stands for the day of delivery, which the server alone knows; what has not reached
/// the office yet is not counted (R7).
Json programme_report(const Client& client, std::string_view name, const programme::ReportParameters& parameters,
                      int offset_minutes);

/// What a visit is to be.
struct VisitPlan {
  Instant at = 0;
  int minutes = 60;
  std::string place = {}, purpose = {};
  std::vector<Uuid> contacts = {};
  /// "questionnaire", "follow_up", "meeting".
  std::string kind = "questionnaire";
  bool informal = false;
  std::optional<Uuid> campaign = {};
};

/// Books a visit of the user's own, or of another rep's.
Uuid book_visit(Client& client, const Uuid& of_client, const VisitPlan& plan, std::optional<Uuid> rep = {});
/// How a booked visit came out (R20). Throws IllegalTransition for one that is not booked.
void end_visit(Client& client, const Uuid& visit, bool held, std::optional<bool> offer_made = {});

/// A call and what came of it (R9).
struct CallNote {
  Uuid client;
  /// "no_answer", "call_back", "refused", "booked".
  std::string outcome;
  /// With call_back: when; RequiredMissing without it.
  std::optional<Instant> call_back_at;
  /// With booked: the visit, which is booked along; RequiredMissing without it.
  std::optional<VisitPlan> visit;
  std::optional<Uuid> campaign, contact;
  std::string note;
};

struct LoggedCall {
  Uuid call;
  std::optional<Uuid> visit;
};

LoggedCall log_call(Client& client, const CallNote& note);

/// Makes a campaign (R3, R4). What the body leaves out is as the rules have it, the phone script among it.
Uuid create_campaign(Client& client, const Json& body);

/// Changes what is given of a campaign: title, dates, whose clients, staff, norms, cadence (R3, R4, R8, R20). Gives how
/// much that was. Throws InvalidValue where it would end before it begins.
std::size_t edit_campaign(Client& client, const Uuid& campaign, const Json& wanted);

/// Puts every client of the campaign that is on no individual list yet onto one, and makes suggestions (R5). The rep
/// comes into the client's team where he is not in it: as its owner, where it has none. Doing it again adds what has
/// come since, and deals out what is left on the lists of people who take part no more.
programme::SplitOutcome split_campaign(Client& client, const Uuid& campaign, int offset_minutes);

/// The lead's judgement of the relation between a client and the rep who has it in the campaign (R5). "unsure" and
/// "monopolised" make a suggestion, which is given; "good" declines an open one.
std::optional<Uuid> judge_relation(Client& client, const Uuid& campaign, const Uuid& of_client,
                                   std::string_view relation, int offset_minutes);

/// Accepts a suggestion, to the rep it names or to another one, or declines it (R5). With acceptance the list, the
/// responsibility and the booked visits go to the taker, and the giver stays in the team until the handover is done.
void decide_suggestion(Client& client, const Uuid& suggestion, bool accept, std::optional<Uuid> to = {});

/// Puts a client onto another rep's individual list, with its booked visits, and into his hands altogether where
/// responsibility goes along (R5). An open suggestion for the client is declined by that.
void move_client(Client& client, const Uuid& campaign, const Uuid& of_client, const Uuid& to, bool with_responsibility);

/// Makes the split by income the clients' status, but where the lead has decided himself (R20). Gives how many changed.
std::size_t apply_pareto(Client& client, int percent);
/// The lead's own decision, which no split changes; "" gives the client back to the split.
void decide_key_status(Client& client, const Uuid& of_client, std::string_view status);

/// The user's visits, or another rep's, as an iCalendar file (R9): those to come, and those of the last month.
std::string visits_calendar(Client& client, text::Language language, std::optional<Uuid> rep = {});

}  // namespace anketa::client
