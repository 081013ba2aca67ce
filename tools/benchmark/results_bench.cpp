#include "tools/benchmark/results_bench.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <iostream>
#include <vector>

#include "shared/form/default_template.hpp"
#include "shared/programme/calendar.hpp"
#include "shared/system/system_environment.hpp"
#include "sync-server/reports/report_service.hpp"
#include "sync-server/services/sync_service.hpp"
#include "tools/benchmark/documents.hpp"

namespace anketa::benchmark {
namespace {

using server::reports::ReportService;
using Clock = std::chrono::steady_clock;

constexpr std::size_t reps = 20, batch = 500;
constexpr int rounds = 9;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// The median of several runs, in milliseconds.
template <typename Work>
double median_of(const Work& work) {
  std::vector<double> all;
  for (int i = 0; i < rounds; ++i) {
    const auto start = Clock::now();
    work();
    all.push_back(milliseconds_since(start));
  }
  std::nth_element(all.begin(), all.begin() + rounds / 2, all.end());
  return all[rounds / 2];
}

/// A company that has made a pass: pushed by the ordinary way in, so that projections and heads are the real ones.
class Pass {
 public:
  Pass(const ResultsOptions& options, const std::string& folder)
      : options_(options),
        store_(server::open_sqlite_store({folder, 2, true}, environment_)),
        sync_(*store_, environment_),
        reports_(*store_, environment_, "Europe/Moscow") {
    author_ = {Uuid::v7(environment_), Uuid::v7(environment_), Role::Lead, true};
    const auto& definition = form::default_template_json();
    form_ = {{"id", "vip-anketa"}, {"version", definition["settings"]["version"]}, {"hash", hash_of(definition)}};
    add("form", company_scope,
        {{"form_id", "vip-anketa"},
         {"version", form_["version"]},
         {"hash", form_["hash"]},
         {"definition", canonical(definition)}});
    for (std::size_t i = 0; i < reps; ++i)
      people_.push_back(add("user", company_scope, {{"name", "Сотрудник " + std::to_string(i)}, {"role", "rep"}}));
    for (std::size_t i = 0; i < options.clients; ++i) add_client(i);
    for (std::size_t i = 0; i < options.questionnaires; ++i) add_questionnaire(i);
    flush();
  }

  ReportService& reports() { return reports_; }
  server::Store& store() { return *store_; }

  /// One more questionnaire reaches the office.
  void change() {
    add_questionnaire(next_++);
    flush();
  }

 private:
  static std::string hash_of(const Json& definition) {
    const auto pin = form::form_pin(definition);
    return pin.substr(pin.rfind(' ') + 1);
  }

  std::string day(std::size_t number) const {
    const auto today = programme::Day(std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(environment_.now()))));
    return programme::day_text(today - std::chrono::days(number % 400));
  }

  void add_client(std::size_t number) {
    static constexpr std::array<const char*, 4> segments{"Банк", "Торговля", "Производство", "Медицина"};
    const auto id = Uuid::v7(environment_);
    clients_.push_back(id);
    push("client", id, id,
         {{"name", "ООО «Клиент " + std::to_string(number) + "»"}, {"segment", segments[number % 4]}});
    add_below("assignment", id, {{"user", people_[number % reps].text()}, {"role", "owner"}});
    add_below("contact", id, {{"name", "Иванов"}, {"met", number % 3 != 0}});
    add_below("contact", id, {{"name", "Петров"}, {"state", number % 5 ? "active" : "left"}});
    add_below("interaction", id,
              {{"kind", number % 2 ? "meeting" : "call"},
               {"about", number % 7 ? "relations" : "fault"},
               {"date", day(number * 3)},
               {"user", people_[number % reps].text()}});
    if (number % 3 == 0) add_below("opportunity", id, {{"what", "Склад"}, {"year1", number * 100}});
    if (number % 4 == 0) add_below("dossier_part", id, {{"part", "general"}, {"revised_on", day(number)}});
  }

  void add_questionnaire(std::size_t number) {
    const auto& client = clients_[number % clients_.size()];
    const auto& rep = people_[number % clients_.size() % reps];
    auto body = questionnaire_body(client, rep, make_answers(options_.seed, number));
    body["form"] = form_;
    body["date"] = day(number);
    const auto id = add("questionnaire", client, std::move(body));
    push_op("questionnaire", id, client,
            {OpKind::Transition, "status", {{"from", "draft"}, {"to", "complete"}}, {}, {}});
    if (number % 2 == 0)
      add_below("offer", client,
                {{"service", number % 6 ? "vpn" : "wifi"},
                 {"kind", number % 5 ? "new_line" : "volume"},
                 {"questionnaire", id.text()},
                 {"amount_month", number * 10}});
    if (number % 3 == 0)
      add_below(
          "referral", client,
          {{"company", "ООО «Сосед»"}, {"introduction", number % 2 ? "call" : "meet"}, {"questionnaire", id.text()}});
  }

