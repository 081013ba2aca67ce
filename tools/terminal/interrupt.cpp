#include "tools/terminal/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace anketa::cli {
namespace {

std::atomic<bool> noted{false};
void (*call_also)() = nullptr;

extern "C" void note_interrupt(int number) {
  noted = true;
  if (call_also) call_also();
  // The next one has the system's own effect; every answer is committed already.
  std::signal(number, SIG_DFL);
}

}  // namespace

void watch_interrupts(void (*also)()) {
  call_also = also;
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a read from the keyboard ends at once.
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() {
  return noted;
}

}  // namespace anketa::cli
