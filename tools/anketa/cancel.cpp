#include "tools/anketa/cancel.hpp"

#include "tools/terminal/interrupt.hpp"

namespace anketa::cli {
namespace {

client::CancelToken token;

}  // namespace

void cancel_on_interrupt() {
  watch_interrupts([] { token.cancel(); });
}

const client::CancelToken& interrupt_token() {
  return token;
}

}  // namespace anketa::cli
