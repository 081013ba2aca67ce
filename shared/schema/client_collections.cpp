// The client, its people, who of us works with it, and what was said (R3, R5, R10, R35, R37).
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {

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
              // The recommendation that brought it (R23).
              reference("came_by", "referral"),
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
              // How each verification of key persons came out (R10).
              log("verified", {date("on"), choice("outcome", {"unchanged", "changed", "new", "left"}),
                               reference("questionnaire", "questionnaire"), reference("user", "user")}),
              date("left_on"),
              long_text("work_interests").in(FieldClass::Relations),
              set("tags").in(FieldClass::Relations),
              reference("source/questionnaire", "questionnaire"),
              text("source/question"),
          }};
}

// One contact with the client in the history of relations: what was said, agreed and promised, what comes next (R35).
Collection interaction() {
  return {"interaction",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              choice("kind", {"call", "meeting", "agreement", "letter", "request"}).req(),
              // What it was about; a client with whom one only speaks of payments and faults is at risk (R2).
              choice("about", {"relations", "offer", "contract", "payment", "fault", "other"}),
              date("date").req(),
              reference("user", "user").req(),
              // Who else of us took part.
              set("colleagues"),
              set("contacts"),
              boolean("main_contact_told"),
              boolean("offer_made"),
              boolean("informal"),
              reference("questionnaire", "questionnaire"),
              reference("visit", "visit"),
              long_text("summary").in(FieldClass::Relations).search(),
              long_text("agreed").in(FieldClass::Relations).search(),
              // What came of a request.
              long_text("outcome").in(FieldClass::Relations).search(),
              long_text("next_step").in(FieldClass::Relations),
              date("next_on"),
              list("promises", {long_text("text"), choice("by", {"us", "client"}), reference("user", "user"),
                                date("due_on"), date("done_on")})
                  .in(FieldClass::Relations),
              text("source/question"),
          }};
}

// Who of us works with the client (R5, R34, R37): one owner, who answers for the account, and members from any unit.
// The server turns it into grants.
Collection assignment() {
  return {"assignment",
          Placement::Client,
          Writers::Lead,
          Creators::Lead,
          {
              reference("client", "client").req().fixed(),
              reference("user", "user").req().fixed(),
              choice("role", {"owner", "member"}).req(),
              choice("unit", {"sales", "technical", "service", "logistics", "finance", "production", "quality"}),
              text("duty"),
              // Field classes he is to see (R36); none named: all.
              set("classes"),
              date("since"),
          }};
}

}  // namespace anketa::schema::declared
