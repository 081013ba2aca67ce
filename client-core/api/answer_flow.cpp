// The fields of the default template that make records, as docs/forms.md names them: contacts, refs, steps, cap,
// sites_new. Everything else goes where its question's writes_to says.
#include "client-core/api/answer_flow.hpp"

#include <algorithm>
#include <map>

#include "client-core/api/wanted_records.hpp"
#include "shared/programme/turnover.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

using Words = std::map<std::string_view, std::string_view>;

/// A questionnaire's word for what a record calls otherwise.
std::string mapped(const Words& words, const std::string& word) {
  const auto found = words.find(word);
  return found == words.end() ? word : std::string(found->second);
}

class Flow {
 public:
  Flow(ClientParts& parts, const Talk& talk) : parts_(parts), talk_(talk), wanted_(parts, talk.client) {}

  std::vector<RecordEdit> run() && {
    verify_contacts();
    for (const auto& back : talk_.write_backs) write_back(back);
    name_referrals();
    make_offers();
    note_volumes();
    note_meeting();
    return std::move(wanted_).edits();
  }

 private:
  const Json& answer(std::string_view name) const { return value_at(talk_.answers, name); }
  std::string text_of(std::string_view name) const { return string_or_empty(talk_.answers, name); }
  std::string say(std::string_view key, const text::Arguments& arguments = {}) const {
    return text::get(talk_.language, "dossier.flow." + std::string(key), arguments);
  }
  Uuid derived(std::string_view name) const { return Uuid::derived(talk_.questionnaire, name); }

  /// Calls visit(id, item) for the items of a repeat.
  template <typename Visit>
  void each(std::string_view repeat, const Visit& visit) const {
    const auto& items = answer(repeat);
    if (!items.is_object()) return;
    for (const auto& [key, item] : items.get_ref<const Json::object_t&>())
      if (const auto id = Uuid::parse(key)) visit(*id, item);
  }

  static void copy(Json& into, const char* field, const Json& from, const char* answer) {
    if (const auto found = from.find(answer); found != from.end() && !found->is_null()) into[field] = *found;
  }
  static void copy_mapped(Json& into, const char* field, const Json& from, const char* answer, const Words& words) {
    if (const auto word = string_or_empty(from, answer); !word.empty()) into[field] = mapped(words, word);
  }

  void note_source(Json& body, std::string_view question) const {
    body["source"] = {{"questionnaire", talk_.questionnaire.text()}, {"question", question}};
  }

  // Key persons (R10)

  void verify_contacts() {
    each("contacts", [&](const Uuid& id, const Json& item) {
      const auto outcome = programme::verified_from(string_or_empty(item, "c_stat"));
      if (outcome && !string_or_empty(item, "c_name").empty()) verify(id, item, *outcome);
    });
  }

  void verify(const Uuid& id, const Json& item, programme::Verified outcome) {
    const bool known = wanted_.exists(id);
    const auto before = wanted_.known(id);
    auto& contact = wanted_.of(id, "contact");
    for (const auto& [field, question] : {std::pair{"name", "c_name"},
                                          {"post", "c_post"},
                                          {"roles", "c_role"},
                                          {"phone", "c_tel"},
                                          {"email", "c_mail"}})
      if (item.contains(question) && value_at(before, field) != item[question]) contact[field] = item[question];
    for (const auto& [field, question] : {std::pair{"met", "c_met"}, {"told_of_processing", "c_pd"}})
      if (const auto word = string_or_empty(item, question);
          !word.empty() && before.value(field, Json()) != (word == "yes"))
        contact[field] = word == "yes";
    // Whom one has talked to, one has met.
    if (id.text() == text_of("respondent") && !value_at(before, "met").is_boolean()) contact["met"] = true;
    if (outcome == programme::Verified::Unchanged && !contact.empty()) outcome = programme::Verified::Changed;
    if (outcome == programme::Verified::Left) {
      contact["state"] = "left";
      if (string_or_empty(before, "left_on").empty()) contact["left_on"] = talk_.date;
    } else if (string_or_empty(before, "state") != "active") {
      contact["state"] = "active";
    }
    if (!known) note_source(contact, "contacts");
    contact["verified_on"] = talk_.date;
    if (is_noted(value_at(before, "verified"), outcome)) return;
    contact["verified"]
           [Uuid::derived(id, "verified " + talk_.questionnaire.text() + std::string(programme::id(outcome))).text()] =
               {{"on", talk_.date},
                {"outcome", programme::id(outcome)},
                {"questionnaire", talk_.questionnaire.text()},
                {"user", talk_.rep.text()}};
  }

  /// The second part of a questionnaire shows again what its first part has found; only news is noted once more.
  bool is_noted(const Json& log, programme::Verified outcome) const {
    if (!log.is_object()) return false;
    return std::any_of(log.begin(), log.end(), [&](const Json& entry) {
      return string_or_empty(entry, "questionnaire") == talk_.questionnaire.text() &&
             (outcome == programme::Verified::Unchanged || string_or_empty(entry, "outcome") == programme::id(outcome));
    });
  }

