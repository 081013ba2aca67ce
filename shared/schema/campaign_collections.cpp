// The work of a pass over the clients: the campaign, its individual lists, calls and visits, and what days there are to
// do it on (R3-R5, R8, R9, R20, R21).
#include "shared/schema/builder.hpp"
#include "shared/schema/declarations.hpp"

namespace anketa::schema::declared {

// A pass over the clients (R3, R4, R20). The rules for what is left out stand in shared/programme/campaign.hpp.
Collection campaign() {
  return {
      "campaign",
      Placement::Company,
      Writers::Lead,
      Creators::Lead,
      {
          text("title").req().search(),
          date("from").req(),
          date("until").req(),
          status("status", {"planned", "running", "finished"},
                 {{"planned", "running"}, {"running", "finished"}, {"finished", "running"}}),
          // Whose clients it goes to. Of one set any value will do, all sets must fit; an empty set takes everybody.
          set("filter/segments"),
          set("filter/regions"),
          set("filter/cities"),
          set("filter/industries"),
          set("filter/key_statuses"),
          // Clients taken and left out by name, whatever the sets say.
          set("filter/with"),
          set("filter/without"),
          list("staff", {reference("user", "user"), choice("share", {"part", "full"})}),
          // Questionnaires a week (R8), and whether one that waits for a repair counts.
          integer("norm/part"),
          integer("norm/full"),
          boolean("paused_counts"),
          // What the rep says on the telephone (R9).
          long_text("script/ru"),
          long_text("script/en"),
          // Months between two meetings (R20).
          integer("cadence/ordinary_months"),
          integer("cadence/key_months"),
          integer("cadence/top_months"),
          // How much of the income the key clients give together.
          integer("pareto/percent"),
      }};
}

// A client on a rep's individual list (R5). The rep himself may say that the relation is not sure.
Collection campaign_client() {
  return {"campaign_client",
          Placement::Client,
          Writers::Team,
          Creators::Lead,
          {
              reference("client", "client").req().fixed(),
              reference("campaign", "campaign").req().fixed(),
              reference("rep", "user").req().by_lead(),
              choice("relation", {"good", "unsure"}),
              long_text("note").in(FieldClass::Relations),
          }};
}

// A suggestion to give a client to another rep (R5). In a scope of its own: that somebody shields a client from his
// colleagues is the lead's judgement, and neither he nor they are to read it.
Collection reassignment() {
  return {"reassignment",
          Placement::Own,
          Writers::Lead,
          Creators::Lead,
          {
              reference("campaign", "campaign").req().fixed().in(FieldClass::Restricted),
              reference("client", "client").req().fixed().in(FieldClass::Restricted),
              reference("from", "user").in(FieldClass::Restricted),
              reference("to", "user").in(FieldClass::Restricted),
              choice("reason", {"unsure", "monopolised", "overload"}).in(FieldClass::Restricted),
              status("status", {"suggested", "accepted", "declined"},
                     {{"suggested", "accepted"}, {"suggested", "declined"}, {"declined", "suggested"}})
                  .in(FieldClass::Restricted),
              reference("decided_by", "user").in(FieldClass::Restricted),
              date("decided_on").in(FieldClass::Restricted),
              long_text("note").in(FieldClass::Restricted),
          }};
}

// What a pass costs (R20). In a scope of its own: salaries are not for everybody.
Collection campaign_cost() {
  return {"campaign_cost",
          Placement::Own,
          Writers::Lead,
          Creators::Lead,
          {
              reference("campaign", "campaign").req().fixed().in(FieldClass::Finance),
              text("title").req().in(FieldClass::Finance),
              money("amount").req().in(FieldClass::Finance),
              date("on").in(FieldClass::Finance),
          }};
}

// A telephone call to agree a meeting, and what came of it (R9).
Collection call() {
  return {"call",
          Placement::Client,
          Writers::Team,
          Creators::Team,
          {
              reference("client", "client").req().fixed(),
              reference("campaign", "campaign").fixed(),
              reference("rep", "user").req(),
              instant("at").req(),
              reference("contact", "contact"),
              choice("outcome", {"no_answer", "call_back", "refused", "booked"}).req(),
              // With call_back: when.
              instant("call_back_at"),
              // With booked: the visit.
              reference("visit", "visit"),
              long_text("note").in(FieldClass::Relations),
          }};
}

// A meeting: booked, held or cancelled (R9, R20).
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
              reference("campaign", "campaign"),
              // With a questionnaire, its second part after a repair, or a meeting without one.
              choice("kind", {"questionnaire", "follow_up", "meeting"}),
              // Breakfast, club, fishing.
              boolean("informal"),
              boolean("offer_made"),
          }};
}

// Days on which one of ours does not work (R8). There is no value for illness: colleagues read this.
Collection absence() {
  return {"absence",
          Placement::Company,
          Writers::Lead,
          Creators::Lead,
          {
              reference("user", "user").req().fixed(),
              date("from").req(),
              date("until").req(),
              choice("kind", {"vacation", "business_trip", "training", "other"}),
          }};
}

// A day that is not what its weekday says: a holiday, or a Saturday worked in place of one (R8).
Collection holiday() {
  return {"holiday",
          Placement::Company,
          Writers::Lead,
          Creators::Lead,
          {
              date("date").req().fixed(),
              choice("kind", {"day_off", "working_day"}),
              text("title"),
          }};
}

}  // namespace anketa::schema::declared
