// The projections as plain values in memory: what every report but the answers is computed from.
//
// Model: a snapshot of one moment in the history. Reports are pure functions over it, so each has its own tests, and
// one snapshot serves all requests until something changes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "shared/programme/calendar.hpp"
#include "shared/programme/working_days.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/uuid.hpp"
#include "sync-server/reports/viewer.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::reports {

struct ClientRow {
  Uuid id;
  std::string name, segment, industry, region, city, key_status;
  /// Nil where nobody is responsible.
  Uuid owner;
};

struct UserRow {
  Uuid id;
  std::string name, role, share;
  bool active = true;
};

struct VisitRow {
  Uuid client, rep;
  Instant at = 0;
  std::string status;
};

struct CallRow {
  Uuid client;
  Instant at = 0;
};

struct QuestionnaireRow {
  Uuid id, client, rep;
  std::string form, form_version, status, resume_point;
  std::optional<programme::Day> met_on;
  std::optional<Instant> started_at, finished_at, first_delivered_at;
  std::optional<std::int64_t> nps;
  std::int64_t contacts_new = 0, contacts_changed = 0, contacts_left = 0;
};

struct CaseRow {
  Uuid id, client, questionnaire;
  std::string status, severity;
  std::optional<programme::Day> opened_on, confirmed_on;
  std::int64_t reopenings = 0, complaints = 0;
};

struct ReferralRow {
  Uuid client;
  std::string status;
};

struct OfferRow {
  Uuid client;
  std::string status;
  /// Kopecks a month.
  std::int64_t amount_month = 0;
};

struct Tables {
  /// By name.
  std::vector<ClientRow> clients;
  std::vector<UserRow> users;
  std::vector<VisitRow> visits;
  std::vector<CallRow> calls;
  std::vector<QuestionnaireRow> questionnaires;
  std::vector<CaseRow> cases;
  std::vector<ReferralRow> referrals;
  std::vector<OfferRow> offers;
  std::int64_t open_conflicts = 0;
  /// Holidays and absences (R8).
  programme::WorkingDays working_days;
  /// Places in `clients` and `users`.
  std::unordered_map<Uuid, std::size_t> client_index, user_index;
  /// Clients of each person, as owner or member.
  std::unordered_map<Uuid, std::unordered_set<Uuid>> assigned;
  /// Questionnaires that a case came out of, and clients that have one.
  std::unordered_set<Uuid> with_case, clients_with_case;

  const ClientRow* client(const Uuid& id) const;
  const UserRow* user(const Uuid& id) const;
  /// Whether the viewer may see what hangs on a client; the service side knows of clients with complaints only (R14).
  bool visible(const Viewer& viewer, const Uuid& client) const;
  /// The service side sees problem questionnaires only (R14).
  bool visible(const Viewer& viewer, const QuestionnaireRow& questionnaire) const;
};

Tables load_tables(Reader& reader);

}  // namespace anketa::server::reports
