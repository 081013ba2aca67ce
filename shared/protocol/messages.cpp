#include "shared/protocol/messages.hpp"

#include <array>

#include "shared/protocol/limits.hpp"

namespace anketa::protocol {
namespace {

constexpr std::array<std::string_view, 6> status_names{"applied", "merged", "conflict", "parked", "waiting", "retry"};

ResultStatus status_from(std::string_view text) {
  for (std::size_t i = 0; i < status_names.size(); ++i)
    if (status_names[i] == text) return static_cast<ResultStatus>(i);
  throw ProblemError(ProblemCode::BadAnswer, {}, "results/status");
}

/// Appends a JSON string. Values here are ids, codes and opaque tokens, but escape whatever comes.
void append_string(std::string& out, std::string_view value) {
  out += Json(value).dump();
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += ",\"";
  out += name;
  out += "\":";
  append_string(out, value);
}

void append_member(std::string& out, std::string_view name, std::uint64_t value) {
  out += ",\"";
  out += name;
  out += "\":";
  out += std::to_string(value);
}

const Json& expect(const Json& json, const char* name, Json::value_t type) {
  const auto found = json.find(name);
  if (found == json.end()) throw ProblemError(ProblemCode::RequiredMissing, {}, name);
  const bool number = type == Json::value_t::number_unsigned && found->is_number_unsigned();
  if (!number && found->type() != type) throw ProblemError(ProblemCode::WrongType, {}, name);
  return *found;
}

const std::string& expect_text(const Json& json, const char* name) {
  return expect(json, name, Json::value_t::string).get_ref<const std::string&>();
}

template <typename Values>
Json array_of(const Values& values) {
  Json array = Json::array();
  for (const auto& value : values) array.push_back(to_json(value));
  return array;
}

void append_json(std::string& out, std::string_view name, const Json& value) {
  out += ",\"";
  out += name;
  out += "\":" + value.dump();
}

/// Reads an array member element by element; absent: nullopt.
template <typename Read>
auto read_array(const Json& json, const char* name, std::size_t most, const Read& read)
    -> std::optional<std::vector<decltype(read(json))>> {
  const auto found = json.find(name);
  if (found == json.end()) return std::nullopt;
  if (!found->is_array()) throw ProblemError(ProblemCode::WrongType, {}, name);
  if (found->size() > most) throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(most)}}, name);
  std::vector<decltype(read(json))> values;
  try {
    for (const auto& value : *found) values.push_back(read(value));
  } catch (const ProblemError& error) {
    throw ProblemError(error.problem().code, error.problem().arguments, name);
  }
  return values;
}

Uuid id_from(const Json& json) {
  const auto id = json.is_string() ? Uuid::parse(json.get_ref<const std::string&>()) : std::nullopt;
  if (!id) throw ProblemError(ProblemCode::WrongType);
  return *id;
}

void read_reconciliation(const Json& json, SyncRequest& head) {
  if (json.contains("honoured"))
    head.honoured = expect(json, "honoured", Json::value_t::number_unsigned).get<std::uint64_t>();
  head.ladder = read_array(json, "ladder", max_ladder, history_point_from_json);
  head.sums = read_array(json, "sums", max_sums, scope_sum_from_json);
  head.want = read_array(json, "want", max_want, id_from).value_or(std::vector<Uuid>());
}

MutationResult result_from(const Json& json) {
  MutationResult result;
  result.id = Uuid::from(json.at("id").get_ref<const std::string&>());
  result.status = status_from(json.at("status").get_ref<const std::string&>());
  result.repeat = json.value("repeat", false);
  result.version = json.value("version", std::uint64_t{0});
  result.seq = json.value("seq", std::uint64_t{0});
  result.late = json.value("late", false);
  if (const auto found = json.find("conflicts"); found != json.end())
    for (const auto& id : *found) result.conflicts.push_back(Uuid::from(id.get<std::string>()));
  if (const auto found = json.find("problem"); found != json.end()) result.problem = Problem::from_json(*found);
  return result;
}

}  // namespace

std::string_view name(ResultStatus status) {
  return status_names[static_cast<std::size_t>(status)];
}

