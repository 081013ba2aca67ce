#include "sync-server/exports/columns.hpp"

namespace anketa::server::exports {
namespace {

const std::vector<std::string> report_columns{"client/name",  "status", "severity",     "cause", "place", "owner/name",
                                              "service/name", "due_on", "overdue_days", "by",    "text"};

/// Clients, questionnaires and problems.
std::vector<List> everyday() {
  return {
      {"clients",
       {"name", "segment", "industry", "region", "city", "key_status", "owner/name", "coverage", "last_met_on",
        "open_cases"}},
      {"questionnaires", {"date", "client/name", "rep/name", "status", "delivered_at", "nps", "age_days"}},
      {"cases",
       {"opened_on", "client/name", "owner/name", "status", "severity", "complaints", "reopenings", "age_days",
        "confirmed_on"}},
      {"register",
       {"opened_on", "client/name",       "status",       "severity",      "cause",        "place",      "owner/name",
        "turn",      "service/name",      "promised_on",  "due_on",        "overdue_days", "age_days",   "fixed_on",
        "called_on", "confirmed_on",      "confirmed_by", "confirmed_how", "reopenings",   "complaints", "works",
        "fix_cost",  "extra_profit_month"}},
      {"bottlenecks",
       {"cause", "place", "open", "cases", "clients", "reopenings", "severity", "fix_cost", "extra_profit_month",
        "payback_months"}},
      {"tasks", {"due_on", "client/name", "kind", "title", "user/name", "made_on", "overdue_days", "status"}},
      {"daily", report_columns, {"restored", "works", "refused", "opened", "to_call", "to_answer", "overdue"}},
      {"agenda", report_columns, {"overdue", "refused_again", "not_accepted", "with_clients", "due_soon"}},
  };
}

/// The records behind the figures of the results.
std::vector<List> results() {
  return {
      {"results/records/questionnaires", {"on", "client/name", "rep/name", "status"}},
      {"results/records/key_persons", {"on", "client/name", "name", "outcome", "rep/name"}},
      {"results/records/clients", {"client/name", "owner/name", "on", "met", "renewed"}},
      {"results/records/sales",
       {"on", "client/name", "service", "kind", "status", "on_the_spot", "amount_month", "amount_once", "closed_on",
        "rep/name"}},
      {"results/records/referrals",
       {"on", "client/name", "company", "step", "introduction", "introduced", "contacted", "met", "won_client/name"}},
      {"results/records/risk", {"client/name", "owner/name", "only_trouble", "nobody_known", "talks", "persons", "on"}},
      {"results/records/new_in_range", {"client/name", "item/name", "since", "owner/name", "on"}},
      {"results/records/nps", {"on", "client/name", "score", "group", "rep/name"}},
      {"results/records/opportunities", {"client/name", "what", "year1", "year3", "year5", "chance_percent"}},
      {"results/records/revisions", {"client/name", "part", "state", "on", "due_on", "owner/name"}},
      {"results/records/accounts", {"client/name", "ownership", "owners", "owner/name"}},
  };
}

std::vector<List> campaign() {
  return {
      {"campaign/lists",
       {"client/name", "segment", "city", "key_status", "rep/name", "coverage", "relation", "visit_at", "covered_on"}},
      {"campaign/calls",
       {"client/name", "segment", "city", "rep/name", "attempts", "last/at", "last/outcome", "last/call_back_at",
        "due"}},
      {"campaign/cadence",
       {"client/name", "key_status", "rep/name", "kind", "last_on", "due_on", "due", "days", "visit_at"}},
      {"campaign/meetings",
       {"client/name", "key_status", "total", "with_offer", "without_offer", "informal", "with_questionnaire"}},
      {"campaign/pareto",
       {"client/name", "income_year", "running_share", "in_set", "key_status", "own_decision", "wanted", "changes"}},
      {"campaign/seasons",
       {"title", "from", "until", "status", "clients", "covered", "questionnaires", "complete", "paused", "referrals",
        "offers", "offers_won", "won_month", "won_year", "cost", "cost_of_one", "payback_months"}},
      {"campaign/suggestions", {"client/name", "from/name", "to/name", "reason", "status"}},
      {"campaign/norms",
       {"/week", "/monday", "rep/name", "share", "days", "done", "norm", "due", "pace"},
       {"weeks"},
       "reps"},
      {"campaign/coverage", {"rep/name", "total", "done", "paused", "booked", "called", "untouched"}, {"by_rep"}},
  };
}

std::vector<List> control() {
  return {
      {"conflicts", {"client/name", "title", "collection", "path", "state"}},
      {"parked",
       {"received_at", "client/name", "user/name", "device/name", "collection", "title", "problem/message",
        "quarantine"}},
      {"audit", {"received_at", "user/name", "device/name", "client/name", "collection", "paths", "status", "marks"}},
      {"users",
       {"name", "login", "role", "share", "active", "clients_owned", "clients_helped", "devices", "last_seen"}},
      {"devices",
       {"user/name", "name", "program", "registered_at", "last_seen", "revoked", "revoked_at", "revoked_by", "forks"},
       {"devices"}},
      {"marks", {"received_at", "marks", "status"}, {"marks"}},
      {"mail/letters",
       {"created_at", "kind", "day", "recipient", "subject", "state", "sent_at", "attempts", "problem"}},
  };
}

}  // namespace

const std::vector<List>& lists() {
  static const std::vector<List> all = [] {
    std::vector<List> joined;
    for (auto subject : {everyday, results, campaign, control})
      for (auto& list : subject()) joined.push_back(std::move(list));
    return joined;
  }();
  return all;
}

}  // namespace anketa::server::exports
