#include "sync-server/store/sqlite_mail.hpp"

#include <array>

#include "sync-server/store/sqlite_session.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view schema_sql = R"sql(
CREATE TABLE mail_message (
  row integer PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  kind text NOT NULL,
  day text NOT NULL,
  language text NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  message_id text NOT NULL,
  period_end integer NOT NULL,
  created_at integer NOT NULL,
  state integer NOT NULL,
  attempts integer NOT NULL,
  next_at integer NOT NULL,
  sent_at integer NOT NULL,
  problem text NOT NULL,
  content text NOT NULL);
CREATE INDEX mail_message_waiting ON mail_message (next_at) WHERE state < 3;
CREATE INDEX mail_message_kind ON mail_message (kind, period_end);
)sql";

constexpr std::array<std::string_view, 5> state_ids{"queued", "sending", "handing_over", "sent", "failed"};

constexpr std::string_view columns =
    "SELECT id, kind, day, language, recipient, subject, message_id, period_end, created_at, state, attempts, next_at, "
    "sent_at, problem, content FROM mail_message ";
constexpr std::string_view columns_without_content =
    "SELECT id, kind, day, language, recipient, subject, message_id, period_end, created_at, state, attempts, next_at, "
    "sent_at, problem, '' FROM mail_message ";

MailRow mail_row(const sqlite::Statement& row) {
  MailRow mail;
  mail.id = id_column(row, 0);
  mail.kind = row.string(1);
  mail.day = row.string(2);
  mail.language = row.string(3);
  mail.recipient = row.string(4);
  mail.subject = row.string(5);
  mail.message_id = row.string(6);
  mail.period_end = row.integer(7);
  mail.created_at = row.integer(8);
  mail.state = static_cast<MailState>(row.integer(9));
  mail.attempts = static_cast<int>(row.integer(10));
  mail.next_at = row.integer(11);
  mail.sent_at = row.integer(12);
  mail.problem = row.string(13);
  mail.content = row.string(14);
  return mail;
}

bool insert(sqlite::Database& database, const MailRow& mail) {
  database.run(
      "INSERT INTO mail_message (id, kind, day, language, recipient, subject, message_id, period_end, created_at, "
      "state, attempts, next_at, sent_at, problem, content) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (id) DO NOTHING",
      blob(mail.id), mail.kind, mail.day, mail.language, mail.recipient, mail.subject, mail.message_id, mail.period_end,
      mail.created_at, static_cast<std::int64_t>(mail.state), static_cast<std::int64_t>(mail.attempts), mail.next_at,
      mail.sent_at, mail.problem, mail.content);
  return database.changes() > 0;
}

class SqliteMail final : public MailStore {
 public:
  explicit SqliteMail(ConnectionSource& source) : source_(source) {}

  int put(const std::vector<MailRow>& rows) override {
    int added = 0;
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      added = 0;
      for (const auto& mail : rows) added += insert(database, mail);
    });
    return added;
  }

  std::optional<MailRow> find(const Uuid& id) override {
    static const auto sql = std::string(columns) + "WHERE id = ?1";
    std::optional<MailRow> found;
    source_.read_connection([&](sqlite::Database& database) {
      auto row = database.statement(sql);
      row.bind(blob(id));
      if (row.step()) found = mail_row(row);
    });
    return found;
  }

  std::vector<MailRow> list(int limit) override {
    static const auto sql = std::string(columns_without_content) + "ORDER BY row DESC LIMIT ?1";
    std::vector<MailRow> all;
    source_.read_connection([&](sqlite::Database& database) {
      auto row = database.statement(sql);
      row.bind(std::int64_t{limit});
      while (row.step()) all.push_back(mail_row(row));
    });
    return all;
  }

  Instant period_end(std::string_view kind, Instant before) override {
    Instant end = 0;
    source_.read_connection([&](sqlite::Database& database) {
      end = database
                .query_integer("SELECT max(period_end) FROM mail_message WHERE kind = ?1 AND period_end < ?2", kind,
                               before)
                .value_or(0);
    });
    return end;
  }

  std::optional<MailRow> due(Instant now) override {
    static const auto sql = std::string(columns) + "WHERE state < 3 AND next_at <= ?1 ORDER BY next_at, row LIMIT 1";
    std::optional<MailRow> found;
    source_.read_connection([&](sqlite::Database& database) {
      auto row = database.statement(sql);
      row.bind(now);
      if (row.step()) found = mail_row(row);
    });
    return found;
  }

  std::optional<Instant> next_due() override {
    std::optional<Instant> next;
    source_.read_connection([&](sqlite::Database& database) {
      next = database.query_integer("SELECT min(next_at) FROM mail_message WHERE state < 3");
    });
    return next;
  }

  void note(const MailRow& mail) override {
    source_.write_connection([&](sqlite::Database& database, Writer&) {
      database.run(
          "UPDATE mail_message SET state = ?2, attempts = ?3, next_at = ?4, sent_at = ?5, problem = ?6 WHERE id = ?1",
          blob(mail.id), static_cast<std::int64_t>(mail.state), static_cast<std::int64_t>(mail.attempts), mail.next_at,
          mail.sent_at, mail.problem);
    });
  }

 private:
  ConnectionSource& source_;
};

}  // namespace

std::string_view id(MailState state) {
  return state_ids[static_cast<std::size_t>(state)];
}

std::string_view mail_schema_sql() {
  return schema_sql;
}

std::unique_ptr<MailStore> make_sqlite_mail(ConnectionSource& source) {
  return std::make_unique<SqliteMail>(source);
}

}  // namespace anketa::server
