// One authorised request without a body: a GET on the server's reading API, or a POST or DELETE that says it all by its
// path and does no harm when it is sent twice. Changes nothing in the store but a renewed token.
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
  ReadEngine(ClientStore& store, std::string method, std::string path, int attempts,
             std::function<void(std::string)> take);

  Instructions step(Event event) override;

 private:
  Exchange exchange_;
  std::string method_, path_;
  std::function<void(std::string)> take_;
  bool over_ = false;
};

}  // namespace anketa::client
