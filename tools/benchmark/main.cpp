// anketa-bench: measures sync over TLS between real client cores and a real server, beside plain SQLite.
#include <CLI/CLI.hpp>
#include <barrier>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>
#include <thread>

#include "shared/problem/problem.hpp"
#include "shared/sqlite/database.hpp"
#include "tools/benchmark/device.hpp"
#include "tools/benchmark/documents.hpp"
#include "tools/benchmark/results_bench.hpp"

namespace anketa::benchmark {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::size_t documents = 10'000;
  std::string input;
  std::size_t clients = 200;
  std::size_t documents_each = 15;
  std::uint64_t seed = 1;
  bool keep = false;
};

/// A folder beside the working directory's disk, removed at the end unless it is to be kept.
class Workplace {
 public:
  explicit Workplace(bool keep) : keep_(keep) {
    auto pattern = (fs::temp_directory_path() / "anketa-bench-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~Workplace() {
    std::error_code ignored;  // what is left over in a temporary folder is no failure of a measurement
    if (!keep_) fs::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
  bool keep_;
};

class Bench {
 public:
  explicit Bench(Options options) : options_(std::move(options)), place_(options_.keep) {
    if (!options_.input.empty()) {
      answers_ = read_answers(options_.input);
      options_.documents = answers_.size();
    } else {
      for (std::size_t i = 0; i < options_.documents; ++i) answers_.push_back(make_answers(options_.seed, i));
    }
  }

  void run() {
    raw_sqlite();
    server_ = std::make_unique<ServerProcess>(place_.file(""));
    server_->add_user("lead", "lead");
    Device author(*server_, place_.file("author.db"), "lead");
    author.sync();
    const auto client = author.client().create("client", {}, {{"name", "ООО «Мера»"}});
    author.sync();
    const auto ids = push_all(author, client);
    pull_all();
    nothing_new(author);
    delta(author, ids);
    field_day();
    storm(author);
  }

 private:
  static double rounded(double value) { return std::round(value * 10'000) / 10'000; }

  void report(const std::string& scenario, std::size_t n, double seconds, std::uint64_t up, std::uint64_t down,
              Json more = Json::object()) {
    more["system"] = "anketa";
    more["scenario"] = scenario;
    more["n"] = n;
    more["seconds"] = rounded(seconds);
    more["bytes_up"] = up;
    more["bytes_down"] = down;
    more["server_rss_mb"] = server_ ? static_cast<int>(server_->peak_memory_mb() + 0.5) : 0;
    if (n > 0 && raw_each_ > 0) more["ratio_to_raw_sqlite"] = rounded(seconds / (raw_each_ * static_cast<double>(n)));
    std::cout << more.dump() << std::endl;
  }

  void report(const std::string& scenario, std::size_t n, const Measured& measured) {
    report(scenario, n, measured.seconds, measured.bytes_up, measured.bytes_down,
           {{"rounds", measured.summary.rounds}, {"local_seconds", rounded(measured.local_seconds)}});
  }

  /// The reference: a body row and a journal row a document in one durable transaction.
  void raw_sqlite() {
    sqlite::Database database(place_.file("raw.db"), {});
    database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.execute(
        "CREATE TABLE body (id integer PRIMARY KEY, text text); CREATE TABLE journal (id integer PRIMARY KEY, text "
        "text)");
    std::vector<std::string> texts;
    for (const auto& answers : answers_) texts.push_back(answers.dump());
    const Stopwatch watch;
    sqlite::Transaction transaction(database);
    for (const auto& text : texts) {
      database.run("INSERT INTO body (text) VALUES (?1)", text);
      database.run("INSERT INTO journal (text) VALUES (?1)", text);
    }
    transaction.commit();
    const auto seconds = watch.seconds();
    raw_each_ = seconds / static_cast<double>(answers_.size());
    report("raw_sqlite", answers_.size(), seconds, 0, 0);
  }

  std::vector<Uuid> push_all(Device& author, const Uuid& client) {
    std::vector<Uuid> ids;
    {
      client::Client::Batch batch(author.client());
      for (const auto& answers : answers_) ids.push_back(author.add_questionnaire(client, answers));
      batch.commit();
    }
    const auto measured = author.sync();
    expect(measured.summary.applied == ids.size(), "first_push: not all were applied");
    report("first_push", ids.size(), measured);
    return ids;
  }

  void pull_all() {
    Device reader(*server_, place_.file("reader.db"), "lead");
    const auto measured = reader.sync();
    expect(measured.summary.pulled >= answers_.size(), "first_pull: not all came");
    report("first_pull", answers_.size(), measured);
  }

  void nothing_new(Device& author) {
    author.sync();
    report("nothing_new", 0, author.sync());
  }

  void delta(Device& author, const std::vector<Uuid>& ids) {
    const std::size_t changed = std::min<std::size_t>(100, ids.size());
    {
      client::Client::Batch batch(author.client());
      for (std::size_t i = 0; i < changed; ++i)
        author.client().edit(ids[i * ids.size() / changed],
                             {{"answers", {{"nps_why", "уточнение " + std::to_string(i)}}}});
      batch.commit();
    }
    const auto measured = author.sync();
    expect(measured.summary.applied == changed, "delta: not all were applied");
    report("delta", changed, measured);
  }

  /// One rep, 15 questionnaires of 60 answers, each answer committed as it is given, then one sync.
  void field_day() {
    constexpr std::size_t questionnaires = 15, answers_each = 60;
    server_->add_user("rep", "rep");
    Device lead(*server_, place_.file("field-lead.db"), "lead");
    Device rep(*server_, place_.file("field-rep.db"), "rep");
    const auto client = lead.client().create("client", {}, {{"name", "ООО «Поле»"}});
    lead.client().create("assignment", client,
                         {{"client", client.text()}, {"user", rep.user().text()}, {"role", "owner"}});
    lead.sync();
    rep.sync();
    const Stopwatch filling;
    std::size_t given = 0;
    for (std::size_t q = 0; q < questionnaires; ++q) {
      auto interview = rep.client().start_questionnaire(client, {});
      // A talk corrects itself: answers are given over again until there are enough of them.
      for (std::size_t round = 0, here = 0; here < answers_each; ++round) {
        const auto answers = make_answers(options_.seed + round, q);
        for (const auto& [name, value] : answers.items()) {
          if (value.is_object() || here == answers_each) continue;
          if (!interview.answer(name, value)) ++here, ++given;
        }
      }
    }
    const auto filled = filling.seconds();
    const auto measured = rep.sync();
    report("field_day", given, filled + measured.seconds, measured.bytes_up, measured.bytes_down,
           {{"ms_an_answer", rounded(filled * 1000 / static_cast<double>(given))},
            {"sync_seconds", rounded(measured.seconds)},
            {"rounds", measured.summary.rounds}});
  }

  /// Many reps, each with a client of his own, come back to the office at the same moment, logged in beforehand.
  void storm(Device& lead) {
    auto devices = storm_devices(lead);
    std::vector<Measured> measured(devices.size());
    std::barrier gate(static_cast<std::ptrdiff_t>(devices.size()) + 1);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < devices.size(); ++i)
      threads.emplace_back([&, i] {
        gate.arrive_and_wait();
        measured[i] = devices[i]->sync();
      });
    gate.arrive_and_wait();
    const Stopwatch watch;
    for (auto& thread : threads) thread.join();
    const auto seconds = watch.seconds();
    std::uint64_t up = 0, down = 0, applied = 0;
    for (const auto& one : measured)
      up += one.bytes_up, down += one.bytes_down, applied += one.summary.applied + one.summary.merged;
    const auto pushed = devices.size() * options_.documents_each;
    expect(applied == pushed, "storm: not all were applied");
    report("storm", pushed, seconds, up, down, {{"clients", devices.size()}});
  }

  /// Every device has pulled once, so that the storm measures what reps bring home and not first syncs.
  std::vector<std::unique_ptr<Device>> storm_devices(Device& lead) {
    const auto login = [](std::size_t i) { return "storm-" + std::to_string(i); };
    for (std::size_t i = 0; i < options_.clients; ++i) server_->add_user(login(i), "rep");
    lead.sync();
    std::map<std::string, std::string> users;
    for (const auto& user : lead.client().list("user"))
      users[string_or_empty(user.view.body, "login")] = user.view.id.text();
    std::vector<Uuid> clients;
    {
      client::Client::Batch batch(lead.client());
      for (std::size_t i = 0; i < options_.clients; ++i) {
        clients.push_back(lead.client().create("client", {}, {{"name", "ООО «Буря " + std::to_string(i) + "»"}}));
        lead.client().create("assignment", clients.back(),
                             {{"client", clients.back().text()}, {"user", users.at(login(i))}, {"role", "owner"}});
      }
      batch.commit();
    }
    lead.sync();
    std::vector<std::unique_ptr<Device>> devices;
    for (std::size_t i = 0; i < options_.clients; ++i) {
      auto& device = *devices.emplace_back(std::make_unique<Device>(*server_, place_.file(login(i) + ".db"), login(i)));
      device.sync();
      client::Client::Batch batch(device.client());
      for (std::size_t d = 0; d < options_.documents_each; ++d)
        device.add_questionnaire(clients[i], make_answers(options_.seed + 7, i * options_.documents_each + d));
      batch.commit();
    }
    return devices;
  }

  static void expect(bool holds, const char* otherwise) {
    if (!holds) throw std::runtime_error(otherwise);
  }

  Options options_;
  Workplace place_;
  std::vector<Json> answers_;
  std::unique_ptr<ServerProcess> server_;
  double raw_each_ = 0;
};

}  // namespace
}  // namespace anketa::benchmark

