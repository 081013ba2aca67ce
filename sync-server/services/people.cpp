#include "sync-server/services/people.hpp"

#include "sync-server/store/own_record.hpp"

namespace anketa::server {

std::map<Uuid, PersonFacts> facts_of_people(Reader& reader) {
  std::map<Uuid, PersonFacts> all;
  reader.select("SELECT id, share FROM p_user", {}, [&](const Row& row) {
    if (!row.is_null(1)) all[row.id(0).value()].share = std::string(row.text(1));
  });
  reader.select("SELECT person, role, count(*) FROM p_assignment GROUP BY person, role", {}, [&](const Row& row) {
    auto& facts = all[row.id(0).value()];
    (row.text(1) == "owner" ? facts.owned : facts.helped) = row.integer(2);
  });
  return all;
}

void check_share(const std::string& share) {
  if (share != "part" && share != "full") throw ProblemError(ProblemCode::InvalidValue, {{"value", share}}, "share");
}

void set_share(Writer& writer, const Uuid& user, const std::string& share, Instant now) {
  check_share(share);
  // The same share may be set again later: each time is a cause of its own.
  const auto cause = "share " + std::to_string(writer.history().last_seq);
  put_own_record(writer, "user", user, company_scope, {{"share", share}}, cause, now);
}

}  // namespace anketa::server
