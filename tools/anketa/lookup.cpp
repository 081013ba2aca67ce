#include "tools/anketa/lookup.hpp"

#include <algorithm>

#include "shared/text/search.hpp"

namespace anketa::cli {
namespace {

/// Clients of whom a message tells that their names fit too.
constexpr std::size_t most_named = 8;

}  // namespace

client::LocalRecord find_client(App& app, const std::string& typed) {
  auto& client = app.client();
  if (const auto id = Uuid::parse(typed)) {
    auto record = client.need(*id);
    if (record.view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, typed);
    return record;
  }
  auto found = client.search_clients(typed, 100);
  if (found.empty()) throw ProblemError(ProblemCode::RecordNotFound, {}, typed);
  const auto exact = std::find_if(found.begin(), found.end(), [&](const client::LocalRecord& record) {
    return string_or_empty(record.view.body, "name") == typed;
  });
  if (exact != found.end()) return *exact;
  // Words of the name come before those of a contact or of a street.
  const auto words = text::normalise(typed);
  const auto first_other = std::stable_partition(found.begin(), found.end(), [&](const client::LocalRecord& record) {
    return text::normalise(string_or_empty(record.view.body, "name")).find(words) != std::string::npos;
  });
  if (first_other != found.begin()) found.erase(first_other, found.end());
  if (found.size() == 1) return found.front();
  std::string names;
  for (std::size_t i = 0; i < std::min(found.size(), most_named); ++i)
    names += (i == 0 ? "«" : ", «") + harmless(string_or_empty(found[i].view.body, "name")) + "»";
  if (found.size() > most_named) names += " …";
  throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.clients.several"}, {"names", names}});
}

Uuid record_id(const std::string& typed) {
  return Uuid::from(typed);
}

}  // namespace anketa::cli
