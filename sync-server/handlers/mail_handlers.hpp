// Reports by e-mail, for who controls (R16).
#pragma once

#include "sync-server/handlers/services.hpp"
#include "sync-server/mail/mail_desk.hpp"

namespace anketa::server {

void add_mail_routes(http::Router& router, Services& services, mail::MailDesk& desk);

}  // namespace anketa::server
