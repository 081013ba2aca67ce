// What the server itself keeps as records: people, conflicts, erasures, and files that belong to records.
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {

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
              // Of the record's collection, which decides who is shown it (R14).
              text("collection").fixed(),
              text("field"),
              text("name").search(),
              text("media_type"),
              integer("bytes"),
              text("sha256").req().fixed(),
          }};
}

}  // namespace anketa::schema::declared
