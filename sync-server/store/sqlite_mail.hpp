// The outbox of e-mails in the embedded store.
#pragma once

#include "sync-server/store/mail_store.hpp"
#include "sync-server/store/sqlite_accounts.hpp"

namespace anketa::server {

/// Statements that make its table.
std::string_view mail_schema_sql();

std::unique_ptr<MailStore> make_sqlite_mail(ConnectionSource& source);

}  // namespace anketa::server
