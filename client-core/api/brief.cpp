// The page before a meeting and the revisions of dossiers, from the records on the device (R31).
#include "shared/programme/brief.hpp"

#include <algorithm>

#include "anketa/client.hpp"
#include "client-core/api/meeting_days.hpp"
#include "shared/programme/quality.hpp"

namespace anketa::client {
namespace {

using programme::Day;

/// Gathers what make_brief() sorts and judges.
class BriefGatherer {
 public:
  BriefGatherer(ClientParts& parts, const Uuid& client, int offset_minutes)
      : parts_(parts), client_(client), offset_minutes_(offset_minutes) {}

  programme::BriefFacts gather() {
    const auto main = string_or_empty(need_record(parts_, client_).view.body, "main_contact");
    persons(main);
    actors();
    talks();
    facts_.meetings = meeting_days(parts_, client_, offset_minutes_);
    cases();
    parts();
    range();
    return std::move(facts_);
  }

 private:
  template <typename Visit>
  void each(std::string_view collection, const Visit& visit) {
    for (const auto& record : list_records(parts_, collection, client_)) visit(record.view.id, record.view.body);
  }

  void persons(const std::string& main) {
    each("contact", [&](const Uuid& id, const Json& body) {
      programme::BriefPerson person;
      person.id = id.text();
      person.name = string_or_empty(body, "name");
      person.post = string_or_empty(body, "post");
      person.left = string_or_empty(body, "state") == "left";
      person.met = body.value("met", Json()) != false;
      person.is_main = person.id == main;
      if (const auto& roles = value_at(body, "roles"); roles.is_array() && !roles.empty())
        person.role = roles.front().get<std::string>();
      latest_verification(body, person);
      facts_.persons.push_back(std::move(person));
    });
  }

  static void latest_verification(const Json& body, programme::BriefPerson& person) {
    const auto& log = value_at(body, "verified");
    if (!log.is_object()) return;
    for (const auto& entry : log) {
      const auto on = day_at(entry, "on");
      const auto outcome = programme::verified_from(string_or_empty(entry, "outcome"));
      if (!on || !outcome || (person.verified_on && *on < *person.verified_on)) continue;
      person.verified_on = on;
      person.verified = outcome;
    }
  }

  /// The decision map adds to a contact what it knows, or a person who is no contact.
  void actors() {
    each("relation_actor", [&](const Uuid& id, const Json& body) {
      const auto contact = string_or_empty(body, "contact");
      auto person = std::find_if(facts_.persons.begin(), facts_.persons.end(),
                                 [&](const auto& known) { return !contact.empty() && known.id == contact; });
      if (person == facts_.persons.end()) {
        programme::BriefPerson stranger;
        stranger.id = id.text();
        stranger.is_contact = false;
        stranger.name = string_or_empty(body, "name");
        stranger.post = string_or_empty(body, "post");
        facts_.persons.push_back(std::move(stranger));
        person = std::prev(facts_.persons.end());
      }
      if (const auto role = string_or_empty(body, "role"); !role.empty()) person->role = role;
      person->influence = string_or_empty(body, "influence");
      person->attitude = string_or_empty(body, "attitude");
      person->access = string_or_empty(body, "access");
    });
  }

  std::string name_of(const std::string& contact) const {
    for (const auto& person : facts_.persons)
      if (person.id == contact) return person.name;
    return {};
  }

  void talks() {
    each("interaction", [&](const Uuid& id, const Json& body) {
      const auto on = day_at(body, "date");
      if (!on) return;
      programme::BriefTalk talk;
      talk.id = id.text();
      talk.on = *on;
      talk.kind = string_or_empty(body, "kind");
      talk.about = string_or_empty(body, "about");
      talk.summary = string_or_empty(body, "summary");
      talk.agreed = string_or_empty(body, "agreed");
      talk.next_step = string_or_empty(body, "next_step");
      talk.next_on = day_at(body, "next_on");
      talk.offer_made = body.value("offer_made", Json()) == true;
      if (const auto& with = value_at(body, "contacts"); with.is_array())
        for (const auto& contact : with)
          if (const auto name = name_of(contact.get<std::string>()); !name.empty())
            talk.with += (talk.with.empty() ? "" : ", ") + name;
      promises(body, *on);
      facts_.talks.push_back(std::move(talk));
    });
  }

