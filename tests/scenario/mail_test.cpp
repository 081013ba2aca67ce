// Reports by e-mail, received by a real mail server (R16): with STARTTLS and a log-in, in both languages, once however
// often the server is killed.
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

/// Debian's own, which has its packages.
const std::string python = "/usr/bin/python3";

std::string script() {
  return ANKETA_SOURCE_DIR "/tests/scenario/mail_server.py";
}

bool can_receive_mail(Company& company) {
  if (!std::filesystem::exists(python)) return false;
  return run({python, "-c", "import aiosmtpd"}, {}, company.next_log()).code == 0;
}

/// The company's mail server, a process of its own.
class MailServer {
 public:
  MailServer(Company& company, const std::string& pause_once = {}) : company_(company), folder_(company.path("mail")) {
    std::filesystem::create_directories(folder_);
    Arguments command{python,
                      script(),
                      "serve",
                      folder_.string(),
                      company.path("server/tls/server.pem"),
                      company.path("server/tls/server.key")};
    if (!pause_once.empty()) command.insert(command.end(), {"--pause-once", pause_once});
    process_ = std::make_unique<Process>(command, Variables{}, company.next_log());
    port_ = process_->first_line();
  }

  const std::string& port() const { return port_; }
  std::size_t messages() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      if (entry.path().extension() == ".eml") ++count;
    return count;
  }
  std::string events() const {
    std::ifstream file(folder_ / "events");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// Waits until it has noted that.
  void await(const std::string& event) const {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (events().find(event) == std::string::npos) {
      if (std::chrono::steady_clock::now() > until) throw std::runtime_error("no mail: " + events());
      std::this_thread::sleep_for(20ms);
    }
  }
  /// The message as a MIME parser reads it.
  Json read(std::size_t number) const {
    const auto file = (folder_ / (std::to_string(number) + ".eml")).string();
    const auto ended = run({python, script(), "read", file}, {{"PYTHONIOENCODING", "utf-8"}}, company_.next_log());
    INFO(ended.errors);
    REQUIRE(ended.code == 0);
    return Json::parse(ended.output);
  }

 private:
  Company& company_;
  std::filesystem::path folder_;
  std::unique_ptr<Process> process_;
  std::string port_;
};

constexpr std::string_view secret = "a secret of the mail server";

/// A company with two cases: one confirmed by its client, one that service has just been told of.
struct MailCompany : Company {
  Person lead = hire("lead", "lead", "Ковалёва Анна"), rep = hire("rep", "rep", "Иванова Елена"),
         service = hire("service", "service", "Громов Виктор");

  void tell_settings(const MailServer& mail) {
    settings = {{"ANKETA_MAIL_SERVER", "localhost:" + mail.port()},
                {"ANKETA_MAIL_USER", "reports"},
                {"ANKETA_MAIL_PASSWORD_FILE", file("mail.password", std::string(secret) + "\n")},
                {"ANKETA_MAIL_CA", ca_file()},
                {"ANKETA_MAIL_FROM", "Анкета «Пример» <anketa@firma.example>"},
                {"ANKETA_MAIL_DAILY_TO", "Анна Ковалёва <anna@firma.example>, john@firma.example en"},
                {"ANKETA_MAIL_RETRY_SECONDS", "1"},
                {"ANKETA_ORGANISATION", "Пример-Связь"}};
  }

  Json a_client(const std::string& name) {
    const auto client = lead.run({"record", "put", "client", "--set", "name=" + name});
    const auto user = rep.find("user", "login", "rep").at("id").get<std::string>();
    lead.run({"record", "put", "assignment", "--client", name, "--set", "user=" + user, "--set", "role=owner"});
    return client;
  }

  void work() {
    start_server();
    for (auto* person : {&lead, &rep, &service}) person->join();
    a_client("ООО «Ромашка»");
    a_client("Кафе <Пар & Ко>");
    lead.sync();
    rep.sync();
    const auto slow = rep.run({"cases", "open", "ООО «Ромашка»", "Падает скорость", "--severity", "stops", "--contact",
                               "Пётр Иванов", "--place", "узел 4"});
    rep.run({"cases", "open", "Кафе <Пар & Ко>", "Обрывы по вечерам", "--contact", "Олег Савин"});
    rep.sync();
    service.sync();
    const auto id = slow.at("id").get<std::string>();
    service.run({"cases", "work", id, "Заменили коммутатор", "--cause", "старый коммутатор"});
    service.run({"cases", "fixed", id});
    service.sync();
    rep.sync();
    rep.run({"cases", "confirm", id, "--text", "Теперь летает"});
    rep.sync();
    stop_server();
  }

