#include "tools/anketa/card.hpp"

#include <algorithm>

#include "shared/programme/quality.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::cli {

void Card::heading(const std::string& text) {
  app_.terminal.line();
  app_.terminal.line(app_.terminal.styled(text, Style::Bold));
}

void Card::field(const std::string& label, const std::string& value) {
  if (value.empty()) return;
  constexpr std::size_t label_room = 28;
  const auto room = app_.terminal.columns() > 2 * label_room ? app_.terminal.columns() - label_room - 4 : 40;
  auto shown = label;
  // A label that leaves no room has a line of its own.
  if (width_of(shown) >= label_room) {
    app_.terminal.line("  " + app_.terminal.styled(shown, Style::Dim));
    shown.clear();
  }
  for (const auto& part : wrapped(harmless(value), room)) {
    app_.terminal.line("  " + app_.terminal.styled(shown, Style::Dim) + std::string(label_room - width_of(shown), ' ') +
                       part);
    shown.clear();
  }
}

std::string Card::reference(std::string_view target, const Json& id) {
  const auto uuid = id.is_string() ? Uuid::parse(id.get_ref<const std::string&>()) : std::nullopt;
  if (!uuid) return {};
  if (target == "user") return app_.user_name(*uuid);
  const auto record = app_.client().get(*uuid);
  if (!record) return uuid->text();
  for (const auto* name : {"name", "company", "title", "date"})
    if (const auto text = string_or_empty(record->view.body, name); !text.empty()) return harmless(text);
  return uuid->text();
}

std::string Card::shown(std::string_view collection, std::string_view name, const Json& body) {
  const auto* declared = schema::collection(collection);
  const auto* field = declared ? declared->field(name) : nullptr;
  const auto& value = value_at(body, name);
  if (!field || value.is_null()) return {};
  switch (field->kind) {
    case schema::Kind::Choice:
    case schema::Kind::Status:
      return value.is_string() ? app_.value_label(collection, name, value.get<std::string>()) : std::string();
    case schema::Kind::Date:
      return value.is_string() ? app_.local_date(value.get<std::string>()) : std::string();
    case schema::Kind::Instant:
      return value.is_number_integer() ? app_.local_time(value.get<Instant>()) : std::string();
    case schema::Kind::Money:
      return app_.money(value);
    case schema::Kind::Boolean:
      return app_.say(value == true ? "yes" : "no");
    case schema::Kind::Reference:
      return reference(field->target, value);
    case schema::Kind::Set: {
      std::string all;
      for (const auto& one : value) all += (all.empty() ? "" : ", ") + element(collection, name, one);
      return all;
    }
    case schema::Kind::List:
    case schema::Kind::Log:
    case schema::Kind::Tree:
      return {};
    default:
      return value.is_string() ? value.get<std::string>() : value.dump();
  }
}

/// One of a set: a service, a person, a declared word, or what it says itself.
std::string Card::element(std::string_view collection, std::string_view name, const Json& value) {
  if (!value.is_string()) return value.dump();
  const auto text = value.get<std::string>();
  if (name == "contract/services") return app_.service_name(text);
  if (const auto id = Uuid::parse(text)) {
    const auto record = app_.client().get(*id);
    if (record) return reference(record->view.collection, value);
  }
  return app_.value_label(collection, name, text);
}

void Card::record_field(std::string_view collection, std::string_view name, const Json& body) {
  field(app_.field_label(collection, name), shown(collection, name, body));
}

void Card::record(const client::LocalRecord& record, const std::vector<std::string_view>& without) {
  const auto* declared = schema::collection(record.view.collection);
  if (!declared) return;
  for (const auto& field : declared->fields)
    if (field.name != "client" && std::find(without.begin(), without.end(), field.name) == without.end())
      record_field(declared->name, field.name, record.view.body);
}

namespace {

class CardPrinter {
 public:
  CardPrinter(App& app, const client::ClientCard& card) : app_(app), card_(card), lines_(app) {}

  void print() {
    const auto& body = card_.client.view.body;
    app_.terminal.line(app_.terminal.styled(harmless(string_or_empty(body, "name")), Style::Bold));
    app_.terminal.line(app_.terminal.styled(card_.client.view.id.text(), Style::Dim));
    lines_.record(card_.client, {"name"});
    team();
    contacts();
    questionnaires();
    cases();
    dossier();
    map();
    for (const auto* collection : {"competitor", "opportunity", "referral", "offer"}) records(collection);
    history();
    promises();
  }

 private:
  void heading(std::string_view key) { lines_.heading(app_.say("client.heading." + std::string(key))); }

  const std::vector<client::LocalRecord>& of(std::string_view collection) const {
    static const std::vector<client::LocalRecord> none;
    const auto found = card_.records.find(collection);
    return found == card_.records.end() ? none : found->second;
  }

  std::string text(const Json& body, const char* field) const { return harmless(string_or_empty(body, field)); }
  std::string value(const client::LocalRecord& record, const char* field) {
    return harmless(lines_.shown(record.view.collection, field, record.view.body));
  }

