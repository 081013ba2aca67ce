// Methods about the rep's day and about what moves from one status to the next.
#include "client-core/api/today.hpp"
#include "client-core/capi/handle.hpp"

namespace anketa::client {
namespace {

/// Minutes east of UTC where the organisation is, for callers that do not say where they are.
constexpr int moscow = 180;

/// A status is moved by a transition, which carries what is known about it, so that a merge can judge both together.
Json transition(anketa_client& handle, const Json& parameters) {
  const auto id = need_id(parameters, "id");
  const auto record = handle.client->need(id);
  auto facts = parameters.value("facts", Json::object());
  handle.client->apply(id, {Op{OpKind::Transition,
                               "status",
                               {{"from", string_or_empty(record.view.body, "status")},
                                {"to", need_text(parameters, "to")},
                                {"facts", std::move(facts)}},
                               {},
                               {}}});
  return nullptr;
}

Json note(anketa_client& handle, const Json& parameters) {
  const auto id = Uuid::v7(handle.environment).text();
  const Json entry{{"id", id},
                   {"at", handle.environment.now()},
                   {"place", string_or_empty(parameters, "place")},
                   {"text", need_text(parameters, "text")}};
  handle.client->apply(need_id(parameters, "questionnaire"), {Op{OpKind::Append, "notes", entry, {}, {}}});
  return id;
}

}  // namespace

void add_day_methods(Methods& methods) {
  methods["today"] = [](auto& handle, const Json& parameters) {
    return today(*handle.client, parameters.value("offset_minutes", moscow));
  };
  methods["transition"] = transition;
  methods["fill.note"] = note;
  methods["language"] = [](auto& handle, const Json& parameters) {
    handle.language = text::from_code(need_text(parameters, "language"));
    for (auto& [id, interview] : handle.interviews)
      interview.session().set_language(std::string(text::code(handle.language)));
    return Json();
  };
}

}  // namespace anketa::client
