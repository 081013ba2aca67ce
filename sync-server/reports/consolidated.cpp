#include "sync-server/reports/consolidated.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "shared/programme/account_team.hpp"
#include "shared/programme/revision.hpp"
#include "shared/programme/risk.hpp"
#include "sync-server/reports/score_json.hpp"

namespace anketa::server::reports {
namespace {

Json day_json(const std::optional<Day>& day) {
  return day ? Json(programme::day_text(*day)) : Json(nullptr);
}

Json key_persons_json(const Selection& selection) {
  programme::Turnover turnover;
  for (const auto& row : selection.data().questionnaires.rows())
    if (selection.takes(row))
      for (const auto& person : row.persons) turnover.add(person.outcome);
  const auto percent = turnover.left_percent();
  return {{"verified", turnover.verified()}, {"unchanged", turnover.unchanged},
          {"changed", turnover.changed},     {"new", turnover.added},
          {"left", turnover.left},           {"left_percent", percent ? Json(*percent) : Json(nullptr)}};
}

Json relations_json(const Selection& selection) {
  int clients = 0, met = 0, renewed = 0, never = 0;
  for (const auto& client : selection.clients()) {
    if (!client.is_taken) continue;
    ++clients;
    never += client.meetings.empty();
    met += std::any_of(client.meetings.begin(), client.meetings.end(),
                       [&](Day on) { return on >= selection.since() && on <= selection.until(); });
    renewed += programme::is_relation_renewed(client.meetings, selection.since(), selection.until());
  }
  return {{"clients", clients}, {"met", met}, {"renewed", renewed}, {"never_met", never}};
}

// Sales (R19, R23)

struct Sales {
  int offers = 0, open = 0, won = 0, lost = 0, on_the_spot = 0;
  std::int64_t won_month = 0, won_once = 0, open_month = 0, open_once = 0;

  void add(const ResultOffer& row) {
    ++offers;
    if (row.status == "won") {
      ++won;
      on_the_spot += row.on_the_spot;
      won_month += row.amount_month;
      won_once += row.amount_once;
    } else if (row.status == "lost") {
      ++lost;
    } else {
      ++open;
      open_month += row.amount_month;
      open_once += row.amount_once;
    }
  }
};

Json to_json(const Sales& sales) {
  return {{"offers", sales.offers},
          {"open", sales.open},
          {"won", sales.won},
          {"lost", sales.lost},
          {"on_the_spot", sales.on_the_spot},
          {"won_amount_month", sales.won_month},
          {"won_amount_once", sales.won_once},
          {"open_amount_month", sales.open_month},
          {"open_amount_once", sales.open_once}};
}

/// Sales by something, each with its name under `name`, the most won money first.
template <typename Key, typename Name>
Json by_json(const std::map<Key, Sales>& all, const char* name, const Name& value) {
  std::vector<std::pair<const Key*, const Sales*>> sorted;
  for (const auto& [key, sales] : all) sorted.emplace_back(&key, &sales);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second->won_month > b.second->won_month; });
  Json json = Json::array();
  for (const auto& [key, sales] : sorted) {
    auto one = to_json(*sales);
    one[name] = value(*key);
    json.push_back(std::move(one));
  }
  return json;
}

Json user_json(const ResultData& data, const Uuid& id) {
  const auto* user = data.users.find(id);
  return user ? Json{{"id", id.text()}, {"name", user->name}} : Json(nullptr);
}

Json sales_json(const Selection& selection) {
  Sales total;
  std::map<std::string, Sales> by_kind{{"volume", {}}, {"new_line", {}}, {"direction", {}}}, by_service;
  std::map<Uuid, Sales> by_campaign, by_rep;
  for (const auto& row : selection.data().offers.rows()) {
    if (!selection.takes(row)) continue;
    total.add(row);
    by_kind[row.kind.empty() ? "new_line" : row.kind].add(row);
    by_service[row.service].add(row);
    by_campaign[selection.campaign_of(row)].add(row);
    by_rep[selection.rep_of(row)].add(row);
  }
  auto json = to_json(total);
  for (const auto& [kind, sales] : by_kind) json["by_kind"][kind] = to_json(sales);
  const auto text = [](const std::string& key) { return Json(key); };
  json["by_service"] = by_json(by_service, "service", text);
  json["by_rep"] = by_json(by_rep, "rep", [&](const Uuid& id) { return user_json(selection.data(), id); });
  json["by_campaign"] = by_json(by_campaign, "campaign", [&](const Uuid& id) {
    const auto* campaign = selection.data().campaigns.find(id);
    return campaign ? Json{{"id", id.text()}, {"title", campaign->title}} : Json(nullptr);
  });
  return json;
}

