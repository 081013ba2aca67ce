// The dossier: its four parts and what of them is kept as records of its own (R30, R31), and our range (R19).
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {

// One of the four parts of the dossier (R30). The fields of all four stand side by side, since a kind of record has one
// declaration; which belong to which part, programme::is_dossier_field() says.
Collection dossier_part() {
  return {"dossier_part",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              choice("part", {"general", "our_view", "decision", "competitors"}).req().fixed(),
              // (a) General.
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
              // (b) The client as we see it.
              long_text("relations").in(FieldClass::Relations).search(),
              long_text("our_people").in(FieldClass::Relations).search(),
              long_text("now").in(FieldClass::Relations).search(),
              long_text("prospect").in(FieldClass::Relations).search(),
              choice("our_status", {"key", "main", "usual", "reserve"}).in(FieldClass::Relations),
              long_text("budget").in(FieldClass::Finance),
              money("budget_year").in(FieldClass::Finance),
              long_text("worked_with").in(FieldClass::Relations).search(),
              long_text("decision_system").in(FieldClass::Relations).search(),
              long_text("avoid").in(FieldClass::Relations).search(),
              // (c) The decision mechanism; its actors are records of their own.
              long_text("scheme").in(FieldClass::Relations).search(),
              long_text("process").in(FieldClass::Relations).search(),
              // (d) Direct competitors; each is a record of its own.
              long_text("overview").in(FieldClass::Relations).search(),
              long_text("comparison").in(FieldClass::Relations).search(),
              // The last revision (R31).
              date("revised_on"),
              reference("revised_by", "user"),
              // New facts as they come, each with where it came from.
              log("facts", {instant("at"), long_text("text"), reference("user", "user"), text("source"), text("field"),
                            reference("questionnaire", "questionnaire"), text("question")})
                  .in(FieldClass::Relations),
          }};
}

// An actor of the decision scheme (R30c): a contact of ours or a person we only know of.
Collection relation_actor() {
  return {"relation_actor",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("contact", "contact"),
              text("name").in(FieldClass::Personal).search(),
              text("post").in(FieldClass::Personal).search(),
              choice("role", {"decides", "budget", "approves", "influence", "tech", "pay", "user", "gatekeeper"})
                  .in(FieldClass::Relations),
              choice("influence", {"decisive", "high", "medium", "low"}).in(FieldClass::Relations),
              choice("attitude", {"champion", "supports", "neutral", "cautious", "opposes"}).in(FieldClass::Relations),
              choice("access", {"close", "regular", "occasional", "through_others", "none"}).in(FieldClass::Relations),
              // Who of us has the access.
              reference("held_by", "user").in(FieldClass::Relations),
              // Whom he follows or answers to in the scheme.
              reference("follows", "relation_actor").in(FieldClass::Relations),
              long_text("wants").in(FieldClass::Relations).search(),
              long_text("remarks").in(FieldClass::Relations).search(),
              reference("source/questionnaire", "questionnaire"),
              text("source/question"),
          }};
}

// A direct competitor at the client, compared with us (R30d).
Collection competitor() {
  return {"competitor",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              text("name").req().search(),
              choice("standing", {"supplies", "supplied", "offers"}).in(FieldClass::Relations),
              set("services").in(FieldClass::Relations),
              choice("price", {"cheaper", "same", "dearer"}).in(FieldClass::Relations),
              choice("quality", {"better", "same", "worse"}).in(FieldClass::Relations),
              choice("threat", {"high", "medium", "low"}).in(FieldClass::Relations),
              long_text("strengths").in(FieldClass::Relations).search(),
              long_text("weaknesses").in(FieldClass::Relations).search(),
              long_text("our_answer").in(FieldClass::Relations).search(),
              reference("source/questionnaire", "questionnaire"),
              text("source/question"),
          }};
}

// A possible income (R30b): per year, next year and better in three and in five.
Collection opportunity() {
  return {"opportunity",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              text("what").req().search(),
              choice("kind", {"volume", "new_line", "budget"}),
              text("service"),
              money("year1").in(FieldClass::Finance),
              money("year3").in(FieldClass::Finance),
              money("year5").in(FieldClass::Finance),
              // 0 to 100.
              integer("chance_percent").in(FieldClass::Finance),
              choice("state", {"open", "won", "lost"}),
              date("assessed_on"),
              reference("assessed_by", "user"),
              long_text("reasons").in(FieldClass::Relations).search(),
              reference("source/questionnaire", "questionnaire"),
              text("source/question"),
          }};
}

// A service of ours, with the date since which we have it (R19).
Collection range_item() {
  return {"range_item",
          Placement::Company,
          Writers::Lead,
          Creators::Lead,
          {
              text("code").req().fixed(),
              text("name/ru").req().search(),
              text("name/en").search(),
              long_text("description").search(),
              date("since").req(),
              date("until"),
          }};
}

}  // namespace anketa::schema::declared
