// Ctrl-C: noted, so that whatever is under way ends in good order.
#pragma once

namespace anketa::client {
class CancelToken;
}

namespace anketa::cli {

/// Takes SIGINT and SIGTERM from now on. A second Ctrl-C ends the program at once.
void watch_interrupts();
bool interrupted();
/// Cancelled by the first Ctrl-C; for the transport.
const client::CancelToken& interrupt_token();

}  // namespace anketa::cli
