#include "tests/scenario/company.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>

namespace anketa::scenario {
namespace {

/// Exit code of a command that did its work and found something the user should see.
constexpr int needs_attention = 9;

std::string told(const Arguments& arguments) {
  std::string text;
  for (const auto& argument : arguments) text += argument + " ";
  return text;
}

Outcome outcome_of(const Ended& ended) {
  auto json = Json::parse(ended.output, nullptr, false);
  return {ended.code, json.is_discarded() ? Json() : std::move(json), ended.errors};
}

}  // namespace

std::string program(const std::string& name) {
  return std::string(ANKETA_PROGRAMS) + "/" + name;
}

Variables quiet_english() {
  return {
      {"ANKETA_LANG", "en"}, {"NO_COLOR", "1"}, {"TERM", "xterm"}, {"ANKETA_PASSPHRASE", "a long enough passphrase"}};
}

std::string Outcome::problem() const {
  if (!json.is_object()) return {};
  return string_or_empty(json.contains("error") ? json["error"] : json, "code");
}

Person::Person(Company& company, std::string login, const std::filesystem::path& home)
    : company_(company), login_(std::move(login)), home_(home) {}

Arguments Person::command(const Arguments& arguments) const {
  Arguments whole{program("anketa"), "--home", home_.string()};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  return whole;
}

Outcome Person::try_to(const Arguments& arguments) const {
  auto whole = command({"--json"});
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  return outcome_of(scenario::run(whole, quiet_english(), company_.next_log()));
}

Json Person::run(const Arguments& arguments) const {
  const auto outcome = try_to(arguments);
  if (outcome.code != 0)
    throw std::runtime_error(login_ + ": " + told(arguments) + "ended with " + std::to_string(outcome.code) + ": " +
                             outcome.json.dump() + outcome.errors);
  return outcome.json;
}

void Person::join() {
  const auto password = company_.file(login_ + ".password", "password of " + login_ + "\n");
  run({"login", company_.address(), "--user", login_, "--password-file", password, "--ca", company_.ca_file()});
  sync();
}

Json Person::sync() const {
  const auto outcome = try_to({"sync"});
  if (outcome.code != 0 && outcome.code != needs_attention)
    throw std::runtime_error(login_ + ": sync ended with " + std::to_string(outcome.code) + ": " + outcome.json.dump() +
                             outcome.errors);
  return outcome.json;
}

std::unique_ptr<Typist> Person::at_terminal(const Arguments& arguments) const {
  return std::make_unique<Typist>(command(arguments), quiet_english());
}

Json Person::find(const std::string& collection, const std::string& field, const Json& value) const {
  for (const auto& record : run({"record", "list", collection}))
    if (record.at("body").value(field, Json()) == value) return record;
  throw std::runtime_error(login_ + " has no " + collection + " whose " + field + " is " + value.dump());
}

Company::Company() {
  const auto made = administer({"init"});
  if (made.code != 0) throw std::runtime_error("init: " + made.json.dump() + made.errors);
}

Outcome Company::administer(const Arguments& arguments) {
  Arguments whole{program("anketa-server"), "--json", "--data", data()};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  return outcome_of(run(whole, variables(), next_log()));
}

Variables Company::variables() const {
  auto all = quiet_english();
  all.insert(settings.begin(), settings.end());
  return all;
}

Person Company::hire(const std::string& login, const std::string& role, const std::string& name) {
  const auto password = file(login + ".password", "password of " + login + "\n");
  const auto added = administer(
      {"user", "add", login, "--role", role, "--name", name.empty() ? login : name, "--password-file", password});
  if (added.code != 0) throw std::runtime_error("user add: " + added.json.dump() + added.errors);
  return {*this, login, path("home of " + login)};
}

void Company::start_server() {
  const auto wanted = address_.empty() ? std::string("0") : std::to_string(port());
  server_ = std::make_unique<Process>(
      Arguments{program("anketa-server"), "--json", "--data", data(), "--port", wanted, "serve"}, variables(),
      next_log());
  const auto line = Json::parse(server_->first_line());
  address_ = line.at("address").get<std::string>();
  ca_file_ = line.at("ca").get<std::string>();
}

void Company::stop_server() {
  server_->signal(SIGTERM);
  const auto ended = server_->wait();
  if (ended.code != 0) throw std::runtime_error("the server did not stop cleanly: " + ended.output + ended.errors);
}

std::uint16_t Company::port() const {
  return static_cast<std::uint16_t>(std::stoi(address_.substr(address_.rfind(':') + 1)));
}

std::string Company::file(const std::string& name, std::string_view content) const {
  std::ofstream(folder_.file(name), std::ios::binary) << content;
  return folder_.file(name);
}

std::filesystem::path Company::next_log() {
  return folder_.file("log" + std::to_string(++logs_));
}

}  // namespace anketa::scenario
