// One authorised GET, for the server's reading API. Changes nothing in the store but a renewed token.
#pragma once

#include <functional>
#include <string>

#include "anketa/sync.hpp"
#include "client-core/store/store.hpp"
#include "client-core/sync/exchange.hpp"

namespace anketa::client {

class ReadEngine final : public Engine {
 public:
  /// `take` gets the body of a good answer before Done; what it throws as a ProblemError ends in Failed.
  ReadEngine(ClientStore& store, std::string path, int attempts, std::function<void(std::string)> take);

  Instructions step(Event event) override;

 private:
  Exchange exchange_;
  std::string path_;
  std::function<void(std::string)> take_;
  bool over_ = false;
};

}  // namespace anketa::client
