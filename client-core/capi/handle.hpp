// What stands behind a handle of the C API, and its methods. Private to client-core/capi.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "anketa/anketa.h"
#include "anketa/client.hpp"
#include "client-core/sync/watch_plan.hpp"
#include "shared/system/system_environment.hpp"

struct anketa_client {
  anketa::SystemEnvironment environment;
  std::unique_ptr<anketa::client::Client> client;
  std::unique_ptr<anketa::client::Engine> engine;
  /// Questionnaires open for filling in.
  std::map<anketa::Uuid, anketa::client::Interview> interviews;
  /// Of a program that stays connected.
  std::optional<anketa::client::WatchPlan> watch;
  anketa::text::Language language = anketa::text::Language::Russian;
};

namespace anketa::client {

/// Takes the handle and an object of parameters, gives the value of "ok". Throws ProblemError.
using Method = std::function<Json(anketa_client&, const Json&)>;
using Methods = std::map<std::string, Method, std::less<>>;

void add_record_methods(Methods& methods);
void add_fill_methods(Methods& methods);
void add_dossier_methods(Methods& methods);
void add_programme_methods(Methods& methods);
void add_case_methods(Methods& methods);
void add_day_methods(Methods& methods);
void add_file_methods(Methods& methods);
void add_watch_methods(Methods& methods);

/// Parameters of a method. Throw ProblemError (RequiredMissing, WrongType, InvalidValue) naming the parameter.
Uuid need_id(const Json& parameters, const char* name);
std::optional<Uuid> find_id(const Json& parameters, const char* name);
std::string need_text(const Json& parameters, const char* name);
const Json& need_value(const Json& parameters, const char* name);

}  // namespace anketa::client
