// The declaration itself. A new field is one line here; everything else follows from it.
#include "shared/schema/builder.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::schema {
namespace {

// The account (R3, R5, R32, R37). Its record is its own scope.
Collection client() {
  return {"client",
          Placement::Own,
          Writers::Team,
          Creators::Lead,
          {
              text("name").req().search(),
              text("legal_name").search(),
              text("inn").search(),
              text("segment").search(),
              text("industry").search(),
              text("region").search(),
              text("city").search(),
              text("address").search(),
              text("phone").search(),
              text("email").search(),
              text("website"),
              set("key_signs").by_lead(),
              choice("key_status", {"ordinary", "key", "top"}).by_lead(),
              text("contract/number").in(FieldClass::Service),
              integer("contract/sites").in(FieldClass::Service),
              integer("contract/speed_mbps").in(FieldClass::Service),
              set("contract/services").in(FieldClass::Service),
              money("income_year").in(FieldClass::Finance),
              reference("main_contact", "contact"),
              long_text("remarks").in(FieldClass::Relations).search(),
          }};
}

// A person at the client (R10, R30, R35).
Collection contact() {
  return {"contact",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              text("name").req().in(FieldClass::Personal).search(),
              text("post").in(FieldClass::Personal).search(),
              set("roles").in(FieldClass::Personal),
              text("phone").in(FieldClass::Personal).search(),
              text("email").in(FieldClass::Personal).search(),
              boolean("met").in(FieldClass::Relations),
              boolean("told_of_processing").in(FieldClass::Personal),
              choice("state", {"active", "left"}),
              date("verified_on"),
              long_text("work_interests").in(FieldClass::Relations),
              set("tags").in(FieldClass::Relations),
          }};
}

// One of the four parts of the dossier (R30); part (a) "general" is the one filled today.
Collection dossier_part() {
  return {"dossier_part",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              choice("part", {"general", "our_view", "decision", "competitors"}).req().fixed(),
              long_text("description").in(FieldClass::Relations).search(),
              long_text("history").in(FieldClass::Relations).search(),
              long_text("mission").in(FieldClass::Relations).search(),
              long_text("positioning").in(FieldClass::Relations).search(),
              long_text("goals").in(FieldClass::Relations).search(),
              long_text("market").in(FieldClass::Relations).search(),
              long_text("finances").in(FieldClass::Finance),
              integer("headcount").in(FieldClass::Relations),
              long_text("staffing").in(FieldClass::Relations),
              long_text("structure").in(FieldClass::Relations),
              long_text("its_clients").in(FieldClass::Relations).search(),
              long_text("its_competitors").in(FieldClass::Relations).search(),
              long_text("suppliers").in(FieldClass::Relations).search(),
              date("revised_on"),
              reference("revised_by", "user"),
              log("facts", {instant("at"), long_text("text"), reference("user", "user"), text("source")})
                  .in(FieldClass::Relations),
          }};
}

// A booked meeting (R9).
Collection visit() {
  return {"visit",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("rep", "user").req(),
              instant("at").req(),
              integer("minutes"),
              text("place"),
              set("contacts"),
              status("status", {"booked", "held", "cancelled"}, {{"booked", "held"}, {"booked", "cancelled"}}),
              long_text("purpose"),
          }};
}

// One contact with the client in the history of relations (R35).
Collection interaction() {
  return {"interaction",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              choice("kind", {"call", "meeting", "agreement", "letter", "request"}).req(),
              date("date").req(),
              reference("user", "user").req(),
              set("contacts"),
              boolean("main_contact_told"),
              boolean("offer_made"),
              boolean("informal"),
              long_text("summary").in(FieldClass::Relations).search(),
              long_text("agreed").in(FieldClass::Relations).search(),
              long_text("next_step").in(FieldClass::Relations),
              date("next_on"),
          }};
}

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
              instant("started_at"),
              instant("finished_at"),
              text("resume_point"),
              tree("answers").in(FieldClass::Relations),
              log("notes", {instant("at"), text("place"), long_text("text")}).in(FieldClass::Relations),
          }};
}

