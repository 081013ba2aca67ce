// Telling the server that the device's session is over, so that its tokens open nothing any more.
//
// The device itself is logged out before: whether the server can be reached does not matter to that.
#pragma once

#include <string>

#include "anketa/sync.hpp"
#include "client-core/store/store.hpp"
#include "client-core/sync/exchange.hpp"

namespace anketa::client {

class LogOutEngine final : public Engine {
 public:
  /// `refresh`: the token whose session ends; empty: there is nothing to tell.
  LogOutEngine(ClientStore& store, std::string refresh);

  Instructions step(Event event) override;

 private:
  Exchange exchange_;
  std::string refresh_;
  bool over_ = false;
};

}  // namespace anketa::client
