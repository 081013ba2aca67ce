#include "tools/anketa/interrupt.hpp"

#include <csignal>

#include "client-core/transport/transport.hpp"

namespace anketa::cli {
namespace {

client::CancelToken token;

extern "C" void note_interrupt(int number) {
  token.cancel();
  // The next one has the system's own effect; every answer is committed already.
  std::signal(number, SIG_DFL);
}

}  // namespace

void watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a read from the keyboard ends at once.
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() {
  return token.cancelled();
}

const client::CancelToken& interrupt_token() {
  return token;
}

}  // namespace anketa::cli
