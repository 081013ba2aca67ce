// The messages of POST /v1/sync, and docs/protocol.md, which quotes them.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sstream>

#include "shared/protocol/answer_view.hpp"
#include "shared/protocol/limits.hpp"
#include "shared/protocol/messages.hpp"
#include "shared/record/mutation.hpp"

using namespace anketa;
using namespace anketa::protocol;

namespace {

/// The page's example of that kind.
std::string example(const std::string& kind) {
  std::ifstream file(ANKETA_SOURCE_DIR "/docs/protocol.md");
  REQUIRE(file);
  std::stringstream page;
  page << file.rdbuf();
  const auto text = page.str();
  const auto begin = "```json " + kind + "\n";
  const auto from = text.find(begin);
  REQUIRE(from != std::string::npos);
  return text.substr(from + begin.size(), text.find("```", from + begin.size()) - from - begin.size());
}

Json a_request() {
  return Json::parse(example("request"));
}

ProblemCode refusal(const std::string& text) {
  try {
    decode_request(text);
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Count;
}

std::uint32_t noise(std::uint32_t& state) {
  return (state = state * 1664525 + 1013904223) >> 8;
}

}  // namespace

TEST_CASE("The request of docs/protocol.md is one, and encodes to the same again") {
  const auto decoded = decode_request(example("request"));
  REQUIRE(decoded.mutations.size() == 1);
  const auto mutation = mutation_from_json(decoded.mutations[0]);
  CHECK(mutation.ops.size() == 1);
  CHECK(mutation.prev);
  CHECK(decoded.head.limit == 500);
  auto head = decoded.head;
  head.mutations = {canonical(to_json(mutation))};
  CHECK(Json::parse(encode(head)) == a_request());
}

TEST_CASE("The answer of docs/protocol.md is one, and is written the same again") {
  const auto text = example("answer");
  const auto answer = decode_answer(text);
  REQUIRE(answer.results.size() == 2);
  CHECK(answer.results[0].status == ResultStatus::Conflict);
  CHECK(answer.results[1].problem->code == ProblemCode::WrongType);
  REQUIRE(answer.records.size() == 1);
  CHECK(view_answer(text).records.size() == 1);
  AnswerWriter writer;
  writer.result(answer.results[0]);
  for (const auto& record : answer.records) {
    const auto body = canonical(record.body), cells = cells_text(record);
    writer.record({record.id,
                   record.collection,
                   record.scope,
                   record.version,
                   record.seq,
                   record.deleted,
                   record.by,
                   body,
                   cells,
                   {}});
  }
  const auto written = Json::parse(writer.finish(answer)), quoted = Json::parse(text);
  for (const char* member : {"records", "removed", "grants", "revokes", "granted", "cursor", "epoch", "backup_seq", "at",
                             "sum", "complete"}) {
    CAPTURE(member);
    CHECK(written[member] == quoted[member]);
  }
  CHECK(written["results"][0] == quoted["results"][0]);
}

TEST_CASE("The examples of another history and of comparing are read, and written the same again") {
  for (const char* kind : {"ladder request", "comparing request"}) {
    CAPTURE(kind);
    const auto text = example(kind);
    CHECK(Json::parse(encode(decode_request(text).head)) == Json::parse(text));
  }
  const auto text = example("comparing answer");
  const auto answer = decode_answer(text);
  REQUIRE(answer.lists.size() == 1);
  CHECK(Json::parse(AnswerWriter().finish(answer)) == Json::parse(text));
}

TEST_CASE("The sum of docs/protocol.md is that of the code") {
  std::ifstream file(ANKETA_SOURCE_DIR "/docs/protocol.md");
  std::stringstream page;
  page << file.rdbuf();
  const auto id = Uuid::from("01890c5e-3b2f-7c4a-9a41-000000000201");
  CHECK(hex64(hash64("")) == "e3b0c44298fc1c14");
  const auto sum = hex64(record_sum(id, 4, hash64(R"({"phone":"1"})")));
  CAPTURE(sum);
  CHECK(page.str().find("adds `" + sum + "`") != std::string::npos);
}

TEST_CASE("Bounds and types of ladder, sums and wants") {
  const auto with = [](const char* key, Json value) {
    auto request = a_request();
    request[key] = std::move(value);
    return refusal(request.dump());
  };
  const Json point{"e", 1, "00000000000004d2"}, sum{"company", 1, "00000000000004d2"};
  CHECK(with("ladder", Json(std::vector<Json>(32, point))) == ProblemCode::Count);
  CHECK(with("ladder", Json(std::vector<Json>(33, point))) == ProblemCode::TooLarge);
  CHECK(with("want", Json(std::vector<Json>(501, Uuid().text()))) == ProblemCode::TooLarge);
  CHECK(with("sums", Json(std::vector<Json>(2, sum))) == ProblemCode::Count);
  for (const char* key : {"ladder", "sums", "want"}) {
    CHECK(with(key, Json{{"a", 1}}) == ProblemCode::WrongType);
    CHECK(with(key, Json::array({Json::array({1, 2, 3})})) == ProblemCode::WrongType);
    CHECK(with(key, Json::array({Json::array({"company", -1, "x"})})) == ProblemCode::WrongType);
  }
  CHECK(with("honoured", "all") == ProblemCode::WrongType);
}

TEST_CASE("The limits of docs/protocol.md are those of the code") {
  CHECK(version == 1);
  CHECK(max_mutations == 1000);
  CHECK(max_request_bytes == std::size_t{8} * 1024 * 1024);
  CHECK(max_mutation_bytes == std::size_t{1024} * 1024);
  CHECK((max_page == 2000 && default_page == 1000 && max_depth == 40 && max_group == 200));
}

TEST_CASE("Unknown members of a request and an answer are passed over") {
  auto request = a_request();
  request["mood"] = {{"fine", true}};
  request["mutations"][0]["mood"] = "fine";
  CHECK(refusal(request.dump()) == ProblemCode::Count);
  auto answer = Json::parse(example("answer"));
  answer["mood"] = 1;
  answer["records"][0]["mood"] = 1;
  CHECK_NOTHROW(decode_answer(answer.dump()));
}

TEST_CASE("A member that is missing or of a wrong type refuses the request by name") {
  const auto request = a_request();
  for (const auto& [key, value] : request.items()) {
    CAPTURE(key);
    auto bad = a_request();
    bad[key] = Json::object();
    CHECK(refusal(bad.dump()) == ProblemCode::WrongType);
    if (key == "limit") continue;
    bad.erase(key);
    CHECK(refusal(bad.dump()) == ProblemCode::RequiredMissing);
  }
  CHECK(refusal("[]") == ProblemCode::WrongType);
  CHECK(refusal("") == ProblemCode::MalformedJson);
}

TEST_CASE("Bounds of a request: version, number, size, depth") {
  const auto with = [](const char* key, Json value) {
    auto request = a_request();
    request[key] = std::move(value);
    return refusal(request.dump());
  };
  CHECK(with("protocol", 0) == ProblemCode::ProtocolTooOld);
  CHECK(with("protocol", 2) == ProblemCode::ProtocolTooNew);
  CHECK(with("protocol", -1) == ProblemCode::WrongType);
  CHECK(with("device", "nobody") == ProblemCode::InvalidValue);
  CHECK(with("mutations", Json(std::vector<int>(1000))) == ProblemCode::Count);
  CHECK(with("mutations", Json(std::vector<int>(1001))) == ProblemCode::TooLarge);
  CHECK(refusal(std::string(max_request_bytes + 1, ' ')) == ProblemCode::TooLarge);
  CHECK(refusal(std::string(100'000, '[')) == ProblemCode::TooDeep);
}

TEST_CASE("A limit beyond the page is the page") {
  auto request = a_request();
  request["limit"] = 18446744073709551615ULL;
  CHECK(decode_request(request.dump()).head.limit == max_page);
}

TEST_CASE("Every status has a name that leads back to it") {
  for (const auto status : {ResultStatus::Applied, ResultStatus::Merged, ResultStatus::Conflict, ResultStatus::Parked,
                            ResultStatus::Waiting, ResultStatus::Retry}) {
    AnswerWriter writer;
    MutationResult result;
    result.status = status;
    result.repeat = true;
    writer.result(result);
    const auto back = decode_answer(writer.finish({}));
    CHECK(back.results.at(0).status == status);
    CHECK(back.results[0].repeat);
  }
}

TEST_CASE("Garbage in, a problem out: damaged messages never do anything else") {
  for (const char* kind : {"request", "answer"}) {
    const auto whole = example(kind);
    for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
      CAPTURE(kind, seed);
      auto state = seed;
      auto text = whole;
      for (std::uint32_t i = 0; i < 1 + seed % 4; ++i) {
        if (text.empty()) break;
        const auto at = noise(state) % text.size();
        switch (noise(state) % 4) {
          case 0:
            text[at] = static_cast<char>(noise(state));
            break;
          case 1:
            text.erase(at, noise(state) % 9);
            break;
          case 2:
            text.insert(at, 1, "{}[]\",:0-\\"[noise(state) % 10]);
            break;
          default:
            text.resize(at + 1);
        }
      }
      try {
        if (std::string_view(kind) == "answer") {
          decode_answer(text);
        } else {
          for (auto& mutation : decode_request(text).mutations) mutation_from_json(mutation);
        }
      } catch (const ProblemError& error) {
        if (std::string_view(kind) == "answer") REQUIRE(error.problem().code == ProblemCode::BadAnswer);
        REQUIRE_NOTHROW(error.problem().to_json(anketa::text::Language::Russian).dump());
      }
    }
  }
}
