// Files: those that hang on records, and the ones that carry a sync. Bytes are base64 in JSON.
#include "client-core/bundle/device_bundle.hpp"
#include "client-core/capi/handle.hpp"
#include "client-core/sync/base64.hpp"

namespace anketa::client {
namespace {

std::string need_bytes(const Json& parameters, const char* name) {
  auto bytes = bytes_of_base64(need_text(parameters, name));
  if (!bytes) throw ProblemError(ProblemCode::InvalidValue, {{"value", "base64"}}, name);
  return std::move(*bytes);
}

Json attach(anketa_client& handle, const Json& parameters) {
  const AttachFile file{string_or_empty(parameters, "name"), string_or_empty(parameters, "media_type"),
                        string_or_empty(parameters, "field"), need_bytes(parameters, "content")};
  return handle.client->attach(need_id(parameters, "record"), file).text();
}

Json attachments(anketa_client& handle, const Json& parameters) {
  Json all = Json::array();
  for (const auto& one : handle.client->attachments(need_id(parameters, "record")))
    all.push_back(to_json(one, handle.language));
  return all;
}

Json export_file(anketa_client& handle, const Json&) {
  const auto exported = export_bundle(*handle.client);
  return {{"file", base64(exported.file)}, {"mutations", exported.mutations}, {"sealed", exported.sealed}};
}

Json import_file(anketa_client& handle, const Json& parameters) {
  const auto imported = import_answer(*handle.client, need_bytes(parameters, "file"));
  auto json = to_json(imported.summary);
  json["overtaken"] = imported.overtaken;
  return json;
}

}  // namespace

void add_file_methods(Methods& methods) {
  methods["attach"] = attach;
  methods["attachments"] = attachments;
  methods["attachment.content"] = [](auto& handle, const Json& parameters) {
    return Json(base64(handle.client->attachment_content(need_id(parameters, "id"))));
  };
  methods["bundle.export"] = export_file;
  methods["bundle.import"] = import_file;
}

}  // namespace anketa::client
