// Records as they are to be, gathered before any of them is written: several answers may concern one record.
//
// Thread safety: as ClientParts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client-core/api/parts.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {

class WantedRecords {
 public:
  WantedRecords(ClientParts& parts, const Uuid& client) : parts_(parts), client_(client) {}

  /// The members of a record that are to change, to be filled in by the caller. One that does not exist yet will be
  /// made, with its client.
  Json& of(const Uuid& id, std::string_view collection);
  /// The record with what is wanted of it so far; empty where there is none.
  Json known(const Uuid& id) const;
  bool exists(const Uuid& id) const;
  /// Moves a status after everything else.
  void move(const Uuid& id, std::string_view from, std::string_view to, Json facts);

  /// What differs from the records, as edits. What the user may not see he may not write (R36): it is left out, with
  /// the whole record where that lacks what it needs then. It stands in the questionnaire all the same.
  std::vector<RecordEdit> edits() &&;

 private:
  using Classes = std::optional<std::vector<schema::FieldClass>>;
  struct Wanted {
    Uuid id;
    std::string collection;
    Json body = Json::object();
  };
  std::optional<RecordEdit> edit_of(Wanted& wanted, const Classes& seen) const;

  ClientParts& parts_;
  Uuid client_;
  std::vector<std::unique_ptr<Wanted>> wanted_;
  std::vector<RecordEdit> moves_;
};

/// A text with a paragraph it does not have yet.
std::string with_paragraph(std::string text, const std::string& paragraph);

}  // namespace anketa::client
