// Names of people, clients and devices, looked up once a request.
//
// Thread safety: belongs to one request.
#pragma once

#include <map>
#include <string>

#include "sync-server/store/store.hpp"

namespace anketa::server::records {

class Names {
 public:
  Names(Reader& reader, AccountStore& accounts) : reader_(reader), accounts_(accounts) {}

  /// {"id", "name"}; null for a nil id; the name is null where nobody knows it.
  Json user(const Uuid& id);
  Json device(const Uuid& id);
  /// Of the client whose scope it is; null for the company's.
  Json client(const Scope& scope);

 private:
  Json reference(const Uuid& id, std::map<Uuid, Json>& known, Json (Names::*look_up)(const Uuid&));
  Json name_of_record(const Uuid& id);
  Json name_of_device(const Uuid& id);

  Reader& reader_;
  AccountStore& accounts_;
  std::map<Uuid, Json> records_, devices_;
};

/// What a record is called in a list: its name, title or first words; empty where it has none.
std::string title_of(const RecordState& record);

}  // namespace anketa::server::records
