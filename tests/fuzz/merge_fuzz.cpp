// Two authors' ops on one body: {"collection", "body", "anna": [ops], "boris": [ops]}, as in docs/merge.md.
#include "shared/merge/history.hpp"
#include "shared/merge/merge.hpp"
#include "tests/fuzz/target.hpp"

using namespace anketa;

namespace {

Uuid numbered(int n) {
  char text[40];
  std::snprintf(text, sizeof text, "01890c5e-3b2f-7c4a-9a41-%012d", n);
  return Uuid::from(text);
}

Mutation mutation(int n, const std::string& collection, const Json& ops) {
  Json json{{"id", numbered(100 + n).text()},
            {"device", numbered(n).text()},
            {"user", numbered(10 + n).text()},
            {"counter", n},
            {"epoch", "e"},
            {"schema", 1},
            {"record", numbered(1).text()},
            {"collection", collection},
            {"scope", numbered(2).text()},
            {"at", 1000 + n},
            {"ops", ops}};
  return mutation_from_json(std::move(json));
}

/// A record with the conflicts that its mutations opened.
class Record {
 public:
  bool take(const Mutation& mutation) {
    merge::Context context;
    context.earlier = [this](const Uuid& id, std::string_view path) -> std::optional<merge::Earlier> {
      return merge::History(taken_).earlier(id, path);
    };
    context.conflict = [this](std::string_view path) -> std::optional<merge::Conflict> {
      const auto found = conflicts_.find(path);
      return found == conflicts_.end() ? std::nullopt : std::optional(found->second);
    };
    const auto plan = merge::plan(taken_.empty() ? nullptr : &state, mutation, context);
    if (plan.parked) return false;
    const auto version = state.version;
    merge::apply(state, mutation, plan);
    fuzz::promise(state.version == version + 1, "a mutation in effect raises the version by one");
    for (const auto& [path, conflict] : plan.conflicts) conflicts_.insert_or_assign(path, conflict);
    taken_.push_back(mutation);
    return true;
  }

  RecordState state;

 private:
  std::vector<Mutation> taken_;
  std::map<std::string, merge::Conflict, std::less<>> conflicts_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accepted([&] {
    const auto input = parse_json(fuzz::text_of(data, size), {1 << 16, 24});
    if (!input.is_object()) return;
    const auto collection = string_or_empty(input, "collection");
    const Json creation = Json::array({{{"op", "set"}, {"path", ""}, {"value", input.value("body", Json::object())}}});
    Record record;
    if (!record.take(mutation(1, collection, creation))) return;
    const auto seen = record.state;
    int n = 2;
    for (const char* author : {"anna", "boris"})
      fuzz::accepted([&] {
        auto edit = mutation(n++, collection, input.value(author, Json::array()));
        for (auto& op : edit.ops) merge::note_what_was_seen(op, seen);
        record.take(edit);
      });
    fuzz::promise(is_normal(record.state.body), "a body stays in its normal form");
    const auto written = to_json(record.state);
    fuzz::promise(to_json(record_from_json(written)) == written, "a record survives being written and read");
  });
  return 0;
}
