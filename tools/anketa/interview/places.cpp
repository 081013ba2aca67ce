#include "tools/anketa/interview/places.hpp"

#include <filesystem>

namespace anketa::cli {
namespace {

Json places(const App& app) {
  if (!std::filesystem::exists(app.file("places.json"))) return Json::object();
  auto json = Json::parse(read_file(app.file("places.json"), 1 << 20), nullptr, false);
  return json.is_object() ? json : Json::object();
}

void store(const App& app, const Json& places) {
  try {
    write_file(app.file("places.json"), places.dump());
  } catch (const ProblemError&) {
    // Answers are in the store; without the place the next start goes to the first open question.
  }
}

}  // namespace

std::string remembered_place(const App& app, const Uuid& questionnaire) {
  return string_or_empty(places(app), questionnaire.text());
}

void remember_place(const App& app, const Uuid& questionnaire, const std::string& path) {
  auto all = places(app);
  all[questionnaire.text()] = path;
  store(app, all);
}

void forget_place(const App& app, const Uuid& questionnaire) {
  auto all = places(app);
  if (all.erase(questionnaire.text()) > 0) store(app, all);
}

}  // namespace anketa::cli