  void team() {
    if (of("assignment").empty()) return;
    heading("team");
    for (const auto& record : of("assignment")) {
      auto who = value(record, "user");
      for (const auto* field : {"unit", "duty", "since"})
        if (const auto more = value(record, field); !more.empty()) who += ", " + more;
      lines_.field(value(record, "role"), who);
    }
  }

  void contacts() {
    if (of("contact").empty()) return;
    heading("contacts");
    Table table({app_.say("contact.name"), app_.say("contact.post"), app_.say("contact.phone"),
                 app_.say("contact.email"), app_.say("contact.state"), app_.field_label("contact", "verified_on")});
    for (const auto& record : of("contact")) {
      const auto& body = record.view.body;
      table.row({text(body, "name"), text(body, "post"), text(body, "phone"), text(body, "email"),
                 value(record, "state"), value(record, "verified_on")});
    }
    table.print(app_.terminal);
  }

  void questionnaires() {
    if (of("questionnaire").empty()) return;
    heading("questionnaires");
    for (const auto& record : of("questionnaire"))
      app_.terminal.line("  " + app_.local_date(string_or_empty(record.view.body, "date")) + "  " +
                         app_.named("questionnaire_status", string_or_empty(record.view.body, "status")) + "  " +
                         app_.terminal.styled(record.view.id.text(), Style::Dim) +
                         (record.unsynced > 0 ? "  " + app_.say("record.unsynced") : ""));
  }

  void cases() {
    if (of("quality_case").empty()) return;
    heading("cases");
    for (const auto& record : of("quality_case"))
      lines_.field(app_.local_date(string_or_empty(record.view.body, "opened_on")),
                   app_.named("case_status", string_or_empty(record.view.body, "status")) + ", " +
                       app_.named("severity", string_or_empty(record.view.body, "severity")) + "\n" +
                       programme::complaints_text(record.view.body));
  }

  void dossier() {
    for (const auto part : programme::dossier_parts)
      for (const auto& record : of("dossier_part")) {
        if (string_or_empty(record.view.body, "part") != part) continue;
        lines_.heading(app_.say("client.heading.dossier") + ": " + app_.value_label("dossier_part", "part", part));
        lines_.record(record, {"part"});
        facts(record.view.body);
      }
  }

  void facts(const Json& body) {
    const auto& facts = value_at(body, "facts");
    if (!facts.is_object()) return;
    for (const auto& fact : facts)
      lines_.field(app_.local_time(fact.value("at", Instant{0})).substr(0, 10), string_or_empty(fact, "text"));
  }

  /// The decision map (R30c).
  void map() {
    if (of("relation_actor").empty()) return;
    heading("map");
    const auto label = [&](const char* field) { return app_.field_label("relation_actor", field); };
    Table table({label("name"), label("role"), label("influence"), label("attitude"), label("access"), label("held_by"),
                 label("follows")});
    for (const auto& record : of("relation_actor")) {
      auto name = text(record.view.body, "name");
      if (name.empty()) name = value(record, "contact");
      table.row({name, value(record, "role"), value(record, "influence"), value(record, "attitude"),
                 value(record, "access"), value(record, "held_by"), value(record, "follows")});
    }
    table.print(app_.terminal);
  }

  void records(const char* collection) {
    if (of(collection).empty()) return;
    heading(collection);
    bool first = true;
    for (const auto& record : of(collection)) {
      if (!std::exchange(first, false)) app_.terminal.line();
      lines_.record(record, {"questionnaire", "source/questionnaire", "source/question"});
    }
  }

  void history() {
    if (of("interaction").empty()) return;
    heading("history");
    for (const auto& record : of("interaction")) {
      auto what = string_or_empty(record.view.body, "summary");
      for (const auto* field : {"agreed", "outcome", "next_step", "next_on"})
        if (const auto more = value(record, field); !more.empty())
          what += (what.empty() ? "" : "\n") + app_.field_label("interaction", field) + ": " + more;
      lines_.field(value(record, "date") + " " + value(record, "kind"), what.empty() ? value(record, "user") : what);
    }
  }

  void promises() {
    bool any = false;
    for (const auto& record : of("interaction")) {
      const auto& promises = value_at(record.view.body, "promises");
      if (!promises.is_object()) continue;
      for (const auto& promise : promises) {
        if (!std::exchange(any, true)) heading("promises");
        const auto done = string_or_empty(promise, "done_on"), due = string_or_empty(promise, "due_on");
        const auto when = !done.empty() ? app_.say("promise.done", {{"date", app_.local_date(done)}})
                          : due.empty() ? app_.say("promise.open")
                                        : app_.say("promise.due", {{"date", app_.local_date(due)}});
        const auto by = string_or_empty(promise, "by");
        lines_.field(app_.value_label("interaction", "by", by.empty() ? "us" : by) + ", " + when,
                     string_or_empty(promise, "text"));
      }
    }
  }

  App& app_;
  const client::ClientCard& card_;
  Card lines_;
};

}  // namespace

void print_card(App& app, const client::ClientCard& card) {
  CardPrinter(app, card).print();
}

}  // namespace anketa::cli