  // The dossier (R30)

  /// Targets: dossier.<part>.<field>, and the short names of parts that are but one text.
  void write_back(const form::WriteBack& back) {
    static const Words short_names{{"dossier.competitors", "dossier.competitors.overview"},
                                   {"dossier.decision", "dossier.decision.process"},
                                   {"dossier.status", "dossier.our_view.our_status"}};
    const auto target = mapped(short_names, back.writes_to);
    constexpr std::string_view dossier = "dossier.";
    if (target == "dossier.contact.work_interests") return note_interests(back);
    if (target.starts_with("dossier.opportunity.")) return note_opportunity(back, target.substr(20));
    if (!target.starts_with(dossier)) return;
    const auto dot = target.find('.', dossier.size());
    if (dot == std::string::npos) return;
    write_to_part(target.substr(dossier.size(), dot - dossier.size()), target.substr(dot + 1), back);
  }

  void write_to_part(const std::string& part, const std::string& name, const form::WriteBack& back) {
    const auto* declared = schema::collection("dossier_part");
    const auto* field = declared->field(name);
    const auto& parts = declared->field("part")->values;
    if (!field || std::find(parts.begin(), parts.end(), part) == parts.end()) return;
    const auto id = part_id(part);
    const auto before = wanted_.known(id);
    auto value = back.value;
    if (field->kind == schema::Kind::LongText) {
      if (!value.is_string()) return;
      value = with_paragraph(string_or_empty(before, name), value.get<std::string>());
    }
    if (value == value_at(before, name)) return;
    auto& wanted = wanted_.of(id, "dossier_part");
    wanted["part"] = part;
    wanted[name] = std::move(value);
    const auto text = back.value.is_string() ? back.value.get<std::string>() : back.value.dump();
    const auto entry = Uuid::derived(talk_.questionnaire, "fact " + back.path + " " + text);
    wanted["facts"][entry.text()] = {{"at", talk_.at},
                                     {"text", text},
                                     {"user", talk_.rep.text()},
                                     {"field", name},
                                     {"questionnaire", talk_.questionnaire.text()},
                                     {"question", back.path}};
  }

  Uuid part_id(const std::string& part) const {
    for (const auto& found : list_records(parts_, "dossier_part", talk_.client))
      if (string_or_empty(found.view.body, "part") == part) return found.view.id;
    return Uuid::derived(talk_.client, "dossier_part " + part);
  }

  void note_interests(const form::WriteBack& back) {
    const auto respondent = Uuid::parse(text_of("respondent"));
    if (!respondent || !back.value.is_string()) return;
    const auto before = wanted_.known(*respondent);
    if (before.empty()) return;
    wanted_.of(*respondent, "contact")["work_interests"] =
        with_paragraph(string_or_empty(before, "work_interests"), back.value.get<std::string>());
  }

  void note_opportunity(const form::WriteBack& back, const std::string& horizon) {
    if (!back.value.is_number_integer() || !schema::collection("opportunity")->field(horizon)) return;
    auto& wanted = wanted_.of(derived("opportunity"), "opportunity");
    wanted["what"] = say("budget");
    wanted["kind"] = "budget";
    wanted["state"] = "open";
    wanted[horizon] = back.value;
    wanted["assessed_on"] = talk_.date;
    wanted["assessed_by"] = talk_.rep.text();
    note_source(wanted, back.path);
  }

  // Referrals and offers (R19, R23)

  void name_referrals() {
    static const Words knows{{"will", "ask"}}, introductions{{"cite", "mention"}, {"none", "silent"}};
    each("refs", [&](const Uuid& id, const Json& item) {
      if (string_or_empty(item, "r_co").empty()) return;
      const bool is_new = !wanted_.exists(id);
      auto& wanted = wanted_.of(id, "referral");
      copy(wanted, "company", item, "r_co");
      copy(wanted, "person", item, "r_name");
      copy(wanted, "phone", item, "r_tel");
      copy(wanted, "need", item, "r_need");
      copy_mapped(wanted, "person_knows", item, "r_know", knows);
      copy_mapped(wanted, "introduction", item, "r_intro", introductions);
      if (!is_new) return;
      wanted["status"] = "named";
      wanted["named_on"] = talk_.date;
      if (const auto respondent = Uuid::parse(text_of("respondent"))) wanted["named_by"] = respondent->text();
      attribute(wanted, "refs");
    });
  }

  /// To the meeting, the pass and the rep that produced it.
  void attribute(Json& wanted, std::string_view question) const {
    wanted["questionnaire"] = talk_.questionnaire.text();
    wanted["rep"] = talk_.rep.text();
    wanted["source"] = {{"question", question}};
  }

  Json& offer(const Uuid& id, std::string_view kind, std::string_view service, std::string_view question) {
    const bool is_new = !wanted_.exists(id);
    auto& wanted = wanted_.of(id, "offer");
    wanted["service"] = service;
    if (!is_new) return wanted;
    wanted["kind"] = kind;
    wanted["status"] = "planned";
    wanted["made_on"] = talk_.date;
    wanted["interaction"] = meeting_id().text();
    if (const auto campaign = string_or_empty(talk_.body, "campaign"); !campaign.empty()) wanted["campaign"] = campaign;
    attribute(wanted, question);
    offered_ = true;
    return wanted;
  }

