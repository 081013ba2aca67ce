#include "shared/protocol/answer_view.hpp"

#include "shared/protocol/limits.hpp"
#include "shared/record/json_scanner.hpp"

namespace anketa::protocol {
namespace {

[[noreturn]] void bad(const char* where) {
  throw ProblemError(ProblemCode::BadAnswer, {}, where);
}

Uuid id_of(std::string_view text, const char* where) {
  const auto id = Uuid::parse(text);
  if (!id) bad(where);
  return *id;
}

/// Members every record must have, as bits.
enum Required : unsigned {
  Id = 1,
  Collection = 2,
  ScopeMember = 4,
  Version = 8,
  Seq = 16,
  By = 32,
  Body = 64,
  All = 127
};

RecordView read_record(JsonScanner& scanner) {
  RecordView record;
  unsigned seen = 0;
  std::string_view key;
  scanner.begin_object();
  while (scanner.next_member(key)) {
    if (key == "id") {
      record.id = id_of(scanner.plain_string(), "records/id");
      seen |= Id;
    } else if (key == "collection") {
      record.collection = scanner.plain_string();
      seen |= Collection;
    } else if (key == "scope") {
      const auto scope = parse_scope(scanner.plain_string());
      if (!scope) bad("records/scope");
      record.scope = *scope;
      seen |= ScopeMember;
    } else if (key == "version") {
      record.version = scanner.count();
      seen |= Version;
    } else if (key == "seq") {
      record.seq = scanner.count();
      seen |= Seq;
    } else if (key == "by") {
      record.by = id_of(scanner.plain_string(), "records/by");
      seen |= By;
    } else if (key == "body") {
      record.body = scanner.object();
      seen |= Body;
    } else if (key == "deleted") {
      record.deleted = scanner.boolean();
    } else if (key == "cells") {
      record.cells = scanner.object();
    } else if (key == "removed") {
      record.removed = scanner.object();
    } else {
      scanner.value();
    }
  }
  if (seen != All) bad("records");
  return record;
}

AnswerView read_answer(std::string_view text) {
  if (text.size() > 2 * max_request_bytes) bad("size");
  AnswerView answer;
  const char* records_begin = nullptr;
  const char* records_end = nullptr;
  JsonScanner scanner(text, max_depth);
  std::string_view key;
  scanner.begin_object();
  while (scanner.next_member(key)) {
    if (key != "records") {
      scanner.value();
      continue;
    }
    if (records_begin) bad("records");
    scanner.begin_array();
    records_begin = records_end = scanner.position();
    while (scanner.next_element()) {
      answer.records.push_back(read_record(scanner));
      records_end = scanner.position();
    }
  }
  scanner.finish();
  if (!records_begin) bad("records");
  // The rest is small: the ordinary decoder takes it, with no records in it.
  std::string rest(text.data(), records_begin);
  rest.append(records_end, text.data() + text.size());
  answer.head = decode_answer(rest);
  return answer;
}

}  // namespace

AnswerView view_answer(std::string_view text) {
  try {
    return read_answer(text);
  } catch (const ProblemError& error) {
    if (error.problem().code == ProblemCode::BadAnswer) throw;
    throw ProblemError(ProblemCode::BadAnswer, {}, error.problem().what(text::Language::English));
  }
}

}  // namespace anketa::protocol
