// What one person sees of records: the very part that a sync would bring him (R36).
//
// The administrator reads what the lead reads, as in the reading API; what he may change, intake decides.
// Thread safety: belongs to one request.
#pragma once

#include <optional>

#include "sync-server/services/access.hpp"

namespace anketa::server::records {

class Sight {
 public:
  Sight(Reader& reader, const Author& author);

  /// Field classes in a scope; nullopt: not to be seen at all.
  std::optional<ClassMask> classes(const Scope& scope) const;
  /// The visible part of a record; nullopt where nothing of it is.
  std::optional<RecordState> part(const Head& head) const;
  /// Throws ProblemError(RecordNotFound) where there is none, or none for this viewer.
  RecordState need(Reader& reader, const Uuid& id) const;
  /// Whether a cell of a record that is seen in part is in that part.
  bool shows(const RecordState& record, std::string_view path) const;

  const Author& author() const noexcept { return author_; }
  /// Lead and administrator control everybody's edits.
  bool controls() const noexcept { return author_.role == Role::Lead || author_.role == Role::Admin; }

 private:
  Author author_;
  Access access_;
};

}  // namespace anketa::server::records