  /// What is to come of a service that interests the client; an order given at the meeting is won on the spot.
  void next_step(const Uuid& id, const std::string& service, std::string_view repeat, const Json& item,
                 const std::string& prefix) {
    const bool is_new = !wanted_.exists(id);
    auto& wanted = offer(id, "new_line", service, repeat);
    copy(wanted, "step", item, (prefix + "next").c_str());
    copy(wanted, "due_on", item, (prefix + "date").c_str());
    copy(wanted, "amount_month", item, (prefix + "sum").c_str());
    if (!is_new || string_or_empty(item, prefix + "next") != "order") return;
    wanted["on_the_spot"] = true;
    wanted_.move(id, "planned", "won", {{"closed_on", talk_.date}});
  }

  void make_offers() {
    each("news", [&](const Uuid& item_of_range, const Json& item) {
      if (string_or_empty(item, "nw_interest") != "yes") return;
      next_step(derived("news " + item_of_range.text()), code_of(item_of_range, item), "news", item, "nw_");
    });
    each("steps", [&](const Uuid& id, const Json& item) {
      const auto service = string_or_empty(item, "t_serv");
      if (!service.empty()) next_step(id, service, "steps", item, "t_");
    });
  }

  /// The service's code; its name where the rep noted it himself.
  std::string code_of(const Uuid& item_of_range, const Json& item) const {
    const auto record = find_record(parts_, item_of_range);
    const auto code = record ? string_or_empty(record->view.body, "code") : std::string();
    return code.empty() ? string_or_empty(item, "nw_name") : code;
  }

  void note_volumes() {
    if (const auto& speed = answer("cap_mbps"); speed.is_number_integer()) {
      auto& wanted = offer(derived("offer cap"), "volume", "access", "cap");
      wanted["remarks"] = say("speed", {{"speed", speed.dump()}});
      copy(wanted, "due_on", talk_.answers, "cap_when");
    }
    each("sites_new", [&](const Uuid& id, const Json& item) {
      auto& wanted = offer(id, "volume", "access", "sites_new");
      const auto address = string_or_empty(item, "n_addr"), need = string_or_empty(item, "n_need");
      wanted["remarks"] = say("site", {{"address", address}, {"need", need}});
      copy(wanted, "due_on", item, "n_when");
    });
  }

  // The talk itself (R35)

  Uuid meeting_id() const { return derived(talk_.resumed ? "second meeting" : "meeting"); }

  void note_meeting() {
    auto& wanted = wanted_.of(meeting_id(), "interaction");
    wanted.update({{"kind", "meeting"},
                   {"about", "relations"},
                   {"date", talk_.date},
                   {"user", talk_.rep.text()},
                   {"offer_made", offered_},
                   {"questionnaire", talk_.questionnaire.text()}});
    if (const auto visit = string_or_empty(talk_.body, "visit"); !visit.empty() && !talk_.resumed)
      wanted["visit"] = visit;
    if (const auto respondent = Uuid::parse(text_of("respondent")))
      wanted["contacts"] = Json::array({respondent->text()});
    if (const auto told = text_of("main_informed"); !told.empty()) wanted["main_contact_told"] = told == "yes";
    copy(wanted, "next_on", talk_.answers, "next_meet");
    for (const auto& back : talk_.write_backs) {
      if (back.writes_to != "tasks" || !back.value.is_string()) continue;
      const auto promise = derived("promise " + back.path);
      wanted["promises"][promise.text()] = {{"text", back.value}, {"by", "us"}, {"user", talk_.rep.text()}};
      wanted["source"] = {{"question", back.path}};
    }
  }

  ClientParts& parts_;
  const Talk& talk_;
  WantedRecords wanted_;
  bool offered_ = false;
};

}  // namespace

Talk talk_of(ClientParts& parts, const Uuid& client, const Uuid& questionnaire, const form::FillSession& session,
             const form::LocalTime& now) {
  Talk talk;
  talk.client = client;
  talk.questionnaire = questionnaire;
  talk.body = need_record(parts, questionnaire).view.body;
  talk.rep = parts.need_account().user;
  talk.answers = session.relevant_answers();
  talk.write_backs = session.write_backs();
  talk.resumed =
      session.status() == form::FillStatus::CompleteAfterPause || !string_or_empty(talk.body, "resumed_on").empty();
  const auto given = string_or_empty(talk.answers, talk.resumed ? "date_resumed" : "date");
  talk.date = given.empty() ? form::date_text(now) : given;
  talk.at = now.instant;
  talk.language = text::from_code(session.language());
  return talk;
}

std::vector<RecordEdit> answer_edits(ClientParts& parts, const Talk& talk) {
  return Flow(parts, talk).run();
}

}  // namespace anketa::client
