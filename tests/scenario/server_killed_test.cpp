// The server killed with SIGKILL, again and again, while real clients push and are killed too: every edit that a client
// committed is there in the end, once, and the store is sound.
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <random>
#include <thread>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

constexpr int network = 4;
constexpr int attention = 9;
constexpr int killed = 128 + SIGKILL;

/// A contact as its author committed it.
struct Written {
  std::string id;
  /// What the phone may be: the last that was committed, and any whose command was killed since.
  std::set<std::string> phones;
};

/// A rep who writes down contacts and pushes them without a pause; one command in six is killed in its course.
class Rep {
 public:
  Rep(const Person& person, std::string client, std::string log, std::uint64_t seed)
      : person_(person), client_(std::move(client)), log_(std::move(log)), random_(seed) {}
  ~Rep() { stop(); }

  void start() {
    thread_ = std::thread([this] {
      try {
        for (int n = 0; !stopping_; ++n) work(person_.login() + " " + std::to_string(n));
      } catch (const std::exception& error) {
        failure_ = error.what();
      }
    });
  }
  /// What went wrong, if anything did.
  std::string stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    return failure_;
  }

  const Person& person() const { return person_; }
  /// By name.
  const std::map<std::string, Written>& written() const { return written_; }
  /// Names whose command was killed: committed or not.
  const std::set<std::string>& uncertain() const { return uncertain_; }
  int pushed() const { return pushed_; }
  int held_up() const { return held_up_; }

 private:
  Ended run(const Arguments& arguments) {
    Arguments whole{program("anketa"), "--json", "--home", person_.home().string()};
    whole.insert(whole.end(), arguments.begin(), arguments.end());
    Process process(whole, quiet_english(), log_);
    if (random_() % 6 == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(random_() % 90));
      process.signal(SIGKILL);
    }
    auto ended = process.wait();
    const bool sync = arguments.front() == "sync";
    if (ended.code != 0 && ended.code != killed && !(sync && (ended.code == network || ended.code == attention)))
      throw std::runtime_error(arguments.front() + " ended with " + std::to_string(ended.code) + ": " + ended.output +
                               ended.errors);
    return ended;
  }

  void work(const std::string& name) {
    const auto made = run({"record", "put", "contact", "--client", client_, "--set", "name=" + name});
    if (made.code == killed) {
      uncertain_.insert(name);
    } else {
      written_[name] = {Json::parse(made.output).at("id").get<std::string>(), {""}};
      sync();
      edit(written_[name]);
      edit(written_[name]);
    }
    sync();
  }

  void edit(Written& contact) {
    const auto phone = "+7 812 " + std::to_string(random_() % 10'000'000);
    const auto ended = run({"record", "edit", contact.id, "--set", "phone=" + phone});
    if (ended.code == 0) contact.phones.clear();
    contact.phones.insert(phone);
  }

  void sync() {
    const auto begin = std::chrono::steady_clock::now();
    const auto code = run({"sync"}).code;
    // A client whose server has gone waits and tries again by itself.
    if (code == network || (code == 0 && std::chrono::steady_clock::now() - begin > 600ms)) ++held_up_;
    if (code == 0) ++pushed_;
  }

  Person person_;
  std::string client_, log_, failure_;
  std::mt19937_64 random_;
  std::atomic<bool> stopping_ = false;
  std::map<std::string, Written> written_;
  std::set<std::string> uncertain_;
  int pushed_ = 0, held_up_ = 0;
  std::thread thread_;
};

/// Everything a rep wrote is on a new device of his as he wrote it, once, and nothing else is.
void check_all_there(Company& company, const Rep& rep) {
  Person fresh(company, rep.person().login(), company.path("new device of " + rep.person().login()));
  fresh.join();
  std::map<std::string, Json> found;
  for (const auto& record : fresh.run({"record", "list", "contact"})) {
    const auto name = record["body"]["name"].get<std::string>();
    CHECK(found.emplace(name, record).second);
    CHECK((rep.written().contains(name) || rep.uncertain().contains(name)));
  }
  for (const auto& [name, contact] : rep.written()) {
    INFO(name);
    REQUIRE(found.contains(name));
    CHECK(found[name]["id"] == contact.id);
    CHECK(contact.phones.contains(string_or_empty(found[name]["body"], "phone")));
  }
}

void kill_server_under_load(int times) {
  Company company;
  auto lead = company.hire("olga", "lead");
  company.start_server();
  lead.join();
  std::vector<std::unique_ptr<Rep>> reps;
  std::vector<Person> people{company.hire("anna", "rep"), company.hire("boris", "rep")};
  lead.sync();
  for (auto& person : people) {
    const auto client =
        lead.run({"record", "put", "client", "--set", "name=ООО " + person.login()})["id"].get<std::string>();
    const auto user = lead.find("user", "login", person.login())["id"].get<std::string>();
    lead.run({"record", "put", "assignment", "--client", client, "--set", "user=" + user, "--set", "role=owner"});
    lead.sync();
    person.join();
    reps.push_back(std::make_unique<Rep>(person, client, company.path("log of " + person.login()), reps.size()));
  }
  for (auto& rep : reps) rep->start();
  std::mt19937_64 random(static_cast<std::uint64_t>(times));
  for (int i = 0; i < times; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 600));
    REQUIRE(company.server().running());
    company.server().signal(SIGKILL);
    CHECK(company.server().wait().code == killed);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 200));
    company.start_server();
  }
  int held_up = 0;
  for (auto& rep : reps) {
    CHECK(rep->stop().empty());
    CHECK(rep->pushed() > 0);
    held_up += rep->held_up();
    rep->person().sync();
    CHECK(rep->person().run({"status"})["unsynced"] == 0);
  }
  // Else nobody was there to be disturbed.
  CHECK(held_up > 0);
  company.stop_server();
  CHECK(company.administer({"verify"}).json["sound"] == true);
  company.start_server();
  for (auto& rep : reps) check_all_there(company, *rep);
}

}  // namespace

TEST_CASE("The server killed ten times under the load of clients that are killed too: no committed edit is lost") {
  kill_server_under_load(10);
}

TEST_CASE("The server killed two hundred times under load: no committed edit is lost", "[.][long]") {
  kill_server_under_load(200);
}
