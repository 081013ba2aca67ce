// A company for the scenarios: one server and its people, each with a device, all real programs.
//
// Everything lives in one temporary folder; the server listens on a free port of the loopback and keeps it over stops.
#pragma once

#include <memory>
#include <optional>

#include "shared/record/json.hpp"
#include "tests/scenario/process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace anketa::scenario {

/// How a command run with --json ended.
struct Outcome {
  int code = 0;
  /// Null where it said nothing.
  Json json;
  std::string errors;

  /// Code of the problem it ended with: "auth.bad_credentials"; empty where it ended well.
  std::string problem() const;
};

class Company;

/// A colleague at the command line of a device.
class Person {
 public:
  Person(Company& company, std::string login, const std::filesystem::path& home);

  /// anketa with these arguments.
  Outcome try_to(const Arguments& arguments) const;
  /// The same, where it must end well (code 0); gives its JSON.
  Json run(const Arguments& arguments) const;
  /// Logs in and pulls.
  void join();
  /// Ends well, with conflicts or parked edits too.
  Json sync() const;
  std::unique_ptr<Typist> at_terminal(const Arguments& arguments) const;

  const std::string& login() const { return login_; }
  const std::filesystem::path& home() const { return home_; }
  /// What the device shows: the one record of the collection whose field is the value.
  Json find(const std::string& collection, const std::string& field, const Json& value) const;

 private:
  Arguments command(const Arguments& arguments) const;

  Company& company_;
  std::string login_;
  std::filesystem::path home_;
};

class Company {
 public:
  /// Makes the organisation; the server is not up yet.
  Company();

  /// Adds an account; everybody's password is "password of <login>".
  Person hire(const std::string& login, const std::string& role, const std::string& name = {});
  /// anketa-server with these arguments and the company's data.
  Outcome administer(const Arguments& arguments);

  void start_server();
  /// SIGTERM; throws unless it ends cleanly.
  void stop_server();
  Process& server() { return *server_; }
  /// "https://localhost:12345".
  const std::string& address() const { return address_; }
  std::uint16_t port() const;
  const std::string& ca_file() const { return ca_file_; }
  std::string data() const { return folder_.file("server"); }

  /// A file of the company's folder with this content; gives its path.
  std::string file(const std::string& name, std::string_view content) const;
  std::string path(const std::string& name) const { return folder_.file(name); }
  std::filesystem::path next_log();

  /// Settings of the server beside its own, as in its environment.
  Variables settings;

 private:
  Variables variables() const;

  anketa::test::TemporaryFolder folder_;
  std::unique_ptr<Process> server_;
  std::string address_, ca_file_;
  int logs_ = 0;
};

/// Path of a program that was built with the tests.
std::string program(const std::string& name);
Variables quiet_english();

}  // namespace anketa::scenario
