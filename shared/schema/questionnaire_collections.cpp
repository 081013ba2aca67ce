// Questionnaires: their templates, the filled ones, and what a talk brings besides (R6, R11-R13, R19, R23).
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {

// A version of a questionnaire template. The definition is a text, pinned by its hash and never changed.
Collection form() {
  return {"form",
          Placement::Company,
          Writers::Lead,
          Creators::Lead,
          {
              text("form_id").req().fixed(),
              text("version").req().fixed(),
              text("hash").req().fixed(),
              document("definition").req().fixed(),
              text("title/ru"),
              text("title/en"),
              boolean("active"),
          }};
}

// A VIP questionnaire (R6, R7, R11-R13, R18). Statuses: docs/forms.md, "The quality gate".
Collection questionnaire() {
  return {"questionnaire",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              text("form/id").req().fixed(),
              text("form/version").req().fixed(),
              text("form/hash").req().fixed(),
              status("status", {"draft", "paused", "resumed", "complete", "complete_after_pause"},
                     {{"draft", "complete"},
                      {"draft", "paused"},
                      {"paused", "resumed"},
                      {"resumed", "paused"},
                      {"resumed", "complete_after_pause"}}),
              date("date"),
              date("resumed_on"),
              reference("rep", "user").req(),
              reference("visit", "visit"),
              // The pass it belongs to; the server's figures place it by its date where none is named.
              reference("campaign", "campaign"),
              instant("started_at"),
              instant("finished_at"),
              text("resume_point"),
              tree("answers").in(FieldClass::Relations),
              log("notes", {instant("at"), text("place"), long_text("text")}).in(FieldClass::Relations),
          }};
}

// A recommendation the client gave, from the name to the new client (R19, R23, R60).
Collection referral() {
  return {"referral",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("questionnaire", "questionnaire").fixed(),
              text("company").req().search(),
              // Who gave it.
              reference("named_by", "contact"),
              reference("rep", "user"),
              date("named_on"),
              choice("person_knows", {"yes", "ask", "no"}),
              text("person").in(FieldClass::Personal).search(),
              text("phone").in(FieldClass::Personal),
              long_text("need").in(FieldClass::Relations),
              choice("introduction", {"meet", "call", "mention", "silent"}),
              status("status", {"named", "introduced", "contacted", "met", "won", "lost"},
                     {{"named", "introduced"},
                      {"named", "contacted"},
                      {"introduced", "contacted"},
                      {"introduced", "met"},
                      {"contacted", "met"},
                      {"contacted", "won"},
                      {"met", "won"},
                      {"named", "lost"},
                      {"introduced", "lost"},
                      {"contacted", "lost"},
                      {"met", "lost"}}),
              date("introduced_on"),
              date("contacted_on"),
              date("met_on"),
              date("closed_on"),
              // The person was told where we have his data from (R60).
              boolean("told_of_source"),
              // The account it became.
              reference("won_client", "client"),
              text("source/question"),
          }};
}

// More volume or an additional sale on its way, and the meeting and pass that produced it (R19, R23).
Collection offer() {
  return {"offer",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("questionnaire", "questionnaire").fixed(),
              reference("interaction", "interaction").fixed(),
              reference("campaign", "campaign"),
              reference("rep", "user"),
              text("service").req(),
              // More of what the client has, a line new to it, a direction new to us.
              choice("kind", {"volume", "new_line", "direction"}),
              choice("step", {"offer", "test", "expert", "order"}),
              boolean("on_the_spot"),
              date("made_on"),
              date("due_on"),
              date("closed_on"),
              money("amount_month").in(FieldClass::Finance),
              money("amount_once").in(FieldClass::Finance),
              long_text("remarks").in(FieldClass::Relations).search(),
              status("status", {"planned", "offered", "won", "lost"},
                     {{"planned", "offered"},
                      {"planned", "won"},
                      {"planned", "lost"},
                      {"offered", "won"},
                      {"offered", "lost"}}),
              text("source/question"),
          }};
}

}  // namespace anketa::schema::declared
