// What Ctrl-C cancels: the exchange with the server that is under way.
#pragma once

#include "client-core/transport/transport.hpp"

namespace anketa::cli {

/// Takes Ctrl-C from now on (tools/terminal/interrupt.hpp).
void cancel_on_interrupt();
/// Cancelled by the first Ctrl-C; for the transport.
const client::CancelToken& interrupt_token();

}  // namespace anketa::cli