// A complaint on its way to a confirmed repair (R13-R17). Only the client's own confirmation closes it.
Collection quality_case() {
  return {"quality_case",
          Placement::Client,
          Writers::TeamAndService,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("questionnaire", "questionnaire").fixed(),
              status("status", {"open", "in_work", "reported_fixed", "rep_called", "confirmed", "rejected"},
                     {{"open", "in_work"},
                      {"in_work", "reported_fixed"},
                      {"reported_fixed", "rep_called"},
                      {"rep_called", "confirmed"},
                      {"rep_called", "rejected"},
                      {"rejected", "in_work"}})
                  .in(FieldClass::Service),
              choice("severity", {"stops", "hinders", "annoys"}).in(FieldClass::Service),
              date("opened_on").in(FieldClass::Service),
              tree("complaints").in(FieldClass::Service),
              text("confirming_contact").in(FieldClass::Service),
              text("call_when").in(FieldClass::Service),
              log("works", {instant("at"), reference("user", "user"), long_text("text")}).in(FieldClass::Service),
              integer("reopenings").in(FieldClass::Service),
              text("confirmed_by").in(FieldClass::Service),
              date("confirmed_on").in(FieldClass::Service),
              choice("confirmed_how", {"call", "meeting", "letter"}).in(FieldClass::Service),
              long_text("idea").in(FieldClass::Service),
          }};
}

// A recommendation the client gave (R19, R23, R60).
Collection referral() {
  return {"referral",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("questionnaire", "questionnaire").fixed(),
              text("company").req().search(),
              choice("person_knows", {"yes", "ask", "no"}),
              text("person").in(FieldClass::Personal).search(),
              text("phone").in(FieldClass::Personal),
              long_text("need").in(FieldClass::Relations),
              choice("introduction", {"meet", "call", "mention", "silent"}),
              status("status", {"named", "introduced", "contacted", "met", "won", "lost"},
                     {{"named", "introduced"},
                      {"named", "contacted"},
                      {"introduced", "contacted"},
                      {"contacted", "met"},
                      {"met", "won"},
                      {"named", "lost"},
                      {"introduced", "lost"},
                      {"contacted", "lost"},
                      {"met", "lost"}}),
          }};
}

// An additional sale on its way (R19, R23).
Collection offer() {
  return {"offer",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("questionnaire", "questionnaire").fixed(),
              text("service").req(),
              choice("step", {"offer", "test", "expert", "order"}),
              date("due_on"),
              money("amount_month").in(FieldClass::Finance),
              status("status", {"planned", "offered", "won", "lost"},
                     {{"planned", "offered"},
                      {"planned", "won"},
                      {"planned", "lost"},
                      {"offered", "won"},
                      {"offered", "lost"}}),
          }};
}

// Who of us works with the client, as owner or member (R5, R34, R37). The server turns it into grants.
Collection assignment() {
  return {"assignment",
          Placement::Client,
          Writers::Lead,
          Creators::Lead,
          {
              reference("client", "client").req().fixed(),
              reference("user", "user").req().fixed(),
              choice("role", {"owner", "member"}).req(),
              // Field classes he is to see (R36); none named: all.
              set("classes"),
              date("since"),
          }};
}

// A person of ours, as colleagues see him. Log-ins are kept apart from records.
Collection user() {
  return {"user",
          Placement::Company,
          Writers::Server,
          Creators::Server,
          {
              text("name").req().search(),
              text("login"),
              choice("role", {"rep", "service", "lead", "manager", "admin"}).req(),
              choice("share", {"part", "full"}),
              boolean("active"),
          }};
}

// Both sides of an edit that could not be merged. Sides are free JSON: they hold values of any field.
Collection conflict() {
  return {"conflict",
          Placement::Any,
          Writers::Server,
          Creators::Server,
          {
              reference("record", "").req().fixed(),
              text("collection").req().fixed(),
              text("path").fixed(),
              tree("base").in(FieldClass::Restricted),
              tree("sides").in(FieldClass::Restricted),
              choice("state", {"open", "resolved"}),
          }};
}

// What was taken out of a record for good, so that devices purge it too (R33, R60); ids and paths only. No paths: all.
Collection erasure() {
  return {"erasure",
          Placement::Company,
          Writers::Server,
          Creators::Server,
          {
              reference("record", "").req().fixed(),
              set("paths").fixed(),
              set("mutations"),
              integer("place").fixed(),
          }};
}

// A picture or a file that belongs to a record; its bytes travel apart.
Collection attachment() {
  return {"attachment",
          Placement::Any,
          Writers::Team,
          Creators::Team,
          {
              reference("record", "").req().fixed(),
              text("field"),
              text("name").search(),
              text("media_type"),
              integer("bytes"),
              text("sha256").req().fixed(),
          }};
}

}  // namespace

const std::vector<Collection>& collections() {
  // In the order in which a new device wants them: whom to visit and with what form first.
  static const std::vector<Collection> all{user(),         form(),         client(),   assignment(),    contact(),
                                           dossier_part(), quality_case(), visit(),    questionnaire(), interaction(),
                                           referral(),     offer(),        conflict(), erasure(),       attachment()};
  return all;
}

}  // namespace anketa::schema
