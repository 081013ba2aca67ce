// Erasure.
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/blobs/blob_store.hpp"
#include "sync-server/services/erase_service.hpp"
#include "tools/server/commands.hpp"

namespace anketa::server::program {
namespace {

Json mentions_json(const std::vector<Mention>& mentions) {
  Json list = Json::array();
  for (const auto& mention : mentions)
    list.push_back({{"record", mention.record.text()}, {"collection", mention.collection}, {"path", mention.path}});
  return list;
}

Json erasures_json(const std::vector<Erasure>& erasures) {
  Json list = Json::array();
  for (const auto& erasure : erasures) list.push_back(to_json(erasure));
  return list;
}

void show(const Setup& setup, const Erasure& erasure) {
  const auto say = [&](const char* key) { return text::get(setup.language, std::string("server.erase.") + key); };
  std::cout << "  " << erasure.collection << "\t" << erasure.record.text() << "\t";
  if (erases_whole(erasure)) std::cout << say("whole");
  for (const auto& path : erasure.paths) std::cout << path << " ";
  std::cout << "\t" << say("mutations") << " " << erasure.mutations.size() << "\n";
}

}  // namespace

void erase_record(const Setup& setup, const EraseArguments& arguments) {
  SystemEnvironment environment;
  const auto store = open_sqlite_store({setup.config.data, 2, false}, environment);
  const auto record = Uuid::parse(arguments.record);
  if (!record) throw ProblemError(ProblemCode::InvalidValue, {{"value", arguments.record}}, "record");
  const auto login = normalise_login(arguments.by);
  if (!store->accounts().account_by_login(login)) throw ProblemError(ProblemCode::RecordNotFound, {}, arguments.by);
  BlobStore blobs(setup.config.data, {}, environment);
  EraseService service(*store, setup.config.data, environment,
                       [&](const ErasedContent& content) { blobs.erase(content.scope, content.sha256); });
  const auto plan = service.plan({*record, arguments.paths, arguments.mentions, login, arguments.why});
  const bool clean = arguments.dry_run || service.erase(plan);
  if (setup.json) {
    std::cout << Json{{"done", !arguments.dry_run},
                      {"clean", clean},
                      {"erasures", erasures_json(plan.erasures)},
                      {"mentions", mentions_json(plan.mentions)}}
                     .dump()
              << "\n";
    return;
  }
  const auto say = [&](const char* key) { return text::get(setup.language, std::string("server.erase.") + key); };
  std::cout << say(arguments.dry_run ? "would" : "done") << "\n";
  for (const auto& erasure : plan.erasures) show(setup, erasure);
  if (!plan.mentions.empty() && !arguments.mentions) std::cout << say("mentions") << "\n";
  if (!arguments.mentions)
    for (const auto& mention : plan.mentions)
      std::cout << "  " << mention.collection << "\t" << mention.record.text() << "\t" << mention.path << "\n";
  if (!clean) std::cout << say("busy") << "\n";
  if (!arguments.dry_run) std::cout << say("backups") << "\n";
}

void erase_list(const Setup& setup) {
  SystemEnvironment environment;
  const auto store = open_sqlite_store({setup.config.data, 1, false}, environment);
  std::vector<Erasure> all;
  store->read([&](Reader& reader) { all = reader.erasures(); });
  if (setup.json) {
    std::cout << erasures_json(all).dump() << "\n";
    return;
  }
  for (const auto& erasure : all) {
    std::cout << format_instant(erasure.at) << "\t" << erasure.by << "\t" << erasure.why << "\n";
    show(setup, erasure);
  }
}

}  // namespace anketa::server::program
