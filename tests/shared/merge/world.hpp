// A small world for merge tests: one office that holds the record, and devices that edit it without a connection.
//
// Nothing here is a stand-in for the code under test: the office calls plan() and apply() and keeps journal and
// conflicts as a server does; a device calls diff(), note_what_was_seen() and overlay() as a client does.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/merge/history.hpp"
#include "shared/merge/merge.hpp"

namespace anketa::merge::testing {

/// Ids that read well in a failure: 00000000-0000-7000-8000-0000000000<n>.
Uuid number(std::uint32_t n);

/// The record of all tests; its client's scope.
inline const Uuid the_scope = number(900);
inline const Uuid the_record = number(901);

class Office {
 public:
  /// Takes a mutation as a server does; gives its plan.
  Plan take(const Mutation& mutation);

  bool exists() const { return record_.version > 0; }
  const RecordState& record() const { return record_; }
  const Json& body() const { return record_.body; }
  const std::map<std::string, Conflict>& conflicts() const { return conflicts_; }
  /// Throws where there is no conflict at the path.
  const Conflict& conflict(const std::string& path) const { return conflicts_.at(path); }
  bool has_open_conflicts() const;
  /// Whether the mutation has arrived.
  bool has(const Uuid& mutation) const;
  const std::vector<Mutation>& in_effect() const { return in_effect_; }
  const std::vector<Mutation>& parked() const { return parked_; }

 private:
  RecordState record_;
  std::map<std::string, Conflict> conflicts_;
  std::vector<Mutation> in_effect_;
  std::vector<Mutation> parked_;
};

class Device {
 public:
  explicit Device(std::uint32_t user, std::string collection = "contact")
      : user_(number(user)), collection_(std::move(collection)), next_(user * 100) {}

  /// Edits the own view; the mutation waits in the outbox.
  Mutation edit(std::vector<Op> ops);
  /// Edits what differs from the wanted body.
  Mutation want(const Json& wanted);
  /// Makes the record, by one op that holds the whole body.
  Mutation create(Json body);

  /// Sends the outbox and takes the record back; gives the last plan.
  Plan sync(Office& office);
  void pull(const Office& office);
  /// Sends what is in the outbox without learning what came of it.
  Plan push(Office& office);

  const Json& body() const { return view_.body; }
  const RecordState& view() const { return view_; }
  const Uuid& user() const { return user_; }
  const std::vector<Mutation>& outbox() const { return outbox_; }

 private:
  Uuid user_;
  std::string collection_;
  std::uint32_t next_;
  RecordState view_;
  std::vector<Mutation> outbox_;
};

/// Sides of a conflict that nobody has settled, as values.
std::vector<Json> open_values(const Conflict& conflict);
/// The mutations of all sides nobody has settled: what a resolution names.
std::vector<Uuid> open_sides(const Conflict& conflict);

inline Op set(std::string path, Json value) {
  return {OpKind::Set, std::move(path), std::move(value), {}, {}};
}
inline Op drop(std::string path, Json element = {}) {
  return {OpKind::Remove, std::move(path), std::move(element), {}, {}};
}
inline Op add(std::string path, Json element) {
  return {OpKind::Add, std::move(path), std::move(element), {}, {}};
}
inline Op append(std::string path, Json entry) {
  return {OpKind::Append, std::move(path), std::move(entry), {}, {}};
}
inline Op transition(std::string path, std::string from, std::string to, Json facts = {}) {
  Json value{{"from", std::move(from)}, {"to", std::move(to)}};
  if (!facts.is_null()) value["facts"] = std::move(facts);
  return {OpKind::Transition, std::move(path), std::move(value), {}, {}};
}
inline Op resolve(Op op, const Conflict& conflict) {
  op.consumes = open_sides(conflict);
  return op;
}

/// Bodies to begin with.
Json contact_body();
Json questionnaire_body();
Json dossier_body();

/// Two devices that have both seen the record, made by the first.
struct Pair {
  Office office;
  Device anna, boris;

  Pair(const std::string& collection, Json body) : anna(1, collection), boris(2, collection) {
    anna.create(std::move(body));
    anna.sync(office);
    boris.pull(office);
  }
};

}  // namespace anketa::merge::testing
