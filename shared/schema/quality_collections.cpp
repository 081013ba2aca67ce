// The quality loop (R12-R18).
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {

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

}  // namespace anketa::schema::declared