std::string encode(const SyncRequest& request) {
  std::size_t size = 512;
  for (const auto& mutation : request.mutations) size += mutation.size() + 1;
  std::string out;
  out.reserve(size);
  out += "{\"protocol\":" + std::to_string(request.protocol);
  append_member(out, "device", request.device.text());
  append_member(out, "generation", request.generation);
  append_member(out, "nonce", request.nonce);
  append_member(out, "next_nonce", request.next_nonce);
  append_member(out, "epoch", request.epoch);
  append_member(out, "cursor", request.cursor);
  if (request.limit > 0) append_member(out, "limit", static_cast<std::uint64_t>(request.limit));
  if (request.honoured) append_member(out, "honoured", request.honoured);
  if (request.ladder) append_json(out, "ladder", array_of(*request.ladder));
  if (request.sums) append_json(out, "sums", array_of(*request.sums));
  if (!request.want.empty()) {
    Json want = Json::array();
    for (const auto& id : request.want) want.push_back(id.text());
    append_json(out, "want", want);
  }
  out += ",\"mutations\":[";
  bool first = true;
  for (const auto& mutation : request.mutations) {
    if (!first) out += ',';
    first = false;
    out += mutation;
  }
  out += "]}";
  return out;
}

DecodedRequest decode_request(std::string_view text) {
  auto json = parse_json(text, {max_request_bytes, max_depth});
  if (!json.is_object()) throw ProblemError(ProblemCode::WrongType, {}, "request");
  DecodedRequest decoded;
  auto& head = decoded.head;
  const auto protocol = expect(json, "protocol", Json::value_t::number_unsigned).get<std::uint64_t>();
  if (protocol < static_cast<std::uint64_t>(oldest_version)) throw ProblemError(ProblemCode::ProtocolTooOld);
  if (protocol > static_cast<std::uint64_t>(version)) throw ProblemError(ProblemCode::ProtocolTooNew);
  head.protocol = static_cast<int>(protocol);
  const auto device = Uuid::parse(expect_text(json, "device"));
  if (!device) throw ProblemError(ProblemCode::InvalidValue, {{"value", "device"}}, "device");
  head.device = *device;
  head.generation = expect(json, "generation", Json::value_t::number_unsigned).get<std::uint64_t>();
  head.nonce = expect_text(json, "nonce");
  head.next_nonce = expect_text(json, "next_nonce");
  head.epoch = expect_text(json, "epoch");
  head.cursor = expect_text(json, "cursor");
  if (json.contains("limit"))
    head.limit = static_cast<int>(
        std::min<std::uint64_t>(expect(json, "limit", Json::value_t::number_unsigned).get<std::uint64_t>(),
                                static_cast<std::uint64_t>(max_page)));
  read_reconciliation(json, head);
  expect(json, "mutations", Json::value_t::array);
  auto& mutations = json["mutations"].get_ref<Json::array_t&>();
  if (mutations.size() > max_mutations)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(max_mutations)}}, "mutations");
  decoded.mutations = std::move(mutations);
  return decoded;
}

AnswerWriter::AnswerWriter() = default;

void AnswerWriter::result(const MutationResult& result) {
  if (!results_.empty()) results_ += ',';
  results_ += "{\"id\":\"" + result.id.text() + "\",\"status\":\"";
  results_ += name(result.status);
  results_ += '"';
  if (result.repeat) results_ += ",\"repeat\":true";
  if (result.version) append_member(results_, "version", result.version);
  if (result.seq) append_member(results_, "seq", result.seq);
  if (result.late) results_ += ",\"late\":true";
  if (!result.conflicts.empty()) {
    Json ids = Json::array();
    for (const auto& id : result.conflicts) ids.push_back(id.text());
    results_ += ",\"conflicts\":" + ids.dump();
  }
  if (result.problem) results_ += ",\"problem\":" + result.problem->to_json(text::Language::English).dump();
  results_ += '}';
}

void AnswerWriter::record(const RecordRow& row) {
  if (!records_.empty()) records_ += ',';
  records_ += "{\"id\":\"" + row.id.text() + "\",\"collection\":\"";
  records_ += row.collection;
  records_ += "\",\"scope\":\"" + scope_text(row.scope) + '"';
  append_member(records_, "version", row.version);
  append_member(records_, "seq", row.seq);
  if (row.deleted) records_ += ",\"deleted\":true";
  records_ += ",\"by\":\"" + row.by.text() + "\",\"body\":";
  records_ += row.body;
  if (row.cells.size() > 2) {
    records_ += ",\"cells\":";
    records_ += row.cells;
  }
  if (row.removed.size() > 2) {
    records_ += ",\"removed\":";
    records_ += row.removed;
  }
  records_ += '}';
}