  void promises(const Json& body, Day made_on) {
    const auto& all = value_at(body, "promises");
    if (!all.is_object()) return;
    for (const auto& item : all)
      facts_.promises.push_back({string_or_empty(item, "text"), string_or_empty(item, "by") != "client", made_on,
                                 day_at(item, "due_on"), day_at(item, "done_on")});
  }

  void cases() {
    each("quality_case", [&](const Uuid& id, const Json& body) {
      const auto status = string_or_empty(body, "status");
      if (!programme::is_open_case(status)) return;
      facts_.cases.push_back({id.text(), status, string_or_empty(body, "severity"),
                              day_at(body, "opened_on").value_or(Day()), programme::complaints_text(body)});
    });
  }

  void parts() {
    for (const auto part : programme::dossier_parts) facts_.parts.push_back({std::string(part), {}});
    each("dossier_part", [&](const Uuid&, const Json& body) {
      const auto part = string_or_empty(body, "part");
      for (auto& known : facts_.parts)
        if (known.part == part) known.revised_on = day_at(body, "revised_on");
      if (part == "our_view") facts_.avoid = string_or_empty(body, "avoid");
      const auto& facts = value_at(body, "facts");
      if (!facts.is_object()) return;
      for (const auto& fact : facts)
        if (const auto& at = value_at(fact, "at"); at.is_number_integer())
          facts_.facts.push_back({part, string_or_empty(fact, "field"), string_or_empty(fact, "text"),
                                  day_of(at.get<Instant>(), offset_minutes_).value_or(Day())});
    });
  }

  void range() {
    for (const auto& record : list_records(parts_, "range_item", std::nullopt)) {
      const auto& body = record.view.body;
      if (const auto since = day_at(body, "since"))
        facts_.range.push_back({string_or_empty(body, "code"),
                                string_or_empty(body.value("name", Json()), "ru"),
                                string_or_empty(body.value("name", Json()), "en"),
                                {*since, day_at(body, "until")}});
    }
  }

  ClientParts& parts_;
  Uuid client_;
  int offset_minutes_;
  programme::BriefFacts facts_;
};

/// What has never been revised comes before what is overdue, that before what is due.
int pressing(programme::RevisionState state) {
  return -static_cast<int>(state);
}

}  // namespace

programme::Brief Client::brief(const Uuid& client, int offset_minutes) const {
  if (need(client).view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, client.text());
  const auto today = day_of(parts_->environment.now(), offset_minutes).value();
  return programme::make_brief(BriefGatherer(*parts_, client, offset_minutes).gather(), today);
}

std::vector<PartRevision> Client::revisions(Day today, const std::optional<Uuid>& client) const {
  std::vector<PartRevision> all;
  const auto add = [&](const LocalRecord& record) {
    std::map<std::string, Day> revised;
    for (const auto& part : list("dossier_part", record.view.id))
      if (const auto on = day_at(part.view.body, "revised_on")) revised[string_or_empty(part.view.body, "part")] = *on;
    for (const auto part : programme::dossier_parts) {
      PartRevision revision{record.view.id, string_or_empty(record.view.body, "name"), std::string(part), {}, {}};
      if (const auto found = revised.find(revision.part); found != revised.end()) revision.revised_on = found->second;
      revision.state = programme::revision_state(revision.revised_on, today);
      all.push_back(std::move(revision));
    }
  };
  if (client) {
    add(need(*client));
  } else {
    for (const auto& record : list("client")) add(record);
  }
  std::stable_sort(all.begin(), all.end(), [](const PartRevision& a, const PartRevision& b) {
    return std::pair(pressing(a.state), a.revised_on.value_or(Day())) <
           std::pair(pressing(b.state), b.revised_on.value_or(Day()));
  });
  return all;
}

Json to_json(const PartRevision& revision) {
  const auto& on = revision.revised_on;
  return {{"client", {{"id", revision.client.text()}, {"name", revision.client_name}}},
          {"part", revision.part},
          {"revised_on", on ? Json(programme::day_text(*on)) : Json(nullptr)},
          {"due_on", on ? Json(programme::day_text(programme::revision_due(*on))) : Json(nullptr)},
          {"state", programme::id(revision.state)}};
}

}  // namespace anketa::client
