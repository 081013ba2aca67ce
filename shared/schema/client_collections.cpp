// The client, its people and its dossier, and who of us works with it (R3, R5, R10, R30-R37).
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

}  // namespace anketa::schema::declared