void AnswerWriter::removed(const Uuid& id) {
  if (!removed_.empty()) removed_ += ',';
  removed_ += '"' + id.text() + '"';
}

std::string AnswerWriter::finish(const SyncAnswer& rest) {
  std::string out;
  out.reserve(results_.size() + records_.size() + removed_.size() + 512);
  out += "{\"results\":[" + results_ + "],\"records\":[";
  out += records_;
  out += "],\"removed\":[" + removed_ + "]";
  if (rest.grants) {
    Json grants = Json::array();
    for (const auto& grant : *rest.grants) grants.push_back(to_json(grant));
    out += ",\"grants\":" + grants.dump();
  }
  if (!rest.revokes.empty()) {
    Json revokes = Json::array();
    for (const auto& scope : rest.revokes) revokes.push_back(scope_text(scope));
    out += ",\"revokes\":" + revokes.dump();
  }
  append_member(out, "cursor", rest.cursor);
  append_member(out, "epoch", rest.epoch);
  append_member(out, "backup_seq", rest.backup_seq);
  if (rest.granted) append_member(out, "granted", rest.granted);
  if (rest.rewind) append_member(out, "rewind", *rest.rewind);
  if (rest.at) append_json(out, "at", to_json(*rest.at));
  if (rest.sum) append_json(out, "sum", to_json(*rest.sum));
  if (!rest.lists.empty()) append_json(out, "lists", array_of(rest.lists));
  out += rest.complete ? ",\"complete\":true}" : ",\"complete\":false}";
  return out;
}

SyncAnswer decode_answer(std::string_view text) {
  // A page holds at most batch_bytes and one record on top; results are small beside it.
  try {
    const auto json = parse_json(text, {max_request_bytes * 2, max_depth});
    SyncAnswer answer;
    for (const auto& row : json.at("results")) answer.results.push_back(result_from(row));
    const auto& records = json.at("records");
    answer.records.reserve(records.size());
    for (const auto& row : records) answer.records.push_back(record_from_json(row));
    for (const auto& id : json.at("removed")) answer.removed.push_back(Uuid::from(id.get<std::string>()));
    if (const auto grants = json.find("grants"); grants != json.end()) {
      answer.grants.emplace();
      for (const auto& grant : *grants) answer.grants->push_back(grant_from_json(grant));
    }
    if (const auto revokes = json.find("revokes"); revokes != json.end())
      for (const auto& scope : *revokes) answer.revokes.push_back(parse_scope(scope.get<std::string>()).value());
    answer.cursor = json.at("cursor").get<std::string>();
    answer.complete = json.at("complete").get<bool>();
    answer.epoch = json.at("epoch").get<std::string>();
    answer.backup_seq = json.value("backup_seq", std::uint64_t{0});
    answer.granted = json.value("granted", std::uint64_t{0});
    if (const auto rewind = json.find("rewind"); rewind != json.end()) answer.rewind = rewind->get<std::uint64_t>();
    if (const auto at = json.find("at"); at != json.end()) answer.at = history_point_from_json(*at);
    if (const auto sum = json.find("sum"); sum != json.end()) answer.sum = content_sum_from_json(*sum);
    if (const auto lists = json.find("lists"); lists != json.end())
      for (const auto& list : *lists) answer.lists.push_back(scope_list_from_json(list));
    return answer;
  } catch (const Json::exception&) {
    throw ProblemError(ProblemCode::BadAnswer);
  } catch (const ProblemError& error) {
    throw ProblemError(ProblemCode::BadAnswer, {}, error.problem().where);
  } catch (const std::bad_optional_access&) {
    throw ProblemError(ProblemCode::BadAnswer, {}, "revokes");
  }
}

Json to_json(const Grant& grant) {
  return {{"scope", scope_text(grant.scope)}, {"classes", grant.classes}, {"role", grant.role}, {"from", grant.from}};
}

Grant grant_from_json(const Json& json) {
  Grant grant;
  const auto scope = parse_scope(json.at("scope").get_ref<const std::string&>());
  if (!scope) throw ProblemError(ProblemCode::BadAnswer, {}, "grants/scope");
  grant.scope = *scope;
  grant.classes = json.at("classes").get<std::vector<std::string>>();
  grant.role = json.at("role").get<std::string>();
  grant.from = json.value("from", std::uint64_t{0});
  return grant;
}

}  // namespace anketa::protocol
