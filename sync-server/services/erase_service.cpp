#include "sync-server/services/erase_service.hpp"

#include "shared/merge/erase.hpp"
#include "sync-server/services/account_owners.hpp"
#include "sync-server/store/handed_over.hpp"

namespace anketa::server {
namespace {

/// Shorter words would be found everywhere.
constexpr std::size_t least_word_bytes = 5;

/// The texts in the paths of a record by which a person is found elsewhere.
std::vector<std::string> words_of(const RecordState& record, const std::vector<std::string>& paths) {
  std::vector<std::string> words;
  for (const auto& path : paths)
    each_cell(value_at(record.body, path), path, [&](const std::string& cell, const Json& value) {
      if (cell != "name" && cell != "phone" && cell != "email") return;
      if (value.is_string() && value.get_ref<const std::string&>().size() >= least_word_bytes)
        words.push_back(value.get<std::string>());
    });
  return words;
}

std::vector<Mention> mentions_of(Reader& reader, const RecordState& record, const std::vector<std::string>& words) {
  std::vector<Mention> mentions;
  if (words.empty() || record.scope == company_scope) return mentions;
  reader.feed_scope(record.scope, 0, reader.history().last_seq, 0, [&](const Head& head) {
    if (head.id == record.id || head.collection == "conflict") return true;
    each_cell(Json::parse(head.body), {}, [&](const std::string& cell, const Json& value) {
      if (!value.is_string()) return;
      const auto& text = value.get_ref<const std::string&>();
      if (std::any_of(words.begin(), words.end(), [&](const auto& word) { return text.find(word) != text.npos; }))
        mentions.push_back({head.id, head.collection, cell});
    });
    return true;
  });
  return mentions;
}

/// The erasure of one record, with every mutation that holds the values.
Erasure erasure_of(Reader& reader, const RecordState& record, std::vector<std::string> paths,
                   const EraseRequest& request, Instant now) {
  Erasure erasure{{}, now, request.by, request.why, record.id, record.collection, std::move(paths), {}};
  for (const auto& row : reader.journal_of(record.id)) {
    try {
      auto mutation = mutation_of(row);
      if (!merge::erase_from(mutation, erasure.paths)) continue;
    } catch (const ProblemError&) {
      // What cannot be read may hold anything.
    }
    erasure.mutations.push_back({row.id, row.hash});
  }
  return erasure;
}

bool touches(const std::string& cell, const std::vector<std::string>& paths) {
  return std::any_of(paths.begin(), paths.end(),
                     [&](const auto& path) { return is_below(cell, path) || is_below(path, cell); });
}

/// Conflicts of a record about the paths hold the values as their sides: they go whole.
std::vector<RecordState> conflicts_of(Reader& reader, const RecordState& record,
                                      const std::vector<std::string>& paths) {
  std::vector<RecordState> found;
  for (const auto& head : reader.heads_of("conflict", record.scope)) {
    auto conflict = parse_head(head);
    if (string_or_empty(conflict.body, "record") == record.id.text() &&
        touches(string_or_empty(conflict.body, "path"), paths))
      found.push_back(std::move(conflict));
  }
  return found;
}

/// The attachments of a record go with it.
std::vector<RecordState> attachments_of(Reader& reader, const RecordState& record) {
  std::vector<RecordState> found;
  for (const auto& head : reader.heads_of("attachment", record.scope)) {
    auto attachment = parse_head(head);
    if (string_or_empty(attachment.body, "record") == record.id.text()) found.push_back(std::move(attachment));
  }
  return found;
}

/// What the attachments among the erasures hold, where no attachment that stays names it.
std::vector<ErasedContent> contents_of(Reader& reader, const std::vector<Erasure>& erasures) {
  std::vector<ErasedContent> contents;
  const auto goes = [&](const Uuid& record) {
    return std::any_of(erasures.begin(), erasures.end(),
                       [&](const Erasure& erasure) { return erasure.record == record && erases_whole(erasure); });
  };
  for (const auto& erasure : erasures) {
    if (erasure.collection != "attachment" || !erases_whole(erasure)) continue;
    const auto head = reader.head(erasure.record);
    const auto sha256 = head ? string_or_empty(Json::parse(head->body), "sha256") : std::string();
    if (sha256.empty()) continue;
    const auto all = reader.heads_of("attachment", head->scope);
    const bool named = std::any_of(all.begin(), all.end(), [&](const Head& other) {
      return !goes(other.id) && string_or_empty(Json::parse(other.body), "sha256") == sha256;
    });
    if (!named) contents.push_back({head->scope, sha256});
  }
  return contents;
}

/// An account does not lose its owner by an erasure (R37): what of an assignment says who he is goes with the client or
/// after another took over.
void check_owner(Reader& reader, const RecordState& record, const std::vector<std::string>& paths) {
  if (record.collection != "assignment" || record.deleted || !(touches("role", paths) || touches("user", paths)))
    return;
  auto after = record;
  after.deleted = true;
  if (auto problem = owner_problem(reader, after)) throw ProblemError(std::move(*problem));
}

void add(Reader& reader, const RecordState& record, const std::vector<std::string>& paths, const EraseRequest& request,
         Instant now, ErasePlan& plan) {
  check_owner(reader, record, paths);
  plan.erasures.push_back(erasure_of(reader, record, paths, request, now));
  for (const auto& conflict : conflicts_of(reader, record, paths))
    plan.erasures.push_back(erasure_of(reader, conflict, {""}, request, now));
  if (std::find(paths.begin(), paths.end(), std::string()) == paths.end()) return;
  for (const auto& attachment : attachments_of(reader, record))
    plan.erasures.push_back(erasure_of(reader, attachment, {""}, request, now));
}

/// The record as it stands; of one that was collected, what its journal says of it.
RecordState need_record(Reader& reader, const Uuid& id) {
  if (const auto head = reader.head(id)) return parse_head(*head);
  const auto journal = reader.journal_of(id);
  if (journal.empty()) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  RecordState record;
  record.id = id;
  record.scope = journal.front().scope;
  record.collection = string_or_empty(Json::parse(journal.front().text, nullptr, false), "collection");
  return record;
}

}  // namespace

ErasePlan EraseService::plan(const EraseRequest& request) {
  if (request.by.empty()) throw ProblemError(ProblemCode::RequiredMissing, {}, "by");
  if (request.why.empty()) throw ProblemError(ProblemCode::RequiredMissing, {}, "why");
  ErasePlan plan;
  const auto now = environment_.now();
  store_.read([&](Reader& reader) {
    const auto record = need_record(reader, request.record);
    const auto paths = request.paths.empty() ? std::vector<std::string>{""} : request.paths;
    add(reader, record, paths, request, now, plan);
    plan.mentions = mentions_of(reader, record, words_of(record, paths));
    std::map<Uuid, std::vector<std::string>> cells;
    if (request.mentions)
      for (const auto& mention : plan.mentions) cells[mention.record].push_back(mention.path);
    for (const auto& [id, mentioned] : cells) add(reader, need_record(reader, id), mentioned, request, now, plan);
    plan.contents = contents_of(reader, plan.erasures);
  });
  for (auto& erasure : plan.erasures) erasure.id = Uuid::v7(environment_);
  return plan;
}

bool EraseService::erase(const ErasePlan& plan) {
  write_ledger(files_, folder_, plan.erasures);
  erase_handed_over(files_, folder_, plan.erasures);
  if (erase_content_)
    for (const auto& content : plan.contents) erase_content_(content);
  store_.write_and_wait([&](Writer& writer) {
    for (const auto& erasure : plan.erasures) apply_erasure(writer, erasure, environment_.now());
  });
  return store_.scrub();
}

}  // namespace anketa::server
