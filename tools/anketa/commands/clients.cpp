// clients, client show.
#include "tools/anketa/command.hpp"
#include "tools/anketa/lookup.hpp"

namespace anketa::cli {
namespace {

struct ListOptions {
  std::string search;
  int limit = 1000;
};

/// The state of the client's latest questionnaire, in a few words.
std::string latest_questionnaire(App& app, const Uuid& client) {
  std::string latest, date;
  app.client().each("questionnaire", client, [&](const client::LocalRecord& found) {
    const auto on = string_or_empty(found.view.body, "date");
    if (on < date) return true;
    date = on;
    latest = app.named("questionnaire_status", string_or_empty(found.view.body, "status"));
    return true;
  });
  return latest.empty() ? latest : latest + ", " + app.local_date(date);
}

ExitCode list(App& app, const ListOptions& options) {
  auto& client = app.client();
  auto found = options.search.empty() ? client.list("client") : client.search_clients(options.search, options.limit);
  if (found.size() > static_cast<std::size_t>(options.limit)) found.resize(static_cast<std::size_t>(options.limit));
  Json json = Json::array();
  for (const auto& record : found) json.push_back(client::to_json(record));
  return app.answer(json, [&] {
    if (found.empty()) return app.terminal.line(app.say(options.search.empty() ? "clients.none" : "clients.not_found"));
    Table table({app.say("clients.name"), app.say("clients.city"), app.say("clients.key"), app.say("clients.state")});
    for (const auto& record : found) {
      const auto text = [&](const char* field) { return harmless(string_or_empty(record.view.body, field)); };
      const auto key = text("key_status");
      table.row({text("name"), text("city"), key == "ordinary" ? std::string() : app.named("key_status", key),
                 latest_questionnaire(app, record.view.id)});
    }
    table.print(app.terminal);
    app.terminal.line(app.counted("clients.count", found.size()));
  });
}

class CardPrinter {
 public:
  CardPrinter(App& app, const client::ClientCard& card) : app_(app), card_(card) {}

  void print() {
    const auto& body = card_.client.view.body;
    app_.terminal.line(app_.terminal.styled(harmless(string_or_empty(body, "name")), Style::Bold));
    app_.terminal.line(app_.terminal.styled(card_.client.view.id.text(), Style::Dim));
    for (const auto* key : {"legal_name", "inn", "industry", "segment", "city", "address", "phone", "email", "website"})
      field(app_.say("client." + std::string(key)), string_or_empty(body, key));
    if (const auto key = string_or_empty(body, "key_status"); !key.empty())
      field(app_.say("client.key_status"), app_.named("key_status", key));
    if (body.contains("income_year")) field(app_.say("client.income_year"), app_.money(body["income_year"]));
    team();
    contacts();
    questionnaires();
    cases();
    dossier();
    history();
  }

 private:
  void heading(std::string_view key) {
    app_.terminal.line();
    app_.terminal.line(app_.terminal.styled(app_.say("client.heading." + std::string(key)), Style::Bold));
  }

  void field(const std::string& label, const std::string& value) {
    if (value.empty()) return;
    const auto room = app_.terminal.columns() > 40 ? app_.terminal.columns() - 26 : 40;
    bool first = true;
    for (const auto& part : wrapped(harmless(value), room)) {
      const auto shown = first ? label : std::string();
      const auto width = width_of(shown);
      app_.terminal.line("  " + app_.terminal.styled(shown, Style::Dim) +
                         std::string(width < 22 ? 22 - width : 1, ' ') + part);
      first = false;
    }
  }

  const std::vector<client::LocalRecord>& of(std::string_view collection) const {
    static const std::vector<client::LocalRecord> none;
    const auto found = card_.records.find(collection);
    return found == card_.records.end() ? none : found->second;
  }

  void team() {
    for (const auto& record : of("assignment")) {
      const auto user = Uuid::parse(string_or_empty(record.view.body, "user"));
      if (user) field(app_.named("assignment", string_or_empty(record.view.body, "role")), app_.user_name(*user));
    }
  }

  void contacts() {
    if (of("contact").empty()) return;
    heading("contacts");
    Table table({app_.say("contact.name"), app_.say("contact.post"), app_.say("contact.phone"),
                 app_.say("contact.email"), app_.say("contact.state")});
    for (const auto& record : of("contact")) {
      const auto text = [&](const char* key) { return harmless(string_or_empty(record.view.body, key)); };
      table.row({text("name"), text("post"), text("phone"), text("email"), app_.named("contact_state", text("state"))});
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
      app_.terminal.line("  " + app_.local_date(string_or_empty(record.view.body, "opened_on")) + "  " +
                         app_.named("case_status", string_or_empty(record.view.body, "status")) + "  " +
                         app_.named("severity", string_or_empty(record.view.body, "severity")));
  }

  void dossier() {
    for (const auto& record : of("dossier_part")) {
      heading("dossier_" + string_or_empty(record.view.body, "part"));
      for (const auto* key :
           {"description", "history", "positioning", "goals", "market", "its_clients", "its_competitors"})
        field(app_.say("dossier." + std::string(key)), string_or_empty(record.view.body, key));
    }
  }

  void history() {
    if (of("interaction").empty()) return;
    heading("history");
    for (const auto& record : of("interaction"))
      field(app_.local_date(string_or_empty(record.view.body, "date")) + " " +
                app_.named("interaction", string_or_empty(record.view.body, "kind")),
            string_or_empty(record.view.body, "summary"));
  }

  App& app_;
  const client::ClientCard& card_;
};

}  // namespace

void add_client_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<ListOptions>();
  auto* clients = commands.add("clients", "clients.command");
  commands.option(clients, "--search,-s", options->search, "clients.search");
  commands.option(clients, "--limit", options->limit, "clients.limit")->check(CLI::Range(1, 100000));
  commands.runs(clients, [&app, options] { return list(app, *options); });

  auto* one = commands.add("client", "client.command");
  one->require_subcommand(1);
  const auto which = std::make_shared<std::string>();
  auto* show = commands.add("show", "client.show", one);
  commands.option(show, "client", *which, "client.which")->required();
  commands.runs(show, [&app, which] {
    const auto card = app.client().client_card(find_client(app, *which).view.id);
    return app.answer(client::to_json(card), [&] { CardPrinter(app, card).print(); });
  });
}

}  // namespace anketa::cli
