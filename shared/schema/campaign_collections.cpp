// The work of a pass over the clients (R3-R5, R8, R9).
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {

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

}  // namespace anketa::schema::declared
