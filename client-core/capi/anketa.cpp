// The C functions: nothing gets out of them but JSON.
#include "anketa/anketa.h"

#include <cstdlib>
#include <cstring>

#include "client-core/bundle/device_bundle.hpp"
#include "client-core/capi/handle.hpp"
#include "shared/protocol/limits.hpp"

namespace anketa::client {
namespace {

constexpr std::size_t raw_key_bytes = 32;

/// Answers of a server travel through here as strings within JSON.
constexpr JsonLimits limits{protocol::max_request_bytes * 4, protocol::max_depth};

char* give(const Json& json) noexcept {
  try {
    const auto text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
    if (copy) std::memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
  } catch (...) {
    return nullptr;
  }
}

/// Runs work and gives its value or its problem.
template <typename Work>
char* answer(text::Language language, const Work& work) noexcept {
  try {
    try {
      return give({{"ok", work()}});
    } catch (const ProblemError& error) {
      return give({{"problem", error.problem().to_json(language)}});
    } catch (const std::exception& error) {
      const Problem internal{ProblemCode::Internal, {{"detail", error.what()}}, {}};
      return give({{"problem", internal.to_json(language)}});
    }
  } catch (...) {
    return nullptr;
  }
}

/// The same for a call on a handle, which must be there.
template <typename Work>
char* answer(anketa_client* client, const Work& work) noexcept {
  return answer(client ? client->language : text::Language::Russian, [&]() -> Json {
    if (!client) throw ProblemError(ProblemCode::UsageInvalid, {}, "client");
    return work();
  });
}

Json read(const char* text) {
  return text ? parse_json(text, limits) : Json::object();
}

std::string key_from(const Json& options) {
  const auto hex = string_or_empty(options, "key");
  std::string key;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    char* end = nullptr;
    const auto pair = hex.substr(i, 2);
    key += static_cast<char>(std::strtoul(pair.c_str(), &end, 16));
    if (end != pair.c_str() + 2) throw ProblemError(ProblemCode::InvalidValue, {{"value", "***"}}, "key");
  }
  if (hex.size() % 2) throw ProblemError(ProblemCode::InvalidValue, {{"value", "***"}}, "key");
  return key;
}

const Methods& methods() {
  static const Methods all = [] {
    Methods made;
    add_record_methods(made);
    add_fill_methods(made);
    add_dossier_methods(made);
    add_programme_methods(made);
    add_case_methods(made);
    add_day_methods(made);
    add_file_methods(made);
    add_watch_methods(made);
    return made;
  }();
  return all;
}

Json instructions_to_json(const Instructions& instructions, text::Language language) {
  Json all = Json::array();
  for (const auto& instruction : instructions) all.push_back(to_json(instruction, language));
  return all;
}

SyncOptions sync_options(const Json& parameters) {
  SyncOptions options;
  const auto number = [&](const char* name, auto& into) {
    const auto given = parameters.find(name);
    if (given != parameters.end() && given->is_number_unsigned())
      into = given->get<typename std::remove_reference_t<decltype(into)>::value_type>();
  };
  number("attempts", options.attempts);
  number("part_bytes", options.part_bytes);
  return options;
}

std::unique_ptr<Engine> make_engine(Client& client, const Json& parameters) {
  const auto kind = need_text(parameters, "kind");
  if (kind == "sync") return client.sync(sync_options(parameters));
  if (kind == "log_out") return client.log_out_at_server();
  if (kind == "upload") return client.upload_attachments(sync_options(parameters));
  if (kind == "download") return client.download_attachment(need_id(parameters, "id"));
  if (kind != "log_in") throw ProblemError(ProblemCode::InvalidValue, {{"value", kind}}, "kind");
  ensure_keys(client);
  return client.log_in({need_text(parameters, "server"), need_text(parameters, "login"),
                        need_text(parameters, "password"), string_or_empty(parameters, "device_name")});
}

}  // namespace
}  // namespace anketa::client

using namespace anketa;
using namespace anketa::client;

int anketa_api_version(void) {
  return ANKETA_API_VERSION;
}

char* anketa_open(const char* options, anketa_client** client) {
  if (client) *client = nullptr;
  return answer(text::Language::Russian, [&] {
    if (!client) throw ProblemError(ProblemCode::UsageInvalid, {}, "client");
    const auto json = read(options);
    auto handle = std::make_unique<anketa_client>();
    handle->language = text::from_code(string_or_empty(json, "language"));
    OpenOptions open;
    open.path = need_text(json, "path");
    open.key = key_from(json);
    open.raw_key = json.value("raw_key", false);
    if (open.raw_key && open.key.size() != raw_key_bytes) throw ProblemError(ProblemCode::InvalidValue, {}, "key");
    open.create = json.value("create", false);
    handle->client = Client::open(open, handle->environment);
    *client = handle.release();
    return Json();
  });
}

void anketa_close(anketa_client* client) {
  delete client;
}

char* anketa_call(anketa_client* client, const char* method, const char* parameters) {
  return answer(client, [&] {
    const auto found = methods().find(std::string_view(method ? method : ""));
    if (found == methods().end()) throw ProblemError(ProblemCode::UsageInvalid, {}, method ? method : "");
    return found->second(*client, read(parameters));
  });
}

char* anketa_sync_start(anketa_client* client, const char* parameters) {
  return answer(client, [&] {
    client->engine = make_engine(*client->client, read(parameters));
    return instructions_to_json(client->engine->step(Start{}), client->language);
  });
}

char* anketa_sync_feed(anketa_client* client, const char* event) {
  return answer(client, [&] {
    if (!client->engine) throw ProblemError(ProblemCode::UsageInvalid, {}, "anketa_sync_feed");
    return instructions_to_json(client->engine->step(event_from_json(read(event))), client->language);
  });
}

void anketa_sync_work(anketa_client* client) {
  if (!client || !client->engine) return;
  try {
    client->engine->work_while_waiting();
  } catch (...) {
    // No memory; the next step does the work, and tells if it cannot.
  }
}

void anketa_free(char* text) {
  std::free(text);
}
