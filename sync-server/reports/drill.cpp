#include "sync-server/reports/drill.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "shared/problem/problem.hpp"
#include "shared/programme/account_team.hpp"
#include "shared/programme/nps.hpp"
#include "shared/programme/revision.hpp"
#include "shared/programme/risk.hpp"

namespace anketa::server::reports {
namespace {

Json day_json(const std::optional<Day>& day) {
  return day ? Json(programme::day_text(*day)) : Json(nullptr);
}

Json text_json(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json id_json(const Uuid& id) {
  return id.is_nil() ? Json(nullptr) : Json(id.text());
}

/// Entries of a list before they are worded: only those of the page are.
class Lines {
 public:
  explicit Lines(const Selection& selection) : data_(selection.data()) {}

  void add(const Uuid& client, std::optional<Day> on, std::function<Json()> word) {
    const auto* found = data_.clients.find(client);
    lines_.push_back({on.value_or(Day::min()), found, std::move(word)});
  }

  Json page(const Query& query) {
    std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) {
      if (a.on != b.on) return a.on > b.on;
      return name_of(a) < name_of(b);
    });
    const auto page = page_from(query);
    Json items = Json::array();
    for (auto i = page.offset; i < lines_.size() && items.size() < page.limit; ++i) {
      auto item = lines_[i].word();
      const auto* client = lines_[i].client;
      item["client"] = client ? Json{{"id", client->id.text()}, {"name", client->name}} : Json(nullptr);
      if (lines_[i].on != Day::min()) item["on"] = programme::day_text(lines_[i].on);
      items.push_back(std::move(item));
    }
    return {{"total", lines_.size()}, {"items", std::move(items)}, {"next_offset", next_offset(page, lines_.size())}};
  }

 private:
  struct Line {
    Day on;
    const ResultClient* client;
    std::function<Json()> word;
  };
  static std::string_view name_of(const Line& line) { return line.client ? std::string_view(line.client->name) : ""; }

  const ResultData& data_;
  std::vector<Line> lines_;
};

struct Request {
  const Selection& selection;
  const Query& query;
  const ResultData& data;