// Referrals (R19, R23)

Json to_json(const programme::ReferralFunnel& funnel) {
  return {{"named", funnel.named},
          {"introduced", funnel.introduced},
          {"contacted", funnel.contacted},
          {"met", funnel.met},
          {"won", funnel.won},
          {"lost", funnel.lost}};
}

Json referrals_json(const Selection& selection) {
  programme::ReferralFunnel total;
  std::map<std::string, programme::ReferralFunnel> by_introduction;
  std::vector<programme::ReferralLink> links;
  for (const auto& row : selection.data().referrals.rows()) {
    if (!row.won_client.is_nil()) links.push_back({row.client, row.won_client});
    if (!selection.takes(row)) continue;
    total.add(row.facts);
    if (!row.introduction.empty()) by_introduction[row.introduction].add(row.facts);
  }
  auto json = to_json(total);
  json["by_introduction"] = Json::array();
  for (const auto* kind : {"meet", "call", "mention", "silent"})
    if (const auto found = by_introduction.find(kind); found != by_introduction.end()) {
      auto one = to_json(found->second);
      one["introduction"] = kind;
      json["by_introduction"].push_back(std::move(one));
    }
  int longest = 0;
  for (const auto& [client, generation] : programme::referral_generations(links))
    if (selection.taken(client)) longest = std::max(longest, generation);
  json["longest_chain"] = longest;
  return json;
}

Json risk_json(const Selection& selection) {
  int any = 0, trouble = 0, nobody = 0;
  for (const auto& client : selection.clients()) {
    if (!client.is_taken) continue;
    const auto risk = programme::risk_of({client.talks, client.talks_of_trouble, client.persons, client.persons_known});
    any += risk.any();
    trouble += risk.only_trouble;
    nobody += risk.nobody_known;
  }
  return {{"clients", any}, {"only_trouble", trouble}, {"nobody_known", nobody}};
}

/// For each service of ours, how many clients it is news to (R19).
Json range_json(const Selection& selection) {
  Json json = Json::array();
  std::vector<const ResultRangeItem*> items;
  for (const auto& item : selection.data().range.rows()) items.push_back(&item);
  std::sort(items.begin(), items.end(), [](const auto* a, const auto* b) {
    return std::pair(b->dates.since, a->code) < std::pair(a->dates.since, b->code);
  });
  for (const auto* item : items) {
    int untold = 0;
    for (const auto& client : selection.clients())
      untold += client.is_taken && programme::is_new_in_range(item->dates, client.last_meeting, selection.today());
    if (untold == 0) continue;
    json.push_back({{"id", item->id.text()},
                    {"code", item->code},
                    {"name", {{"ru", item->name_ru}, {"en", item->name_en}}},
                    {"since", programme::day_text(item->dates.since)},
                    {"clients", untold}});
  }
  return json;
}

// Recommendation scores

template <typename Key, typename Name>
Json by_json(const std::map<Key, programme::Nps>& all, const char* name, const Name& value) {
  Json json = Json::array();
  for (const auto& [key, nps] : all) {
    auto one = score_json(nps);
    one[name] = value(key);
    json.push_back(std::move(one));
  }
  return json;
}

/// Rows of a form that ask for 0 to 10.
std::vector<bool> score_rows(const form::Form& form) {
  std::vector<bool> rows(form.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = form.row(static_cast<form::RowIndex>(i));
    rows[i] = row.type == form::RowType::Range && row.range.start == 0 && row.range.end == 10 && row.range.step == 1;
  }
  return rows;
}

/// Each question that is answered by 0 to 10, as the newest form that asks it words it.
Json by_question_json(const Selection& selection, const AnswerIndex& answers) {
  struct Question {
    const form::Form* form = nullptr;
    const form::Row* row = nullptr;
    programme::Nps nps;
  };
  std::map<const form::Form*, std::vector<bool>> asked;
  std::map<std::string, Question> questions;
  for (const auto& row : selection.data().questionnaires.rows()) {
    if (!selection.takes(row)) continue;
    const auto* indexed = answers.find(row.id);
    if (!indexed) continue;
    const auto* form = indexed->form.get();
    auto known = asked.find(form);
    if (known == asked.end()) known = asked.emplace(form, score_rows(*form)).first;
    for (const auto& answer : indexed->answers) {
      if (!known->second[answer.row]) continue;
      auto& question = questions[form->row(answer.row).name];
      question.form = form;
      question.row = &form->row(answer.row);
      question.nps.add(static_cast<long long>(answer.number));
    }
  }
  Json json = Json::array();
  for (const auto& [name, question] : questions) {
    auto one = score_json(question.nps);
    one["question"] = name;
    one["label"] = label_json(*question.form, question.row->label);
    json.push_back(std::move(one));
  }
  return json;
}

