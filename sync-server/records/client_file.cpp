#include "sync-server/records/client_file.hpp"

namespace anketa::server::records {
namespace {

Json record_json(const RecordState& record) {
  return {{"id", record.id.text()}, {"version", record.version}, {"seq", record.seq}, {"fields", record.body}};
}

}  // namespace

Json client_file(Reader& reader, const Sight& sight, const Uuid& client) {
  const auto own = sight.need(reader, client);
  if (own.collection != "client" || own.deleted) throw ProblemError(ProblemCode::RecordNotFound, {}, client.text());
  auto file = record_json(own);
  file["records"] = Json::object();
  reader.feed_scope(own.scope, 0, reader.history().last_seq, 0, [&](const Head& head) {
    if (head.deleted || head.collection == "client" || head.collection == "conflict") return true;
    auto seen = sight.part(head);
    if (!seen) return true;
    if (head.collection == "questionnaire") seen->body.erase("answers");
    file["records"][head.collection].push_back(record_json(*seen));
    return true;
  });
  return file;
}

Json record_view(Reader& reader, const Sight& sight, Names& names, const Uuid& id) {
  const auto record = sight.need(reader, id);
  auto json = record_json(record);
  json["collection"] = record.collection;
  json["client"] = names.client(record.scope);
  json["title"] = title_of(record);
  json["deleted"] = record.deleted;
  return json;
}

}  // namespace anketa::server::records