  /// Whether a parameter is absent or asks for this.
  bool wants(std::string_view name, std::string_view value) const {
    const auto wanted = parameter(query, name);
    return !wanted || *wanted == value;
  }
  Json user(const Uuid& id) const {
    const auto* user = data.users.find(id);
    return user ? Json{{"id", id.text()}, {"name", user->name}} : Json(nullptr);
  }
};

void list_questionnaires(const Request& request, Lines& lines) {
  for (const auto& row : request.data.questionnaires.rows())
    if (request.selection.takes(row) && request.wants("status", row.status))
      lines.add(row.client, row.met_on, [&] {
        return Json{{"id", row.id.text()}, {"rep", request.user(row.rep)}, {"status", row.status}};
      });
}

void list_key_persons(const Request& request, Lines& lines) {
  for (const auto& row : request.data.questionnaires.rows()) {
    if (row.persons.empty() || !request.selection.takes(row)) continue;
    for (const auto& person : row.persons)
      if (request.wants("outcome", id(person.outcome)))
        lines.add(row.client, row.met_on, [&] {
          return Json{{"name", person.name},
                      {"outcome", id(person.outcome)},
                      {"questionnaire", row.id.text()},
                      {"rep", request.user(row.rep)}};
        });
  }
}

/// Calls visit(client, state) for the clients of the selection.
template <typename Visit>
void each_client(const Request& request, const Visit& visit) {
  const auto& states = request.selection.clients();
  for (std::size_t i = 0; i < states.size(); ++i)
    if (states[i].is_taken) visit(request.data.clients.rows()[i], states[i]);
}

/// "relation": "met", "renewed" or "never_met".
void list_clients(const Request& request, Lines& lines) {
  const auto wanted = parameter(request.query, "relation");
  const auto since = request.selection.since(), until = request.selection.until();
  each_client(request, [&](const ResultClient& row, const ClientState& state) {
    const bool met =
        std::any_of(state.meetings.begin(), state.meetings.end(), [&](Day on) { return on >= since && on <= until; });
    const bool renewed = programme::is_relation_renewed(state.meetings, since, until);
    if (wanted == "met" && !met) return;
    if (wanted == "renewed" && !renewed) return;
    if (wanted == "never_met" && !state.meetings.empty()) return;
    lines.add(row.id, state.last_meeting, [&request, &state, met, renewed] {
      return Json{{"owner", request.user(state.owner)}, {"met", met}, {"renewed", renewed}};
    });
  });
}

bool is_open_sale(const std::string& status) {
  return status != "won" && status != "lost";
}

void list_sales(const Request& request, Lines& lines) {
  for (const auto& row : request.data.offers.rows()) {
    if (!request.selection.takes(row) || !request.wants("kind", row.kind) || !request.wants("service", row.service) ||
        !request.wants("on_the_spot", row.on_the_spot ? "true" : "false"))
      continue;
    const auto status = parameter(request.query, "status");
    if (status && (*status == "open" ? !is_open_sale(row.status) : *status != row.status)) continue;
    lines.add(row.client, request.selection.day_of(row), [&] {
      return Json{{"id", row.id.text()},
                  {"kind", text_json(row.kind)},
                  {"service", row.service},
                  {"status", row.status},
                  {"on_the_spot", row.on_the_spot},
                  {"amount_month", row.amount_month},
                  {"amount_once", row.amount_once},
                  {"closed_on", day_json(row.closed_on)},
                  {"rep", request.user(request.selection.rep_of(row))},
                  {"questionnaire", id_json(row.questionnaire)},
                  {"interaction", id_json(row.interaction)},
                  {"campaign", id_json(request.selection.campaign_of(row))}};
    });
  }
}

void list_referrals(const Request& request, Lines& lines) {
  for (const auto& row : request.data.referrals.rows()) {
    if (!request.selection.takes(row) || !request.wants("step", id(row.facts.step)) ||
        !request.wants("introduction", row.introduction))
      continue;
    lines.add(row.client, request.selection.day_of(row), [&] {
      const auto* won = request.data.clients.find(row.won_client);
      return Json{{"id", row.id.text()},
                  {"company", row.company},
                  {"step", id(row.facts.step)},
                  {"introduction", text_json(row.introduction)},
                  {"introduced", row.facts.was_introduced},
                  {"contacted", row.facts.was_contacted},
                  {"met", row.facts.was_met},
                  {"questionnaire", id_json(row.questionnaire)},
                  {"won_client", won ? Json{{"id", won->id.text()}, {"name", won->name}} : Json(nullptr)}};
    });
  }
}

void list_risk(const Request& request, Lines& lines) {
  const auto wanted = parameter(request.query, "reason");
  each_client(request, [&](const ResultClient& row, const ClientState& state) {
    const auto risk = programme::risk_of({state.talks, state.talks_of_trouble, state.persons, state.persons_known});
    if (!risk.any() || (wanted == "only_trouble" && !risk.only_trouble) ||
        (wanted == "nobody_known" && !risk.nobody_known))
      return;
    lines.add(row.id, state.last_meeting, [&request, &state, risk] {
      return Json{{"only_trouble", risk.only_trouble},
                  {"nobody_known", risk.nobody_known},
                  {"talks", state.talks},
                  {"persons", state.persons},
                  {"owner", request.user(state.owner)}};
    });
  });
}

/// "item": id of a service; the clients it is news to.
void list_new_in_range(const Request& request, Lines& lines) {
  for (const auto& item : request.data.range.rows()) {
    if (!request.wants("item", item.id.text())) continue;
    each_client(request, [&](const ResultClient& row, const ClientState& state) {
      if (!programme::is_new_in_range(item.dates, state.last_meeting, request.selection.today())) return;
      lines.add(row.id, state.last_meeting, [&] {
        return Json{
            {"item",
             {{"id", item.id.text()}, {"code", item.code}, {"name", {{"ru", item.name_ru}, {"en", item.name_en}}}}},
            {"since", programme::day_text(item.dates.since)},
            {"owner", request.user(state.owner)}};
      });
    });
  }
}

void list_nps(const Request& request, Lines& lines) {
  for (const auto& row : request.data.questionnaires.rows()) {
    if (!row.nps || !request.selection.takes(row)) continue;
    programme::Nps one;
    one.add(*row.nps);
    const auto* group = one.promoters ? "promoter" : one.passives ? "passive" : "detractor";
    if (request.wants("group", group))
      lines.add(row.client, row.met_on, [&request, &row, group] {
        return Json{
            {"questionnaire", row.id.text()}, {"rep", request.user(row.rep)}, {"score", *row.nps}, {"group", group}};
      });
  }
}

void list_opportunities(const Request& request, Lines& lines) {
  for (const auto& row : request.data.opportunities.rows())
    if (row.is_open && request.selection.taken(row.client))
      lines.add(row.client, std::nullopt, [&] {
        return Json{{"id", row.id.text()},
                    {"what", row.what},
                    {"year1", row.amounts[0]},
                    {"year3", row.amounts[1]},
                    {"year5", row.amounts[2]},
                    {"chance_percent", row.chance_percent ? Json(*row.chance_percent) : Json(nullptr)}};
      });
}

void list_revisions(const Request& request, Lines& lines) {
  std::map<std::pair<Uuid, std::string>, Day> revised;
  for (const auto& row : request.data.parts.rows())
    if (row.revised_on) revised[{row.client, row.part}] = *row.revised_on;
  each_client(request, [&](const ResultClient& row, const ClientState& client) {
    for (const auto part : programme::dossier_parts) {
      const auto found = revised.find({row.id, std::string(part)});
      const auto on = found == revised.end() ? std::nullopt : std::optional(found->second);
      const auto state = programme::revision_state(on, request.selection.today());
      if (!request.wants("part", part) || !request.wants("state", id(state))) continue;
      lines.add(row.id, on, [&request, &client, part, on, state] {
        return Json{{"part", part},
                    {"state", id(state)},
                    {"due_on", on ? Json(programme::day_text(programme::revision_due(*on))) : Json(nullptr)},
                    {"owner", request.user(client.owner)}};
      });
    }
  });
}

void list_accounts(const Request& request, Lines& lines) {
  each_client(request, [&](const ResultClient& row, const ClientState& state) {
    const auto ownership = programme::ownership_of(state.owners);
    if (request.wants("ownership", id(ownership)))
      lines.add(row.id, std::nullopt, [&request, &state, ownership] {
        return Json{{"ownership", id(ownership)}, {"owners", state.owners}, {"owner", request.user(state.owner)}};
      });
  });
}

using List = void (*)(const Request&, Lines&);

const std::map<std::string_view, List>& lists() {
  static const std::map<std::string_view, List> all{{"questionnaires", list_questionnaires},
                                                    {"key_persons", list_key_persons},
                                                    {"clients", list_clients},
                                                    {"sales", list_sales},
                                                    {"referrals", list_referrals},
                                                    {"risk", list_risk},
                                                    {"new_in_range", list_new_in_range},
                                                    {"nps", list_nps},
                                                    {"opportunities", list_opportunities},
                                                    {"revisions", list_revisions},
                                                    {"accounts", list_accounts}};
  return all;
}

}  // namespace

std::vector<std::string_view> drill_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, list] : lists()) names.push_back(name);
  return names;
}

Json drill(std::string_view name, const Selection& selection, const Query& query) {
  const auto list = lists().find(name);
  if (list == lists().end()) throw ProblemError(ProblemCode::NotFound, {}, std::string(name));
  Lines lines(selection);
  const Request request{selection, query, selection.data()};
  list->second(request, lines);
  return lines.page(query);
}

}  // namespace anketa::server::reports