  std::size_t sent() {
    std::size_t count = 0;
    for (const auto& row : administer({"mail", "list"}).json) count += row.at("state") == "sent" ? 1 : 0;
    return count;
  }
  void await_sent(std::size_t wanted) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (sent() < wanted) {
      if (std::chrono::steady_clock::now() > until) throw std::runtime_error(administer({"mail", "list"}).json.dump());
      std::this_thread::sleep_for(100ms);
    }
  }
};

bool has(const Json& text, std::string_view what) {
  return text.get<std::string>().find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("R16: the daily report goes by STARTTLS and log-in to everybody in his language, with figures and names") {
  MailCompany company;
  if (!can_receive_mail(company)) SKIP("no python3-aiosmtpd: no mail server to receive the report");
  company.work();
  const MailServer mail(company);
  company.tell_settings(mail);
  const auto preview = company.administer({"mail", "preview", "daily"}).json;
  CHECK(has(preview.at("text"), "Теперь летает"));
  REQUIRE(company.administer({"mail", "send", "daily"}).json.at("messages") == 2);
  company.start_server();
  company.await_sent(2);
  CHECK(mail.events().find("from anketa@firma.example over TLS as reports") != std::string::npos);
  std::map<std::string, Json> by_language;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto message = mail.read(i);
    CHECK(message.at("type") == "multipart/alternative");
    CHECK(message.at("defects").empty());
    CHECK(message.at("longest_line") <= 78);
    CHECK(message.at("bytes_above_ascii") == 0);
    CHECK(has(message.at("from"), "anketa@firma.example"));
    CHECK(has(message.at("from"), "Анкета «Пример»"));
    by_language.emplace(message.at("language").get<std::string>(), message);
  }
  const auto& russian = by_language.at("ru");
  CHECK(has(russian.at("to"), "Анна Ковалёва"));
  CHECK(has(russian.at("subject"), "восстановлено 1, в работе 1"));
  const auto& english = by_language.at("en");
  CHECK(has(english.at("subject"), "1 restored, 1 open"));
  for (const auto* part : {"text/plain", "text/html"}) {
    CAPTURE(part);
    const auto& ru = russian.at("parts").at(part);
    CHECK(has(ru, "Качество восстановлено"));
    CHECK(has(ru, "ООО «Ромашка»"));
    CHECK(has(ru, "Теперь летает"));
    CHECK(has(ru, "Заменили коммутатор"));
    CHECK(has(ru, "узел 4"));
    CHECK(has(ru, "Обрывы по вечерам"));
    CHECK(has(ru, "Громов Виктор"));
    CHECK(has(english.at("parts").at(part), "Quality restored"));
    CHECK(has(english.at("parts").at(part), "by phone"));
  }
  CHECK(has(russian.at("parts").at("text/html"), "Кафе &lt;Пар &amp; Ко&gt;"));
  CHECK(has(russian.at("parts").at("text/plain"), "Кафе <Пар & Ко>"));

  // Sent once more by hand: the same letter as a message of its own.
  const auto first = company.administer({"mail", "list"}).json.at(0);
  company.administer({"mail", "resend", first.at("id")});
  company.await_sent(3);
  CHECK(mail.read(2).at("subject") == (first.at("language") == "ru" ? russian : english).at("subject"));
  CHECK(mail.read(2).at("message_id") != first.at("message_id"));
  CHECK(company.administer({"mail", "test", "anna@firma.example"}).json.at("to") == "anna@firma.example");
  CHECK(mail.messages() == 4);
  company.stop_server();
}

