#include "tools/anketa/passphrase.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace anketa::cli {
namespace {

/// The file in the home folder that says that the keyring has the key.
constexpr std::string_view keyring_mark = "keyring";

/// Runs a program with a text on its standard input; gives what it wrote. nullopt: it failed or is not there.
std::optional<std::string> run_program(const std::vector<std::string>& arguments, const std::string& input) {
  std::array<int, 2> in{}, out{};
  if (pipe(in.data()) != 0 || pipe(out.data()) != 0) return std::nullopt;
  const auto child = fork();
  if (child < 0) return std::nullopt;
  if (child == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (const int end : {in[0], in[1], out[0], out[1]}) close(end);
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  const auto written = write(in[1], input.data(), input.size());
  close(in[1]);
  std::string output;
  std::array<char, 512> part{};
  for (ssize_t got = 0; (got = read(out[0], part.data(), part.size())) > 0;)
    output.append(part.data(), static_cast<std::size_t>(got));
  close(out[0]);
  int status = 0;
  waitpid(child, &status, 0);
  const bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0 && written == static_cast<ssize_t>(input.size());
  return good ? std::optional(output) : std::nullopt;
}

/// libsecret's own command speaks to whatever keyring the desktop has.
std::vector<std::string> secret_tool(const App& app, const char* verb) {
  std::vector<std::string> command{"secret-tool", verb};
  if (std::string_view(verb) == "store") command.emplace_back("--label=Anketa");
  for (const auto& word : {std::string("service"), std::string("anketa"), std::string("home"), app.home()})
    command.push_back(word);
  return command;
}

std::string without_line_end(std::string text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

std::string random_key(Environment& environment) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::byte, 32> bytes{};
  environment.random(bytes);
  std::string key;
  for (const auto byte : bytes) {
    key += digits[std::to_integer<std::size_t>(byte >> 4)];
    key += digits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return key;
}

std::string from_keyring(App& app, bool create) {
  if (!create) {
    if (auto key = run_program(secret_tool(app, "lookup"), {}); key && !key->empty()) return without_line_end(*key);
    throw ProblemError(ProblemCode::WrongKey, {{"reason", "cli.passphrase.keyring_silent"}});
  }
  auto key = random_key(app.environment());
  if (!run_program(secret_tool(app, "store"), key))
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.passphrase.keyring_missing"}});
  write_file(app.file(keyring_mark), "1\n");
  return key;
}

std::string long_enough(std::string passphrase) {
  if (width_of(passphrase) < least_passphrase)
    throw ProblemError(ProblemCode::UsageInvalid,
                       {{"reason", "cli.passphrase.too_short"}, {"least", std::to_string(least_passphrase)}});
  return passphrase;
}

std::string from_user(App& app, bool create) {
  if (!app.terminal.input_is_terminal())
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.passphrase.none_given"}});
  const auto ask = [&](std::string_view key) {
    auto given = app.terminal.read_secret(app.say(key));
    if (!given) throw ProblemError(ProblemCode::Cancelled);
    return std::move(*given);
  };
  if (!create) return ask("passphrase.ask");
  app.terminal.note(app.say("passphrase.explain", {{"least", std::to_string(least_passphrase)}}));
  auto first = long_enough(ask("passphrase.new"));
  if (first != ask("passphrase.again"))
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.passphrase.differ"}});
  return first;
}

}  // namespace

std::string obtain_passphrase(App& app, bool create) {
  const auto given = [&](std::string passphrase) { return create ? long_enough(std::move(passphrase)) : passphrase; };
  if (!app.options.passphrase_file.empty())
    return given(without_line_end(read_file(app.options.passphrase_file, 4096)));
  if (const char* from_environment = std::getenv("ANKETA_PASSPHRASE")) return given(from_environment);
  std::error_code ignored;  // an unreadable home shows when the store is opened
  if (app.options.keyring || std::filesystem::exists(app.file(keyring_mark), ignored)) return from_keyring(app, create);
  return from_user(app, create);
}

}  // namespace anketa::cli
