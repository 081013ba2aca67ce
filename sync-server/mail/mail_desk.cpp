#include "sync-server/mail/mail_desk.hpp"

#include <array>

#include "shared/problem/problem.hpp"

namespace anketa::server::mail {
namespace {

constexpr std::array kinds{ReportKind::Daily, ReportKind::Weekly};
/// How far back the state looks for letters that failed or wait.
constexpr int looked_at = 500;

std::string_view tone_id(Tone tone) {
  constexpr std::array<std::string_view, 4> ids{"plain", "good", "warning", "bad"};
  return ids[static_cast<std::size_t>(tone)];
}

Json cell_json(const Cell& cell) {
  return {{"text", cell.text}, {"note", cell.note}, {"tone", tone_id(cell.tone)}};
}

Json section_json(const Section& section) {
  Json rows = Json::array();
  for (const auto& row : section.rows) {
    Json cells = Json::array();
    for (const auto& cell : row) cells.push_back(cell_json(cell));
    rows.push_back(std::move(cells));
  }
  return {{"heading", section.heading}, {"hint", section.hint},       {"tone", tone_id(section.tone)},
          {"columns", section.columns}, {"nothing", section.nothing}, {"rows", std::move(rows)}};
}

Json letter_json(const Letter& letter) {
  Json figures = Json::array(), sections = Json::array();
  for (const auto& figure : letter.figures)
    figures.push_back({{"label", figure.label}, {"value", figure.value}, {"tone", tone_id(figure.tone)}});
  for (const auto& section : letter.sections) sections.push_back(section_json(section));
  return {{"subject", letter.subject},     {"title", letter.title},   {"subtitle", letter.subtitle},
          {"figures", std::move(figures)}, {"footer", letter.footer}, {"sections", std::move(sections)}};
}

}  // namespace

Json to_json(const MailRow& row) {
  return {{"id", row.id.text()},
          {"kind", row.kind},
          {"day", row.day},
          {"language", row.language},
          {"recipient", row.recipient},
          {"subject", row.subject},
          {"message_id", row.message_id},
          {"state", id(row.state)},
          {"attempts", row.attempts},
          {"created_at", row.created_at},
          {"next_at", row.state < MailState::Sent ? Json(row.next_at) : Json()},
          {"sent_at", row.state == MailState::Sent ? Json(row.sent_at) : Json()},
          {"problem", row.problem.empty() ? Json() : Json(row.problem)}};
}

ReportKind report_kind(std::string_view name) {
  for (const auto kind : kinds)
    if (id(kind) == name) return kind;
  throw ProblemError(ProblemCode::InvalidValue, {{"value", std::string(name)}}, "kind");
}

MailDesk::MailDesk(Store& store, Environment& environment, MailSettings settings, const std::string& organisation,
                   const std::string& zone)
    : store_(store),
      environment_(environment),
      settings_(std::move(settings)),
      composer_(store, settings_, organisation, zone) {}

Json MailDesk::state() const {
  const auto now = environment_.now();
  Json reports = Json::array();
  for (const auto kind : kinds) {
    Json recipients = Json::array();
    for (const auto& one : kind == ReportKind::Daily ? settings_.daily_to : settings_.weekly_to)
      recipients.push_back(one.address.mailbox);
    const auto last = store_.mail().period_end(id(kind), now + 1);
    reports.push_back(
        {{"kind", id(kind)},
         {"recipients", std::move(recipients)},
         {"next_at", settings_.is_on() ? Json(next(kind, settings_.schedule, composer_.calendar(), now).due) : Json()},
         {"last_at", last > 0 ? Json(last) : Json()}});
  }
  int waiting = 0, failed = 0;
  for (const auto& row : store_.mail().list(looked_at)) {
    waiting += row.state < MailState::Sent;
    failed += row.state == MailState::Failed;
  }
  return {{"on", settings_.is_on()},
          {"server", settings_.is_on() ? Json(settings_.server.host) : Json()},
          {"from", settings_.is_on() ? Json(settings_.from.mailbox) : Json()},
          {"waiting", waiting},
          {"failed", failed},
          {"reports", std::move(reports)}};
}

Json MailDesk::letters(int limit) const {
  Json items = Json::array();
  for (const auto& row : store_.mail().list(limit)) items.push_back(to_json(row));
  return {{"items", std::move(items)}};
}

MailRow MailDesk::letter(const Uuid& id) const {
  auto row = store_.mail().find(id);
  if (!row) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return std::move(*row);
}

Json MailDesk::preview(ReportKind kind, text::Language language) const {
  const auto now = environment_.now();
  const auto since = composer_.period_begin(kind, now);
  auto json = letter_json(composer_.letter(kind, language, since, now));
  json["since"] = since;
  json["until"] = now;
  return json;
}

Json MailDesk::send(ReportKind kind, text::Language language) const {
  if (!settings_.is_on())
    throw ProblemError(ProblemCode::ConfigInvalid, {{"detail", text::get(language, "server.mail.off")}}, "mail_server");
  return {{"messages", composer_.put_now(kind, environment_.now())}};
}

Json MailDesk::send_again(const Uuid& id) const {
  return to_json(composer_.put_again(id, environment_.now()));
}

}  // namespace anketa::server::mail
