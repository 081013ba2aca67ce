#include "client-core/api/client_filter.hpp"

#include "client-core/api/parts.hpp"
#include "client-core/api/pass.hpp"
#include "client-core/api/programme_facts.hpp"

namespace anketa::client {
namespace {

using Keep = std::function<bool(const LocalRecord&)>;

/// Hits of a search that are looked at for those the filter lets through.
constexpr int most_hits = 2000;

bool is_key(const LocalRecord& client) {
  const auto status = string_or_empty(client.view.body, "key_status");
  return status == "key" || status == "top";
}

Keep with_problems(const Client& client) {
  std::set<Uuid> scopes;
  client.each("quality_case", {}, [&](const LocalRecord& found) {
    if (string_or_empty(found.view.body, "status") != "confirmed") scopes.insert(found.view.scope);
    return true;
  });
  return [scopes = std::move(scopes)](const LocalRecord& found) { return scopes.count(found.view.id) > 0; };
}

Keep untouched(const Client& client, int offset_minutes) {
  PassFacts pass(local_day(client.parts().environment.now(), offset_minutes), offset_minutes);
  client.each("visit", {}, [&](const LocalRecord& visit) {
    pass.note_visit(visit.view);
    return true;
  });
  client.each("questionnaire", {}, [&](const LocalRecord& questionnaire) {
    pass.note_questionnaire(questionnaire.view);
    return true;
  });
  return [pass = std::move(pass)](const LocalRecord& found) {
    return pass.of(found.view.id) == programme::Coverage::Untouched;
  };
}

Keep keep_of(const Client& client, ClientFilter filter, int offset_minutes) {
  switch (filter) {
    case ClientFilter::Key:
      return is_key;
    case ClientFilter::Problems:
      return with_problems(client);
    case ClientFilter::Untouched:
      return untouched(client, offset_minutes);
    case ClientFilter::All:
      break;
  }
  return [](const LocalRecord&) { return true; };
}

}  // namespace

std::optional<ClientFilter> parse_client_filter(std::string_view id) {
  static const std::map<std::string_view, ClientFilter> all{{"", ClientFilter::All},
                                                            {"key", ClientFilter::Key},
                                                            {"problems", ClientFilter::Problems},
                                                            {"untouched", ClientFilter::Untouched}};
  const auto found = all.find(id);
  return found == all.end() ? std::nullopt : std::optional(found->second);
}

std::vector<LocalRecord> find_clients(const Client& client, std::string_view query, int limit, ClientFilter filter,
                                      int offset_minutes) {
  if (filter == ClientFilter::All) return client.search_clients(query, limit);
  const auto keep = keep_of(client, filter, offset_minutes);
  const auto wanted = static_cast<std::size_t>(std::max(limit, 0));
  std::vector<LocalRecord> found;
  const auto take = [&](const LocalRecord& one) {
    if (found.size() < wanted && keep(one)) found.push_back(one);
    return found.size() < wanted;
  };
  if (query.find_first_not_of(" \t\n") == std::string_view::npos) {
    client.each("client", {}, take);
  } else {
    for (const auto& one : client.search_clients(query, most_hits))
      if (!take(one)) break;
  }
  return found;
}

}  // namespace anketa::client
