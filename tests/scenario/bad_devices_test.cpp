// What goes wrong at the command line and around the programs: a clear error with its exit code, nothing lost.
#include <catch2/catch_test_macros.hpp>

#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

namespace {

/// A small file system of its own in memory; `mounted()` false where one may not make such a thing.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& path) : path_(path) {
    std::filesystem::create_directories(path_);
    mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=4m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool mounted_ = false;
};

Json assigned_client(Company& company, Person& lead, const std::string& login) {
  company.start_server();
  lead.join();
  const auto client = lead.run({"record", "put", "client", "--set", "name=ООО Ромашка"});
  const auto user = lead.find("user", "login", login)["id"].get<std::string>();
  lead.run({"record", "put", "assignment", "--client", client["id"].get<std::string>(), "--set", "user=" + user,
            "--set", "role=owner"});
  lead.sync();
  return client;
}

}  // namespace

TEST_CASE("A full disk refuses the edit, keeps all that was acknowledged, and lets work go on once there is room") {
  Company company;
  auto lead = company.hire("olga", "lead");
  company.hire("anna", "rep");
  const auto client = assigned_client(company, lead, "anna")["id"].get<std::string>();
  const SmallDisk disk(company.path("small disk"));
  if (!disk.mounted()) SKIP("mounting a small file system needs root");
  Person anna(company, "anna", std::filesystem::path(disk.path()) / "home");
  anna.join();
  const auto filler = disk.path() + "/filler";
  // What is left is too little for the write-ahead log of the next edits.
  const auto left = std::filesystem::space(disk.path()).available;
  std::ofstream(filler) << std::string(left > 65536 ? left - 65536 : 0, 'x');
  int acknowledged = 0;
  Outcome refused;
  for (int i = 0; i < 200 && refused.code == 0; ++i) {
    refused = anna.try_to({"record", "put", "contact", "--client", client, "--set", "name=Контакт " + std::to_string(i),
                           "--set", "work_interests=" + std::string(4000, 'w')});
    if (refused.code == 0) ++acknowledged;
  }
  CHECK(refused.code == 8);
  CHECK(refused.problem() == "store.disk_full");
  std::filesystem::remove(filler);
  CHECK(anna.run({"record", "list", "contact"}).size() == static_cast<std::size_t>(acknowledged));
  anna.run({"record", "put", "contact", "--client", client, "--set", "name=После"});
  anna.sync();
  lead.sync();
  CHECK(lead.run({"record", "list", "contact"}).size() == static_cast<std::size_t>(acknowledged) + 1);
}

TEST_CASE("A port that is taken is named, and the server that has it goes on") {
  Company first, second;
  first.start_server();
  const auto refused = second.administer({"serve", "--port", std::to_string(first.port())});
  CHECK(refused.code == 1);
  CHECK(refused.problem() == "config.port_in_use");
  CHECK(refused.json.dump().find(std::to_string(first.port())) != std::string::npos);
  CHECK(first.server().running());
}

TEST_CASE("A server whose certificate is not trusted gets no password, and unsynced edits stay") {
  Company company, stranger;
  auto lead = company.hire("olga", "lead");
  company.hire("anna", "rep");
  stranger.start_server();
  const auto client = assigned_client(company, lead, "anna")["id"].get<std::string>();
  Person anna(company, "anna", company.path("home of anna"));
  const auto password = company.file("anna.password", "password of anna\n");
  for (const auto& authority : {std::string(), stranger.ca_file()}) {
    Arguments login{"login", company.address(), "--user", "anna", "--password-file", password};
    if (!authority.empty()) login.insert(login.end(), {"--ca", authority});
    const auto refused = anna.try_to(login);
    CHECK(refused.code == 4);
    CHECK(refused.problem() == "transport.certificate_untrusted");
  }
  anna.join();
  anna.run({"record", "put", "contact", "--client", client, "--set", "name=Мария"});
  company.stop_server();
  // Somebody else answers at the address with a certificate of his own.
  std::filesystem::copy_file(stranger.ca_file(), anna.home() / "ca.pem",
                             std::filesystem::copy_options::overwrite_existing);
  company.start_server();
  CHECK(anna.try_to({"sync"}).problem() == "transport.certificate_untrusted");
  CHECK(anna.run({"status"})["unsynced"] == 1);
  std::filesystem::copy_file(company.ca_file(), anna.home() / "ca.pem",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(anna.sync()["pushed"] == 1);
}

TEST_CASE("A server killed without warning has everything it acknowledged") {
  Company company;
  auto lead = company.hire("olga", "lead");
  auto anna = company.hire("anna", "rep");
  const auto client = assigned_client(company, lead, "anna")["id"].get<std::string>();
  anna.join();
  anna.run({"record", "put", "contact", "--client", client, "--set", "name=Мария"});
  CHECK(anna.sync()["pushed"] == 1);
  company.server().signal(SIGKILL);
  CHECK(company.server().wait().code == 128 + SIGKILL);
  company.start_server();
  lead.sync();
  CHECK(lead.find("contact", "name", "Мария")["scope"] == client);
  CHECK(anna.sync()["pushed"] == 0);
}