TEST_CASE("R16: a server that is killed between attempts sends each report once") {
  MailCompany company;
  if (!can_receive_mail(company)) SKIP("no python3-aiosmtpd: no mail server to receive the report");
  company.work();
  auto mail = std::make_unique<MailServer>(company, "rcpt");
  company.tell_settings(*mail);
  company.administer({"mail", "send", "daily"});
  company.start_server();
  mail->await("paused at rcpt");
  company.server().signal(SIGKILL);
  company.server().wait();
  REQUIRE(mail->messages() == 0);
  for (const auto& row : company.administer({"mail", "list"}).json) CHECK(row.at("state") != "sent");

  company.start_server();
  company.await_sent(2);
  // Killed once more, and again: nothing goes out twice.
  for (int i = 0; i < 2; ++i) {
    company.server().signal(SIGKILL);
    company.server().wait();
    company.start_server();
  }
  std::this_thread::sleep_for(3s);
  CHECK(mail->messages() == 2);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < 2; ++i) ids.insert(mail->read(i).at("message_id").get<std::string>());
  CHECK(ids.size() == 2);
  int attempts = 0;
  for (const auto& row : company.administer({"mail", "list"}).json) attempts += row.at("attempts").get<int>();
  CHECK(attempts == 3);
  company.stop_server();
}

TEST_CASE("R16: killed between two recipients of one report, each gets it once") {
  MailCompany company;
  if (!can_receive_mail(company)) SKIP("no python3-aiosmtpd: no mail server to receive the report");
  company.work();
  const MailServer mail(company, "next");
  company.tell_settings(mail);
  company.administer({"mail", "send", "daily"});
  company.start_server();
  mail.await("paused at next");
  company.server().signal(SIGKILL);
  company.server().wait();
  REQUIRE(mail.messages() == 1);
  CHECK(company.sent() == 1);
  company.start_server();
  company.await_sent(2);
  std::this_thread::sleep_for(2s);
  REQUIRE(mail.messages() == 2);
  CHECK(mail.read(0).at("language") != mail.read(1).at("language"));
  CHECK(mail.read(0).at("message_id") != mail.read(1).at("message_id"));
  company.stop_server();
}

TEST_CASE("R16: killed while the mail server answers for it, the report goes again under the same Message-ID") {
  MailCompany company;
  if (!can_receive_mail(company)) SKIP("no python3-aiosmtpd: no mail server to receive the report");
  company.work();
  const MailServer mail(company, "data");
  company.tell_settings(mail);
  company.settings["ANKETA_MAIL_DAILY_TO"] = "anna@firma.example";
  company.administer({"mail", "send", "daily"});
  company.start_server();
  mail.await("paused at data");
  CHECK(company.administer({"mail", "list"}).json.at(0).at("state") == "handing_over");
  company.server().signal(SIGKILL);
  company.server().wait();
  company.start_server();
  company.await_sent(1);
  REQUIRE(mail.messages() == 2);
  CHECK(mail.read(0).at("message_id") == mail.read(1).at("message_id"));
  company.stop_server();
}

TEST_CASE("R16: who does not exist is given up, a wrong password is tried again; the password shows nowhere") {
  MailCompany company;
  if (!can_receive_mail(company)) SKIP("no python3-aiosmtpd: no mail server to receive the report");
  company.work();
  const MailServer mail(company);
  company.tell_settings(mail);
  company.settings["ANKETA_MAIL_DAILY_TO"] = "nobody@firma.example";
  company.administer({"mail", "send", "daily"});
  company.start_server();
  const auto state = [&] { return company.administer({"mail", "list"}).json.at(0); };
  const auto until = std::chrono::steady_clock::now() + patience;
  while (state().at("state") != "failed" && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(50ms);
  CHECK(state().at("state") == "failed");
  CHECK(has(state().at("problem"), "no such person here"));
  company.stop_server();

  company.file("mail.password", "wrong\n");
  company.settings["ANKETA_LOG_LEVEL"] = "debug";
  company.administer({"mail", "send", "daily"});
  company.start_server();
  mail.await("refused a log-in");
  std::this_thread::sleep_for(2s);
  CHECK(state().at("state") != "failed");
  CHECK_FALSE(company.administer({"mail", "test", "anna@firma.example"}).code == 0);
  company.file("mail.password", std::string(secret) + "\n");
  company.stop_server();
  const auto shown = company.administer({"config"});
  CHECK(shown.json.dump().find(secret) == std::string::npos);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(company.path("")))
    if (entry.is_regular_file() && entry.path().filename().string().starts_with("log")) {
      std::ifstream file(entry.path());
      const std::string said{std::istreambuf_iterator<char>(file), {}};
      CHECK(said.find(secret) == std::string::npos);
    }
}
