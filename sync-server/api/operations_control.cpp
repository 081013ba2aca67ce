// For who controls: users, devices, marks, the backup; and lists as files.
#include "sync-server/api/operation.hpp"
#include "sync-server/api/shapes.hpp"

namespace anketa::server::api {
namespace {

Shape user_item() {
  return object("UserItem", {{"id", id()},
                             {"login", text()},
                             {"name", text()},
                             {"role", worded(one_of_all(role_ids), "user/role")},
                             {"active", boolean()},
                             {"share", nullable(share())},
                             {"clients_owned", integer()},
                             {"clients_helped", integer()},
                             {"devices", integer()},
                             {"last_seen", nullable(instant())}});
}

Shape device_item() {
  auto owner = object("DeviceOwner", {{"id", id()}, {"login", text()}, {"name", text()}});
  return object("DeviceItem", {{"id", id()},
                               {"name", text()},
                               {"user", std::move(owner)},
                               {"registered_at", text()},
                               {"last_seen", text()},
                               {"program", text()},
                               {"revoked", boolean()},
                               {"forks", integer()},
                               optional("forked_at", text()),
                               optional("forked_from", id()),
                               optional("revoked_at", text()),
                               optional("revoked_by", text()),
                               optional("handed_over_at", text())});
}

Shape mark_item() {
  return object("MarkItem", {{"mutation", id()},
                             {"record", id()},
                             {"scope", text()},
                             {"user", id()},
                             {"device", id()},
                             {"received_at", text()},
                             {"status", text()},
                             {"marks", list(worded(one_of({"fork", "late", "erased", "quarantine"}), "mark"))}});
}

Shape user_wish(bool is_new) {
  const auto wish = [is_new](const char* name, Shape shape) { return Member{name, std::move(shape), !is_new}; };
  Members members;
  if (is_new) members.push_back({"login", text()});
  members.push_back(wish("name", text()));
  members.push_back(wish("role", one_of_all(role_ids)));
  members.push_back(wish("password", text()));
  members.push_back(optional("active", boolean()));
  members.push_back(optional("share", share()));
  return object(std::move(members));
}

// Reports by e-mail

Shape report_name() {
  return worded(one_of({"daily", "weekly"}), "letter");
}

Shape tone() {
  return one_of({"plain", "good", "warning", "bad"});
}

Shape mail_state() {
  auto report = object("MailReport", {{"kind", report_name()},
                                      {"recipients", list(text())},
                                      {"next_at", nullable(instant())},
                                      {"last_at", nullable(instant())}});
  return object("MailState", {{"on", boolean()},
                              {"server", nullable(text())},
                              {"from", nullable(text())},
                              {"waiting", integer()},
                              {"failed", integer()},
                              {"reports", list(std::move(report))}});
}

Shape mail_item() {
  return object("MailItem", {{"id", id()},
                             {"kind", worded(text(), "letter")},
                             {"day", date()},
                             {"language", text()},
                             {"recipient", text()},
                             {"subject", text()},
                             {"message_id", text()},
                             {"state", worded(one_of({"queued", "sending", "handing_over", "sent", "failed"}), "mail")},
                             {"attempts", integer()},
                             {"created_at", instant()},
                             {"next_at", nullable(instant())},
                             {"sent_at", nullable(instant())},
                             {"problem", nullable(text())}});
}

Shape letter() {
  auto cell = object("LetterCell", {{"text", text()}, {"note", text()}, {"tone", tone()}});
  auto figure = object("LetterFigure", {{"label", text()}, {"value", text()}, {"tone", tone()}});
  auto section = object("LetterSection", {{"heading", text()},
                                          {"hint", text()},
                                          {"tone", tone()},
                                          {"columns", list(text())},
                                          {"nothing", text()},
                                          {"rows", list(list(std::move(cell)))}});
  return object("Letter", {{"subject", text()},
                           {"title", text()},
                           {"subtitle", text()},
                           {"figures", list(std::move(figure))},
                           {"sections", list(std::move(section))},
                           {"footer", text()},
                           {"since", instant()},
                           {"until", instant()}});
}

std::vector<Operation> mail_operations() {
  Operation whole{"GET", "/v1/mail/letters/{id}", "A letter as it went out", control};
  whole.media = "message/rfc822";
  return {
      {"GET", "/v1/mail", "Whether reports go out by e-mail, to whom and when (R16)", control, {}, {}, mail_state()},
      {"GET",
       "/v1/mail/letters",
       "What went out and what waits, the newest first",
       control,
       {{"limit", integer(), "1 to 500"}},
       {},
       items(mail_item())},
      std::move(whole),
      {"POST", "/v1/mail/letters/{id}/again", "Sends a letter once more", control, {}, {}, mail_item()},
      {"GET", "/v1/mail/reports/{kind}", "A report as it would be now", control, {}, {}, letter()},
      {"POST",
       "/v1/mail/reports/{kind}",
       "Sends a report out of turn",
       control,
       {},
       {},
       object({{"messages", integer()}})},
  };
}

}  // namespace

std::vector<Operation> control_operations() {
  auto taken = object({{"results", list(object({{"id", id()}, {"status", text()}}))}});
  auto backup = object("Backup", {{"seq", integer()}, {"last_seq", integer()}, {"covers_until", nullable(instant())}});
  Operation exported{"GET", "/v1/export/{list}", "A list as a file, as it is filtered", everybody};
  exported.parameters = {{"format", one_of({"xlsx", "csv", "json"}), "\"xlsx\" where nothing is said"}};
  exported.media = "application/octet-stream";
  // The path of any list: "/v1/export/campaign/cadence" is "/v1/campaign/cadence" as a file.
  exported.route = "/v1/export/{list...}";
  std::vector<Operation> all{
      std::move(exported),
      {"GET", "/v1/users", "Log-ins and rights", control, {}, {}, items(user_item())},
      {"POST", "/v1/users", "Adds a log-in", administrator, {}, user_wish(true), user_item()},
      {"POST", "/v1/users/{id}", "Changes a log-in", administrator, {}, user_wish(false), user_item()},
      {"GET",
       "/v1/devices",
       "Devices, those seen last first",
       control,
       {{"user", id(), "of this person"},
        {"state", one_of({"in_use", "revoked"}), "at this point"},
        {"browsers", one_of({"no"}), "without log-ins from a browser"}},
       {},
       object({{"devices", list(device_item())}})},
      {"POST", "/v1/devices/{id}/revoke", "Shuts a device out", control, {}, {}, {}, 204},
      {"POST",
       "/v1/devices/{id}/accept",
       "Puts into effect what a revoked device handed over",
       control,
       {},
       {},
       std::move(taken)},
      {"GET", "/v1/marks", "What came in an unusual way", control, {}, {}, object({{"marks", list(mark_item())}})},
      {"GET", "/v1/backup", "How far the newest backup reaches", control, {}, {}, std::move(backup)},
  };
  for (auto& operation : mail_operations()) all.push_back(std::move(operation));
  return all;
}

}  // namespace anketa::server::api
