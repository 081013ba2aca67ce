// Where interviews stopped, so that the next start goes on at the same question.
#pragma once

#include <string>

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// The path of the question one stood at; empty where it is not known (another device, a lost file).
std::string remembered_place(const App& app, const Uuid& questionnaire);
/// Convenience only: where it cannot be written, the interview goes on without it.
void remember_place(const App& app, const Uuid& questionnaire, const std::string& path);
void forget_place(const App& app, const Uuid& questionnaire);

}  // namespace anketa::cli
