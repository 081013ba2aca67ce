// A device's records as the programme's work reads them, and its changes put into effect. Private to client-core/api.
#pragma once

#include "anketa/client.hpp"
#include "shared/programme/record_changes.hpp"

namespace anketa::client {

/// Belongs to one call; the client outlives it.
class ClientRecords : public programme::RecordSource {
 public:
  explicit ClientRecords(const Client& client) : client_(client) {}

  std::optional<RecordState> find(const Uuid& id) const override;
  void each(std::string_view collection, const std::optional<Scope>& scope,
            const std::function<bool(const RecordState&)>& visit) const override;

 private:
  const Client& client_;
};

/// Commits each group whole, and all of them together.
void commit_changes(Client& client, std::vector<programme::ChangeGroup> groups);

}  // namespace anketa::client
