#include "tools/demo/ledger.hpp"

#include <algorithm>
#include <tuple>

namespace anketa::demo {

Ledger::Ledger(std::vector<Colleague> colleagues, std::uint64_t seed)
    : colleagues_(std::move(colleagues)), environment_(seed, 0) {}

Uuid Ledger::new_id(Instant at) {
  environment_.set_now(at);
  return Uuid::v7(environment_);
}

Uuid Ledger::create(std::size_t author, Instant at, std::string_view collection, const Scope& scope, const Json& body) {
  return create_as(new_id(at), author, at, collection, scope, body);
}

Uuid Ledger::create_client(std::size_t author, Instant at, const Json& body) {
  const auto id = new_id(at);
  return create_as(id, author, at, "client", id, body);
}

Uuid Ledger::create_as(const Uuid& id, std::size_t author, Instant at, std::string_view collection, const Scope& scope,
                       const Json& body) {
  auto& record = records_[id];
  record.id = id;
  record.collection = collection;
  record.scope = scope;
  note(author, at, id, {Op{OpKind::Set, "", body, {}, {}}});
  return id;
}

void Ledger::edit(std::size_t author, Instant at, const Uuid& id, const Json& wanted) {
  const auto& record = records_.at(id);
  note(author, at, id, merge::diff(record, *schema::collection(record.collection), wanted));
}

void Ledger::move(std::size_t author, Instant at, const Uuid& id, std::string_view to, const Json& facts) {
  const auto& record = records_.at(id);
  auto wanted = facts;
  wanted["status"] = to;
  note(author, at, id, merge::diff(record, *schema::collection(record.collection), wanted));
}

void Ledger::note(std::size_t author, Instant at, const Uuid& id, std::vector<Op> ops) {
  if (ops.empty()) return;
  auto& record = records_.at(id);
  Mutation mutation;
  mutation.id = new_id(at);
  mutation.device = colleagues_[author].device;
  mutation.user = colleagues_[author].user;
  mutation.schema = schema::version;
  mutation.record = id;
  mutation.collection = record.collection;
  mutation.scope = record.scope;
  mutation.at = at;
  mutation.ops = std::move(ops);
  merge::overlay(record, mutation);
  deeds_.push_back({at, at, author, std::move(mutation)});
}

std::vector<Deed> Ledger::take(Instant until, const std::function<Instant(const Deed&)>& delivered) {
  auto deeds = std::exchange(deeds_, {});
  deeds.erase(std::remove_if(deeds.begin(), deeds.end(), [&](const Deed& deed) { return deed.at > until; }),
              deeds.end());
  for (auto& deed : deeds) deed.delivered = delivered(deed);
  std::stable_sort(deeds.begin(), deeds.end(), [](const Deed& a, const Deed& b) {
    return std::tie(a.delivered, a.author, a.at) < std::tie(b.delivered, b.author, b.at);
  });
  std::vector<std::uint64_t> counters(colleagues_.size(), 0);
  for (auto& deed : deeds) deed.mutation.counter = ++counters[deed.author];
  return deeds;
}

}  // namespace anketa::demo
