// The server's records as the programme's work reads them: what their reader sees of them.
//
// Thread safety: belongs to one request.
#pragma once

#include "shared/programme/record_changes.hpp"
#include "sync-server/records/sight.hpp"

namespace anketa::server::records {

class SeenRecords : public programme::RecordSource {
 public:
  /// Both outlive it.
  SeenRecords(Reader& reader, const Sight& sight) : reader_(reader), sight_(sight) {}

  std::optional<RecordState> find(const Uuid& id) const override;
  void each(std::string_view collection, const std::optional<Scope>& scope,
            const std::function<bool(const RecordState&)>& visit) const override;

 private:
  Reader& reader_;
  const Sight& sight_;
};

}  // namespace anketa::server::records