Json nps_json(const Selection& selection, const AnswerIndex* answers) {
  programme::Nps total;
  std::map<std::string, programme::Nps> by_segment, by_month;
  std::map<Uuid, programme::Nps> by_rep;
  for (const auto& row : selection.data().questionnaires.rows()) {
    if (!row.nps || !selection.takes(row)) continue;
    total.add(*row.nps);
    by_rep[row.rep].add(*row.nps);
    by_month[programme::day_text(*row.met_on).substr(0, 7)].add(*row.nps);
    by_segment[selection.data().clients.find(row.client)->segment].add(*row.nps);
  }
  auto json = score_json(total);
  const auto text = [](const std::string& key) { return Json(key); };
  json["by_segment"] = by_json(by_segment, "segment", text);
  json["by_month"] = by_json(by_month, "month", text);
  json["by_rep"] = by_json(by_rep, "rep", [&](const Uuid& id) { return user_json(selection.data(), id); });
  json["by_question"] = answers ? by_question_json(selection, *answers) : Json::array();
  return json;
}

// The dossiers (R30, R31, R37)

Json horizons_json(const programme::Horizons& amounts) {
  return {{"year1", amounts[0]}, {"year3", amounts[1]}, {"year5", amounts[2]}};
}

Json opportunities_json(const Selection& selection) {
  programme::OpportunitySum sum;
  for (const auto& row : selection.data().opportunities.rows())
    if (row.is_open && selection.taken(row.client)) sum.add(row.amounts, row.chance_percent);
  return {{"count", sum.count}, {"possible", horizons_json(sum.possible)}, {"expected", horizons_json(sum.expected)}};
}

Json revisions_json(const Selection& selection) {
  std::map<std::string, std::array<int, programme::revision_state_ids.size()>> counts;
  int clients = 0;
  for (const auto& client : selection.clients()) clients += client.is_taken;
  constexpr auto never = static_cast<std::size_t>(programme::RevisionState::Never);
  for (const auto part : programme::dossier_parts) counts[std::string(part)][never] = clients;
  for (const auto& row : selection.data().parts.rows()) {
    const auto found = counts.find(row.part);
    if (!row.revised_on || found == counts.end() || !selection.taken(row.client)) continue;
    ++found->second[static_cast<std::size_t>(programme::revision_state(row.revised_on, selection.today()))];
    --found->second[never];
  }
  Json json = Json::array();
  for (const auto part : programme::dossier_parts) {
    Json one{{"part", part}};
    const auto& states = counts[std::string(part)];
    for (std::size_t i = 0; i < states.size(); ++i) one[std::string(programme::revision_state_ids[i])] = states[i];
    json.push_back(std::move(one));
  }
  return json;
}

Json accounts_json(const Selection& selection) {
  Json json{{"one", 0}, {"none", 0}, {"several", 0}};
  for (const auto& client : selection.clients()) {
    if (!client.is_taken) continue;
    auto& count = json[std::string(id(programme::ownership_of(client.owners)))];
    count = count.get<int>() + 1;
  }
  return json;
}

}  // namespace

Json consolidated(const Selection& selection, const AnswerIndex* answers) {
  const auto* campaign = selection.campaign();
  int questionnaires = 0, complete = 0;
  for (const auto& row : selection.data().questionnaires.rows()) {
    if (!selection.takes(row)) continue;
    ++questionnaires;
    complete += row.status == "complete" || row.status == "complete_after_pause";
  }
  return {{"today", programme::day_text(selection.today())},
          {"since", day_json(selection.since())},
          {"until", day_json(selection.until())},
          {"campaign", campaign ? Json{{"id", campaign->id.text()}, {"title", campaign->title}} : Json(nullptr)},
          {"questionnaires", {{"delivered", questionnaires}, {"complete", complete}}},
          {"key_persons", key_persons_json(selection)},
          {"relations", relations_json(selection)},
          {"sales", sales_json(selection)},
          {"referrals", referrals_json(selection)},
          {"risk", risk_json(selection)},
          {"new_in_range", range_json(selection)},
          {"nps", nps_json(selection, answers)},
          {"opportunities", opportunities_json(selection)},
          {"revisions", revisions_json(selection)},
          {"accounts", accounts_json(selection)}};
}

}  // namespace anketa::server::reports
