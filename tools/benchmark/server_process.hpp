// A real anketa-server of its own, as a separate process over TLS on a free port, in a folder of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace anketa::benchmark {

class ServerProcess {
 public:
  /// Makes an organisation below the folder and starts the program (the anketa-server beside this one). Throws
  /// std::runtime_error where it does not start.
  explicit ServerProcess(const std::string& folder);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  /// Adds an account; the password is `password()`.
  void add_user(const std::string& login, const std::string& role);
  static const char* password() { return "benchmark-password"; }

  const std::string& address() const { return address_; }
  const std::string& ca_file() const { return ca_file_; }
  /// The most memory it has held, MB.
  double peak_memory_mb() const;

 private:
  void start();

  std::string folder_;
  std::string program_;
  std::string address_;
  std::string ca_file_;
  pid_t process_ = -1;
};

}  // namespace anketa::benchmark
