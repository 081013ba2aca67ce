#include "tools/demo/server/load_demo.hpp"

namespace anketa::demo {
namespace {

void add_accounts(server::Store& store, const Demo& demo, const std::string& password_hash) {
  for (const auto& colleague : demo.colleagues) {
    if (colleague.is_server()) continue;
    // The organisation's own administrator stays as he is.
    if (store.accounts().account_by_login(colleague.login)) continue;
    store.accounts().add_account(
        {colleague.user, colleague.login, colleague.name, colleague.role, password_hash, true});
  }
}

class Loader {
 public:
  Loader(server::Store& store, std::uint64_t seed, Instant begin)
      : environment_(seed, begin), service_(store, environment_) {
    store.read([&](server::Reader& reader) { history_ = reader.history(); });
  }

  /// One author's deeds that came in together.
  void submit(const Colleague& colleague, Instant delivered, std::vector<Mutation> mutations, LoadReport& report) {
    server::Author author{colleague.user, colleague.device, colleague.role, colleague.is_server()};
    if (author.server) author.user = author.device = history_.server;
    for (auto& mutation : mutations) {
      mutation.user = author.user;
      mutation.device = author.device;
      mutation.epoch = history_.epoch;
    }
    environment_.set_now(delivered);
    for (const auto& result : service_.submit(author, mutations)) {
      ++report.mutations;
      if (result.problem) ++report.parked;
    }
  }

  /// Who works full time (R8): a field of the users that accounts do not hold.
  void note_shares(const Demo& demo, Instant at, LoadReport& report) {
    std::vector<Mutation> mutations;
    for (const auto& colleague : demo.colleagues) {
      if (colleague.is_server() || colleague.role != Role::Rep) continue;
      Mutation mutation;
      mutation.id = Uuid::derived(colleague.user, "demo share");
      mutation.record = colleague.user;
      mutation.collection = "user";
      mutation.at = at;
      mutation.ops.push_back({OpKind::Set, "share", colleague.full_time ? "full" : "part", {}, {}});
      mutations.push_back(std::move(mutation));
    }
    submit(demo.colleagues.front(), at, std::move(mutations), report);
  }

 private:
  ScriptedEnvironment environment_;
  server::SyncService service_;
  server::HistoryState history_;
};

}  // namespace

LoadReport load_demo(server::Store& store, const LoadOptions& options,
                     const std::function<void(std::size_t, std::size_t)>& progress) {
  bool empty = true;
  store.read([&](server::Reader& reader) { empty = reader.heads_of("client", std::nullopt).empty(); });
  if (!empty) throw ProblemError(ProblemCode::AlreadyExists, {{"reason", "server.demo_not_empty"}, {"name", "client"}});

  const auto demo = make_demo(options.demo);
  add_accounts(store, demo, options.password_hash);
  LoadReport report;
  report.colleagues = demo.colleagues;
  const auto begin = demo.deeds.empty() ? options.demo.now : demo.deeds.front().delivered;
  Loader loader(store, options.demo.seed, begin);
  loader.note_shares(demo, begin, report);
  for (std::size_t i = 0; i < demo.deeds.size();) {
    const auto& first = demo.deeds[i];
    std::vector<Mutation> mutations;
    for (; i < demo.deeds.size() && demo.deeds[i].author == first.author && demo.deeds[i].delivered == first.delivered;
         ++i)
      mutations.push_back(demo.deeds[i].mutation);
    loader.submit(demo.colleagues[first.author], first.delivered, std::move(mutations), report);
    if (progress) progress(i, demo.deeds.size());
  }
  return report;
}

}  // namespace anketa::demo
