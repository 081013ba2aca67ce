#include "sync-server/handlers/watch_handlers.hpp"

#include <algorithm>

#include "sync-server/reports/filter.hpp"

namespace anketa::server {
namespace {

constexpr int most_marks = 500;

Json device_json(const Device& device, const DeviceState& state) {
  Json json{{"id", device.id.text()},
            {"name", device.name},
            {"registered_at", format_instant(device.registered_at)},
            {"last_seen", format_instant(device.last_seen)},
            {"program", device.program},
            {"revoked", device.revoked},
            {"forks", state.forks}};
  if (state.forks > 0) json["forked_at"] = format_instant(state.forked_at);
  if (device.revoked_at > 0) json["revoked_at"] = format_instant(device.revoked_at);
  if (!device.revoked_by.empty()) json["revoked_by"] = device.revoked_by;
  if (device.handed_over_at > 0) json["handed_over_at"] = format_instant(device.handed_over_at);
  if (device.forked_from) json["forked_from"] = device.forked_from->text();
  return json;
}

/// Which devices are asked for; without a word all of them.
struct DeviceFilter {
  explicit DeviceFilter(const reports::Query& query)
      : user(reports::parameter(query, "user")),
        state(reports::parameter(query, "state")),
        browsers(reports::parameter(query, "browsers")) {}

  bool takes(const Device& device) const {
    return (!user || *user == device.user.text()) && (!state || (*state == "revoked") == device.revoked) &&
           (browsers != "no" || !device.name.empty());
  }

  std::optional<std::string> user, state, browsers;
};

Json devices(Services& services, const reports::Query& query) {
  const DeviceFilter filter(query);
  std::vector<std::pair<Instant, Json>> found;
  for (const auto& account : services.store.accounts().accounts())
    for (const auto& device : services.store.accounts().devices(account.user)) {
      if (!filter.takes(device)) continue;
      DeviceState state;
      services.store.read([&](Reader& reader) { state = reader.device_state(device.id).value_or(DeviceState{}); });
      auto json = device_json(device, state);
      json["user"] = {{"id", account.user.text()}, {"login", account.login}, {"name", account.name}};
      found.emplace_back(device.last_seen, std::move(json));
    }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  Json all = Json::array();
  for (auto& [seen, json] : found) all.push_back(std::move(json));
  return {{"devices", std::move(all)}};
}

Json mark_json(const JournalRow& row) {
  Json marks = Json::array();
  if (row.marks & ForkedMark) marks.push_back("fork");
  if (row.marks & LateMark) marks.push_back("late");
  if (row.marks & ErasedMark) marks.push_back("erased");
  if (row.marks & QuarantineMark) marks.push_back("quarantine");
  return {{"mutation", row.id.text()},
          {"record", row.record.text()},
          {"scope", scope_text(row.scope)},
          {"user", row.user.text()},
          {"device", row.device.text()},
          {"received_at", format_instant(row.received_at)},
          {"status", protocol::name(row.result.status)},
          {"marks", std::move(marks)}};
}

Json marks(Services& services, const reports::Query&) {
  Json all = Json::array();
  services.store.read([&](Reader& reader) {
    for (const auto& row : reader.journal_marked(most_marks)) all.push_back(mark_json(row));
  });
  return {{"marks", std::move(all)}};
}

void add(http::Router& router, Services& services, const char* path, Json (*answer)(Services&, const reports::Query&)) {
  router.add("GET", path, authenticated(services, [&services, answer](http::Request& request, const Session& session) {
               require_role(session, {Role::Lead, Role::Admin});
               return http::Response::json(answer(services, request.query));
             }));
}

}  // namespace

void add_watch_routes(http::Router& router, Services& services) {
  add(router, services, "/v1/devices", devices);
  add(router, services, "/v1/marks", marks);
}

}  // namespace anketa::server
