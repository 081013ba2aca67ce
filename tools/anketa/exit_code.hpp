// What the program's exit code tells a script (docs/cli.md lists the codes).
#pragma once

#include "shared/problem/problem.hpp"

namespace anketa::cli {

enum class ExitCode {
  Done = 0,
  /// A mistake in the program.
  Internal = 1,
  /// The command line cannot be understood.
  Usage = 2,
  /// Not logged in, not allowed, wrong password or passphrase.
  Access = 3,
  /// The server cannot be reached or is not trusted; everything is kept for later.
  Network = 4,
  /// What was asked for does not exist.
  NotFound = 5,
  /// A value, a file or a form is wrong.
  Invalid = 6,
  /// Understood, but not possible now: the gate is closed, answers are missing, a conflict was settled meanwhile.
  NotNow = 7,
  /// The local store: full disk, damage, another program has it open.
  Store = 8,
  /// Done, but something of it needs attention: edits were parked or conflicts opened.
  Attention = 9,
  /// Ctrl-C; what was done stays.
  Interrupted = 130
};

ExitCode exit_code(ProblemCode code);

}  // namespace anketa::cli
