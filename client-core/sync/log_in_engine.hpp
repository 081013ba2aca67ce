// Logging in: one request, whose answer binds the store to its user.
#pragma once

#include "anketa/sync.hpp"
#include "client-core/store/store.hpp"
#include "client-core/sync/exchange.hpp"

namespace anketa::client {

struct LogInDetails {
  /// "https://host[:port]", kept with the account.
  std::string server;
  std::string login;
  std::string password;
  std::string device_name;
};

class LogInEngine final : public Engine {
 public:
  LogInEngine(ClientStore& store, LogInDetails details);

  /// Fails with OtherUser where the store holds records or edits of another user.
  Instructions step(Event event) override;

 private:
  Instruction request();
  void take_session(const ResponseReceived& response);
  ClientStore& store_;
  LogInDetails details_;
  Exchange exchange_;
  bool over_ = false;
};

}  // namespace anketa::client
