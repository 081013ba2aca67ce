// Records as the programme's work reads them, and what it changes: one code for a device's store and for the server.
//
// Model: work reads a source and gives groups of changes; whoever runs it commits each group whole, as ordinary
// mutations of the person whose work it is.
// Thread safety: values; a source belongs to one piece of work.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/environment.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/record_state.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::programme {

/// Records as one person sees them.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  /// None where it is unknown to him, or deleted.
  virtual std::optional<RecordState> find(const Uuid& id) const = 0;
  /// Of one scope, or of all; `visit` gives false to end.
  virtual void each(std::string_view collection, const std::optional<Scope>& scope,
                    const std::function<bool(const RecordState&)>& visit) const = 0;

  /// Throws ProblemError(RecordNotFound), for one of another collection too.
  RecordState need(const Uuid& id, std::string_view collection) const;
};

/// Ops on one record. Where there is no such record, they make it; collection and scope say what it is.
struct RecordChange {
  Uuid record;
  std::string collection;
  Scope scope;
  std::vector<Op> ops;
};

/// Together or not at all.
using ChangeGroup = std::vector<RecordChange>;

/// The scope of a new record: its own, the company's, or that of the client it belongs to.
Scope scope_of(const schema::Collection& collection, const Scope& client, const Uuid& id);
/// `client` is ignored where the collection hangs on none.
RecordChange making(Environment& environment, std::string_view collection, const Scope& client, Json body);
/// What makes of a record what is wanted (merge::diff); without ops where it is that already.
RecordChange changing(const RecordState& record, const Json& wanted);
RecordChange removing(const RecordState& record);

/// A reference of a record; nil where there is none.
Uuid reference_in(const RecordState& record, std::string_view field);

}  // namespace anketa::programme