  Uuid add(const char* collection, const Scope& scope, Json body) {
    const auto id = Uuid::v7(environment_);
    push(collection, id, scope, std::move(body));
    return id;
  }
  void add_below(const char* collection, const Uuid& client, Json body) {
    body["client"] = client.text();
    add(collection, client, std::move(body));
  }
  void push(const char* collection, const Uuid& id, const Scope& scope, Json body) {
    push_op(collection, id, scope, {OpKind::Set, "", std::move(body), {}, {}});
  }
  void push_op(const char* collection, const Uuid& id, const Scope& scope, Op op) {
    Mutation mutation;
    mutation.id = Uuid::v7(environment_);
    mutation.device = author_.device;
    mutation.user = author_.user;
    mutation.counter = ++counter_;
    mutation.record = id;
    mutation.collection = collection;
    mutation.scope = scope;
    mutation.at = environment_.now();
    mutation.ops.push_back(std::move(op));
    waiting_.push_back(std::move(mutation));
    if (waiting_.size() == batch) flush();
  }
  void flush() {
    if (waiting_.empty()) return;
    for (const auto& result : sync_.submit(author_, std::exchange(waiting_, {})))
      if (result.status != protocol::ResultStatus::Applied) throw std::runtime_error("results: not all were applied");
  }

  ResultsOptions options_;
  mutable SystemEnvironment environment_;
  std::unique_ptr<server::Store> store_;
  server::SyncService sync_;
  ReportService reports_;
  server::Author author_;
  Json form_;
  std::vector<Uuid> people_, clients_;
  std::vector<Mutation> waiting_;
  std::uint64_t counter_ = 0;
  std::size_t next_ = 1'000'003;
};

/// What a person would write to get the figures once: of key persons, meetings, scores, sales and referrals.
constexpr std::array<const char*, 8> by_hand{
    "SELECT count(*), sum(contacts_new), sum(contacts_changed), sum(contacts_left) FROM p_questionnaire "
    "WHERE first_delivered_at IS NOT NULL AND met_on >= ?1",
    "SELECT count(DISTINCT client) FROM p_questionnaire WHERE status <> 'draft' AND met_on >= ?1",
    "SELECT c.segment, sum(q.nps >= 9), sum(q.nps BETWEEN 7 AND 8), sum(q.nps <= 6) FROM p_questionnaire q "
    "JOIN p_client c ON c.id = q.client WHERE q.met_on >= ?1 AND q.nps IS NOT NULL GROUP BY c.segment",
    "SELECT rep, sum(nps >= 9), sum(nps BETWEEN 7 AND 8), sum(nps <= 6) FROM p_questionnaire "
    "WHERE met_on >= ?1 AND nps IS NOT NULL GROUP BY rep",
    "SELECT substr(met_on, 1, 7), sum(nps >= 9), sum(nps <= 6) FROM p_questionnaire "
    "WHERE met_on >= ?1 AND nps IS NOT NULL GROUP BY substr(met_on, 1, 7)",
    "SELECT o.status, o.service, count(*), sum(o.amount_month) FROM p_offer o JOIN p_questionnaire q ON q.id = "
    "o.questionnaire WHERE q.met_on >= ?1 GROUP BY o.status, o.service",
    "SELECT r.status, count(*) FROM p_referral r JOIN p_questionnaire q ON q.id = r.questionnaire "
    "WHERE q.met_on >= ?1 GROUP BY r.status",
    "SELECT client, max(day) FROM (SELECT client, met_on AS day FROM p_questionnaire WHERE status <> 'draft' UNION ALL "
    "SELECT client, day FROM p_interaction WHERE kind = 'meeting') WHERE day >= ?1 GROUP BY client"};

void report(const char* scenario, double milliseconds, double sql, const ResultsOptions& options) {
  const auto rounded = [](double value) { return std::round(value * 100) / 100; };
  Json json{{"system", "anketa"},
            {"scenario", scenario},
            {"clients", options.clients},
            {"questionnaires", options.questionnaires},
            {"milliseconds", rounded(milliseconds)}};
  if (sql > 0) json["ratio_to_sql"] = rounded(milliseconds / sql);
  std::cout << json.dump() << std::endl;
}

}  // namespace

void run_results(const ResultsOptions& options, const std::string& folder) {
  Pass pass(options, folder);
  const server::reports::Viewer lead{Uuid(), Role::Lead};
  const auto ask = [&] { return pass.reports().consolidated(lead, {}); };
  // A server does this by itself when it starts.
  const auto start = Clock::now();
  pass.reports().get_ready();
  const auto ready = milliseconds_since(start);
  const auto first_asked = Clock::now();
  const auto results = ask();
  const auto first = milliseconds_since(first_asked);
  const std::array<server::SqlValue, 1> since{results["since"].get<std::string>()};
  const auto sql = median_of([&] {
    pass.store().read([&](server::Reader& reader) {
      for (const auto* statement : by_hand) reader.select(statement, since, [](const server::Row&) {});
    });
  });
  const auto warm = median_of(ask);
  // What is measured is the answer after a change, not the change.
  std::vector<double> after;
  for (int i = 0; i < rounds; ++i) {
    pass.change();
    const auto asked = Clock::now();
    ask();
    after.push_back(milliseconds_since(asked));
  }
  std::nth_element(after.begin(), after.begin() + rounds / 2, after.end());
  report("results_sql", sql, 0, options);
  report("results_getting_ready", ready, sql, options);
  report("results_first", first, sql, options);
  report("results_warm", warm, sql, options);
  report("results_after_change", after[rounds / 2], sql, options);
}

}  // namespace anketa::benchmark
