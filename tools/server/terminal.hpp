// Asking for a password and showing progress.
#pragma once

#include <functional>
#include <string>

#include "shared/text/text.hpp"

namespace anketa::server::program {

/// The first line of the file, or, where the path is empty, typed twice without echo (once where input is no terminal).
/// Throws ProblemError: FileUnreadable, UsageInvalid where the two differ.
std::string take_password(const std::string& file, text::Language language);

/// A callback that keeps one line of progress on standard error; silent where that is no terminal.
std::function<void(std::size_t, std::size_t)> progress_line(text::Language language);

}  // namespace anketa::server::program