int main(int count, char** arguments) {
  anketa::benchmark::Options options;
  CLI::App app("Measures sync over TLS between real client cores and a real server.", "anketa-bench");
  app.require_subcommand(1);
  auto* sync =
      app.add_subcommand("sync", "first_push, first_pull, delta, storm, field_day beside raw_sqlite; a JSON line each");
  auto* documents = sync->add_option("--docs", options.documents, "questionnaires to push")->check(CLI::PositiveNumber);
  sync->add_option("--input", options.input, "NDJSON file: one object of answers a line")->excludes(documents);
  sync->add_option("--clients", options.clients, "devices of the storm")->check(CLI::Range(1, 1000));
  sync->add_option("--seed", options.seed, "seed of the generated answers");
  sync->add_flag("--keep", options.keep, "keep the folder with the databases");
  anketa::benchmark::ResultsOptions of_results;
  auto* results = app.add_subcommand("results", "consolidated results beside the same SQL; a JSON line each");
  results->add_option("--clients", of_results.clients, "clients of the pass")->check(CLI::PositiveNumber);
  results->add_option("--docs", of_results.questionnaires, "questionnaires of the pass")->check(CLI::PositiveNumber);
  results->add_option("--seed", of_results.seed, "seed of the generated answers");
  CLI11_PARSE(app, count, arguments);
  try {
    if (results->parsed()) {
      const anketa::benchmark::Workplace place(false);
      anketa::benchmark::run_results(of_results, place.file(""));
    } else {
      anketa::benchmark::Bench(options).run();
    }
    return 0;
  } catch (const anketa::ProblemError& error) {
    std::cerr << error.problem().what(anketa::text::Language::English) << "\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
  }
  return 1;
}
