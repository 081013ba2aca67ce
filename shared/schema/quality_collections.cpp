// The quality loop (R12-R18, R22): complaints on their way to a confirmed repair, and what comes of one.
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {
namespace {

// The way of a case (R13-R17). Only the client's own confirmation ends it; his "no" sends it back to work.
FieldBuilder case_status() {
  return status("status", {"open", "accepted", "in_work", "reported_fixed", "rep_called", "confirmed", "rejected"},
                {{"open", "accepted"},
                 {"open", "in_work"},
                 {"accepted", "in_work"},
                 {"in_work", "reported_fixed"},
                 {"reported_fixed", "rep_called"},
                 {"rep_called", "confirmed"},
                 {"rep_called", "rejected"},
                 {"rejected", "in_work"}})
      .guarded({{"rep_called", {}, true},
                {"confirmed", {"confirmed_by", "confirmed_on", "confirmed_how"}, true},
                {"rejected", {"rejected_by", "rejected_on", "reopenings"}, true}});
}

}  // namespace

// A complaint on its way to a confirmed repair. It is the copy that goes to the service side (R14), which sees nothing
// else of a client: sections 1 and 5 of the questionnaire, the complaints and who will confirm stand in it.
Collection quality_case() {
  constexpr auto service = FieldClass::Service;
  return {"quality_case",
          Placement::Client,
          Writers::TeamAndService,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("questionnaire", "questionnaire").fixed(),
              // Section 1: company, date, rep.
              text("company").in(service).by_team().search(),
              date("met_on").in(service).by_team(),
              reference("rep", "user").in(service).by_team(),
              // Answers of the questionnaire whose class is "service": sections 1 and 5.
              tree("answers").in(service).by_team(),
              case_status().in(service),
              choice("severity", {"stops", "hinders", "annoys"}).in(service).by_team(),
              date("opened_on").in(service).by_team(),
              reference("opened_by", "user").in(service).by_team(),
              tree("complaints").in(service).by_team(),
              text("confirming_contact").in(service).by_team(),
              text("call_when").in(service).by_team(),
              long_text("idea").in(service).by_team(),
              // The service side's part.
              reference("accepted_by", "user").in(service),
              date("accepted_on").in(service),
              date("promised_on").in(service),
              text("cause").in(service).search(),
              text("place").in(service).search(),
              money("fix_cost").in(service),
              log("works", {instant("at"), reference("user", "user"), long_text("text")}).in(service),
              reference("fixed_by", "user").in(service),
              date("fixed_on").in(service),
              // What the client says to it (R17). Each call stays on record, whatever came of it.
              date("called_on").in(service).by_team(),
              log("client_words",
                  {instant("at"), reference("user", "user"), text("contact"), boolean("good"), long_text("text")})
                  .in(service)
                  .by_team(),
              text("confirmed_by").in(service).by_step(),
              date("confirmed_on").in(service).by_step(),
              choice("confirmed_how", {"call", "meeting", "letter"}).in(service).by_step(),
              text("rejected_by").in(service).by_step(),
              date("rejected_on").in(service).by_step(),
              integer("reopenings").in(service).by_step(),
              // What it would bring to have no such complaints (R22).
              money("extra_profit_month").in(FieldClass::Finance),
          },
          Audience::Everyone,
          true};
}

// Something to be done, by whom and until when. What the server makes itself has an id derived from its cause.
Collection task() {
  return {"task",
          Placement::Any,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").fixed(),
              choice("kind", {"agree_meeting", "other"}).fixed(),
              text("title").search(),
              // The record it came from.
              reference("cause", "").fixed(),
              reference("questionnaire", "questionnaire").fixed(),
              reference("user", "user"),
              date("made_on").fixed(),
              date("due_on"),
              status("status", {"open", "done", "cancelled"},
                     {{"open", "done"}, {"open", "cancelled"}, {"done", "open"}, {"cancelled", "open"}}),
              date("done_on"),
              reference("visit", "visit"),
              long_text("note").in(FieldClass::Relations),
          }};
}

// How many days a repair may take, by severity. One record, whose id everybody knows (programme::quality_settings_id).
Collection quality_settings() {
  return {"quality_settings",
          Placement::Company,
          Writers::Lead,
          Creators::Lead,
          {
              integer("due_days/stops"),
              integer("due_days/hinders"),
              integer("due_days/annoys"),
              // Days for the rep's call after the repair was reported.
              integer("due_days/call"),
              // Days to agree the new meeting after the client has confirmed.
              integer("due_days/meeting"),
          }};
}

}  // namespace anketa::schema::declared
