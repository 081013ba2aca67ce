#include "tools/benchmark/server_process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "shared/record/json.hpp"

namespace anketa::benchmark {
namespace {

namespace fs = std::filesystem;

/// Starts a program with its standard output on a pipe; gives the pipe's reading end.
int spawn(const std::vector<std::string>& command, pid_t& process) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  process = ::fork();
  if (process < 0) throw std::runtime_error("no process");
  if (process == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return ends[0];
}

void run(const std::vector<std::string>& command) {
  pid_t process = -1;
  const int output = spawn(command, process);
  // What it says is of no interest, but a closed pipe would end it.
  char said[4096];
  while (::read(output, said, sizeof said) > 0) {
  }
  ::close(output);
  int status = 0;
  ::waitpid(process, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("failed: " + command.front());
}

std::string read_line(int descriptor) {
  std::string line;
  for (char c = 0; ::read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

ServerProcess::ServerProcess(const std::string& folder)
    : folder_(folder + "/server"),
      program_((fs::read_symlink("/proc/self/exe").parent_path() / "anketa-server").string()) {
  run({program_, "init", "--json", "--data", folder_});
  std::ofstream(folder + "/password") << password() << "\n";
  start();
}

ServerProcess::~ServerProcess() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

void ServerProcess::start() {
  const int output =
      spawn({program_, "serve", "--json", "--data", folder_, "--port", "0", "--log-level", "warning"}, process_);
  const auto line = read_line(output);
  if (line.empty()) throw std::runtime_error("anketa-server did not start");
  const auto said = parse_json(line);
  address_ = said.at("address").get<std::string>();
  ca_file_ = said.at("ca").get<std::string>();
}

void ServerProcess::add_user(const std::string& login, const std::string& role) {
  run({program_, "user", "add", login, "--json", "--role", role, "--data", folder_, "--password-file",
       fs::path(folder_).parent_path().string() + "/password"});
}

double ServerProcess::peak_memory_mb() const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      double kilobytes = 0;
      status >> kilobytes;
      return kilobytes / 1024;
    }
  return 0;
}

}  // namespace anketa::benchmark
