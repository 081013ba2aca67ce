#include "tools/anketa/app.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "shared/form/local_time.hpp"
#include "shared/system/system_environment.hpp"
#include "tools/anketa/cancel.hpp"
#include "tools/anketa/passphrase.hpp"

namespace anketa::cli {
namespace {

std::string environment_text(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

App::App() : environment_(std::make_unique<SystemEnvironment>()) {}
App::~App() = default;

text::Language App::language() const {
  for (const auto& given : {options.language, environment_text("ANKETA_LANG"), environment_text("LC_ALL"),
                            environment_text("LC_MESSAGES"), environment_text("LANG")})
    if (!given.empty()) return text::from_code(given);
  return text::Language::Russian;
}

void App::set_language_from(int count, const char* const* arguments) {
  // Help is made before the options are parsed, and its language is one of them.
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--lang" && i + 1 < count) options.language = arguments[i + 1];
    if (argument.starts_with("--lang=")) options.language = argument.substr(7);
  }
}

std::string App::say(std::string_view key, const text::Arguments& arguments) const {
  return text::get(language(), "cli." + std::string(key), arguments);
}

std::string App::counted(std::string_view key, std::uint64_t count) const {
  return say(key, {{"count", std::to_string(count)}});
}

ExitCode App::answer(const Json& json, const std::function<void()>& people, ExitCode code) const {
  if (options.json)
    terminal.line(json.dump());
  else
    people();
  return code;
}

ExitCode App::fail(const Problem& problem) const {
  if (options.json) {
    terminal.line(Json{{"error", problem.to_json(language())}}.dump());
  } else {
    terminal.note(terminal.styled(problem.what(language()), Style::Bad));
    terminal.note(problem.remedy(language()));
  }
  return exit_code(problem.code);
}

std::string App::home() const {
  if (!options.home.empty()) return std::filesystem::absolute(options.home).lexically_normal().string();
  if (const auto given = environment_text("ANKETA_HOME"); !given.empty()) return given;
  if (const auto data = environment_text("XDG_DATA_HOME"); !data.empty()) return data + "/anketa";
  return environment_text("HOME") + "/.local/share/anketa";
}

std::string App::file(std::string_view name) const {
  return (std::filesystem::path(home()) / name).string();
}

client::Client& App::client(bool create) {
  if (client_) return *client_;
  const auto path = file("anketa.db");
  const bool fresh = !std::filesystem::exists(path);
  if (fresh && !create) throw ProblemError(ProblemCode::NotLoggedIn, {{"reason", "cli.no_home"}});
  if (fresh) {
    std::error_code failed;
    std::filesystem::create_directories(home(), failed);
    if (!failed) std::filesystem::permissions(home(), std::filesystem::perms::owner_all, failed);
    if (failed) throw ProblemError(ProblemCode::FileUnwritable, {}, home());
  }
  client::OpenOptions open;
  open.path = path;
  open.key = obtain_passphrase(*this, fresh);
  open.create = create;
  client_ = client::Client::open(open, *environment_);
  return *client_;
}

client::Transport& App::transport(const std::string& server) {
  if (!transport_) transport_ = client::beast_transport(way(server));
  return *transport_;
}

client::BeastOptions App::way(const std::string& server) {
  client::BeastOptions beast;
  beast.server = server;
  if (beast.server.empty()) {
    const auto account = client().account();
    if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
    beast.server = account->server;
  }
  if (std::filesystem::exists(file("ca.pem"))) beast.ca_file = file("ca.pem");
  return beast;
}

Json App::read(const std::string& path) {
  return request("GET", path);
}

Json App::request(const std::string& method, const std::string& path) {
  Json answer;
  const auto engine = client().request(method, path, [&](const std::string& body) {
    // The server's own bound on an answer is what a table of many questionnaires needs.
    if (!body.empty()) answer = parse_json(body, {std::size_t{256} << 20, 40});
  });
  client::run(*engine, transport(), {}, &interrupt_token());
  return answer;
}

std::string App::local_time(Instant at) const {
  const std::time_t seconds = at / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &local);
  const std::string_view whole = text.data();
  return local_date(whole.substr(0, 10)) + std::string(whole.substr(10));
}

std::string App::local_date(std::string_view date) const {
  if (date.size() != 10 || language() != text::Language::Russian) return std::string(date);
  return std::string(date.substr(8, 2)) + "." + std::string(date.substr(5, 2)) + "." + std::string(date.substr(0, 4));
}

int App::offset_minutes() const {
  const std::time_t seconds = environment_->now() / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  return static_cast<int>(local.tm_gmtoff / 60);
}

std::string App::named(std::string_view table, std::string_view id) const {
  const auto key = "cli." + std::string(table) + "." + std::string(id);
  return text::has(language(), key) ? text::get(language(), key) : std::string(id);
}

std::string App::label(const std::string& key, std::string_view otherwise) const {
  for (const auto* table : {"dossier.", "programme."})
    if (text::has(language(), table + key)) return text::get(language(), table + key);
  return std::string(otherwise);
}

std::string App::field_label(std::string_view collection, std::string_view field) const {
  auto key = "field." + std::string(collection) + "." + std::string(field);
  std::replace(key.begin(), key.end(), '/', '.');
  return label(key, field);
}

std::string App::value_label(std::string_view collection, std::string_view field, std::string_view value) const {
  return label("value." + std::string(collection) + "." + std::string(field) + "." + std::string(value), value);
}

std::string App::today() const {
  return form::date_text(form::LocalTime{environment_->now(), offset_minutes()});
}

std::string App::user_name(const Uuid& user) {
  const auto record = client().get(user);
  return record ? harmless(string_or_empty(record->view.body, "name")) : user.text().substr(0, 8);
}

std::string App::service_name(const std::string& code) {
  std::string name = code;
  client().each("range_item", std::nullopt, [&](const client::LocalRecord& item) {
    if (string_or_empty(item.view.body, "code") != code) return true;
    const auto& names = value_at(item.view.body, "name");
    name = string_or_empty(names, text::code(language()));
    if (name.empty()) name = string_or_empty(names, "ru");
    return false;
  });
  return name;
}

std::string App::money(const Json& minor_units) const {
  if (!minor_units.is_number_integer()) return {};
  auto digits = std::to_string(minor_units.get<std::int64_t>() / 100);
  // A no-break space between thousands, as Russian typography has it.
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), "\xC2\xA0");
  return digits + "\xC2\xA0₽";
}

}  // namespace anketa::cli
