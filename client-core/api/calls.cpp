// Calls and visits (R9, R20).
#include <algorithm>

#include "anketa/programme.hpp"
#include "client-core/api/parts.hpp"

namespace anketa::client {
namespace {

void put(Json& body, const char* field, const std::string& text) {
  if (!text.empty()) body[field] = text;
}

Uuid create_visit(Client& client, const Uuid& of_client, const VisitPlan& plan, const Uuid& rep) {
  Json body{{"client", of_client.text()}, {"rep", rep.text()}, {"at", plan.at}, {"status", "booked"}};
  if (plan.minutes < 1)
    throw ProblemError(ProblemCode::InvalidValue, {{"value", std::to_string(plan.minutes)}}, "minutes");
  body["minutes"] = plan.minutes;
  put(body, "place", plan.place);
  put(body, "purpose", plan.purpose);
  put(body, "kind", plan.kind);
  if (plan.informal) body["informal"] = true;
  if (plan.campaign) body["campaign"] = plan.campaign->text();
  std::vector<std::string> contacts;
  for (const auto& contact : plan.contacts) contacts.push_back(contact.text());
  std::sort(contacts.begin(), contacts.end());
  if (!contacts.empty()) body["contacts"] = contacts;
  return client.create("visit", of_client, body);
}

void check_client(const Client& client, const Uuid& id) {
  if (client.need(id).view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
}

}  // namespace

Uuid book_visit(Client& client, const Uuid& of_client, const VisitPlan& plan, std::optional<Uuid> rep) {
  check_client(client, of_client);
  return create_visit(client, of_client, plan, rep.value_or(client.parts().need_account().user));
}

void end_visit(Client& client, const Uuid& visit, bool held, std::optional<bool> offer_made) {
  const auto record = client.need(visit);
  if (record.view.collection != "visit") throw ProblemError(ProblemCode::RecordNotFound, {}, visit.text());
  const auto status = string_or_empty(record.view.body, "status");
  const std::string wanted = held ? "held" : "cancelled";
  if (!status.empty() && status != "booked" && status != wanted)
    throw ProblemError(ProblemCode::IllegalTransition, {{"from", status}, {"to", wanted}}, "status");
  Json body{{"status", wanted}};
  if (offer_made) body["offer_made"] = *offer_made;
  client.edit(visit, body);
}

LoggedCall log_call(Client& client, const CallNote& note) {
  check_client(client, note.client);
  if (note.outcome == "call_back" && !note.call_back_at)
    throw ProblemError(ProblemCode::RequiredMissing, {}, "call_back_at");
  if (note.outcome == "booked" && !note.visit) throw ProblemError(ProblemCode::RequiredMissing, {}, "visit");
  const auto rep = client.parts().need_account().user;
  Json body{{"client", note.client.text()},
            {"rep", rep.text()},
            {"at", client.parts().environment.now()},
            {"outcome", note.outcome}};
  if (note.campaign) body["campaign"] = note.campaign->text();
  if (note.contact) body["contact"] = note.contact->text();
  if (note.outcome == "call_back") body["call_back_at"] = *note.call_back_at;
  put(body, "note", note.note);
  Client::Batch batch(client);
  LoggedCall logged;
  if (note.outcome == "booked") {
    auto plan = *note.visit;
    if (!plan.campaign) plan.campaign = note.campaign;
    logged.visit = create_visit(client, note.client, plan, rep);
    body["visit"] = logged.visit->text();
  }
  logged.call = client.create("call", note.client, body);
  batch.commit();
  return logged;
}

}  // namespace anketa::client
