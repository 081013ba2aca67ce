// Ctrl-C: noted, so that whatever is under way ends in good order.
#pragma once

namespace anketa::cli {

/// Takes SIGINT and SIGTERM from now on. `also` is called by the first one, inside the signal handler. A second Ctrl-C
/// ends the program at once.
void watch_interrupts(void (*also)());
bool interrupted();

}  // namespace anketa::cli
