#include "shared/problem/problem.hpp"

#include <array>

namespace anketa {
namespace {

struct Row {
  ProblemCode code;
  std::string_view id;
  int status;
};

constexpr auto count = static_cast<std::size_t>(ProblemCode::Count);

// In the order of the enumeration; a static_assert below keeps it so.
constexpr std::array<Row, count> rows{{
    {ProblemCode::Internal, "internal", 500},
    {ProblemCode::MalformedJson, "request.malformed_json", 400},
    {ProblemCode::TooDeep, "request.too_deep", 400},
    {ProblemCode::TooLarge, "request.too_large", 413},
    {ProblemCode::BadRequest, "request.bad", 400},
    {ProblemCode::NotFound, "request.not_found", 404},
    {ProblemCode::MethodNotAllowed, "request.method_not_allowed", 405},
    {ProblemCode::UnsupportedEncoding, "request.unsupported_encoding", 415},
    {ProblemCode::Timeout, "request.timeout", 408},
    {ProblemCode::TooManyRequests, "request.too_many", 429},
    {ProblemCode::Unavailable, "server.unavailable", 503},
    {ProblemCode::ProtocolTooOld, "protocol.too_old", 426},
    {ProblemCode::ProtocolTooNew, "protocol.too_new", 400},
    {ProblemCode::BadCredentials, "auth.bad_credentials", 401},
    {ProblemCode::NotLoggedIn, "auth.not_logged_in", 401},
    {ProblemCode::TokenInvalid, "auth.token_invalid", 401},
    {ProblemCode::TokenExpired, "auth.token_expired", 401},
    {ProblemCode::DeviceRevoked, "auth.device_revoked", 403},
    {ProblemCode::Forbidden, "auth.forbidden", 403},
    {ProblemCode::UnknownCollection, "record.unknown_collection", 422},
    {ProblemCode::WrongType, "record.wrong_type", 422},
    {ProblemCode::InvalidValue, "record.invalid_value", 422},
    {ProblemCode::RequiredMissing, "record.required_missing", 422},
    {ProblemCode::ReadOnlyField, "record.read_only_field", 422},
    {ProblemCode::IllegalTransition, "record.illegal_transition", 422},
    {ProblemCode::RecordNotFound, "record.not_found", 404},
    {ProblemCode::ConflictNotOpen, "record.conflict_not_open", 409},
    {ProblemCode::ChainParked, "record.chain_parked", 422},
    {ProblemCode::GroupTooLarge, "record.group_too_large", 422},
    {ProblemCode::OwnerNeeded, "record.owner_needed", 409},
    {ProblemCode::SecondOwner, "record.second_owner", 409},
    {ProblemCode::FormInvalid, "form.invalid", 422},
    {ProblemCode::ExpressionInvalid, "form.expression_invalid", 422},
    {ProblemCode::AnswerInvalid, "form.answer_invalid", 422},
    {ProblemCode::GateClosed, "form.gate_closed", 409},
    {ProblemCode::FormIncomplete, "form.incomplete", 409},
    {ProblemCode::DiskFull, "store.disk_full", 507},
    {ProblemCode::DatabaseDamaged, "store.damaged", 500},
    {ProblemCode::WrongKey, "store.wrong_key", 403},
    {ProblemCode::DatabaseNewer, "store.newer", 500},
    {ProblemCode::DatabaseInUse, "store.in_use", 409},
    {ProblemCode::OtherUser, "store.other_user", 409},
    {ProblemCode::KeyringUnavailable, "store.keyring_unavailable", 503},
    {ProblemCode::EpochUnknown, "sync.epoch_unknown", 409},
    {ProblemCode::CursorInvalid, "sync.cursor_invalid", 400},
    {ProblemCode::DeviceForked, "sync.device_forked", 409},
    {ProblemCode::Cancelled, "sync.cancelled", 409},
    {ProblemCode::ServerUnreachable, "transport.unreachable", 503},
    {ProblemCode::CertificateUntrusted, "transport.certificate_untrusted", 502},
    {ProblemCode::BadAnswer, "transport.bad_answer", 502},
    {ProblemCode::OffsetMismatch, "attachment.offset_mismatch", 409},
    {ProblemCode::ChecksumMismatch, "attachment.checksum_mismatch", 460},
    {ProblemCode::UploadVersion, "attachment.upload_version", 412},
    {ProblemCode::UploadMediaType, "attachment.upload_media_type", 415},
    {ProblemCode::QuotaExceeded, "attachment.quota_exceeded", 413},
    {ProblemCode::ContentMissing, "attachment.content_missing", 404},
    {ProblemCode::BundleDamaged, "bundle.damaged", 400},
    {ProblemCode::BundleNewer, "bundle.newer", 400},
    {ProblemCode::BundleOtherServer, "bundle.other_server", 409},
    {ProblemCode::BundleOtherDevice, "bundle.other_device", 409},
    {ProblemCode::BundleNoKeys, "bundle.no_keys", 409},
    {ProblemCode::FileUnreadable, "file.unreadable", 400},
    {ProblemCode::FileUnwritable, "file.unwritable", 500},
    {ProblemCode::CsvInvalid, "file.csv_invalid", 400},
    {ProblemCode::ConfigInvalid, "config.invalid", 500},
    {ProblemCode::PortInUse, "config.port_in_use", 500},
    {ProblemCode::UsageInvalid, "usage.invalid", 400},
    {ProblemCode::AlreadyExists, "usage.already_exists", 409},
    {ProblemCode::NotInitialised, "usage.not_initialised", 409},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < count; ++i)
    if (rows[i].code != static_cast<ProblemCode>(i)) return false;
  return true;
}
static_assert(in_order());

const Row& row(ProblemCode code) {
  return rows[static_cast<std::size_t>(code)];
}

/// The argument "reason" names a text that says more exactly what is wrong; it stands for {detail}.
std::string detail(text::Language language, const Problem& problem) {
  const auto reason = problem.arguments.find("reason");
  if (reason == problem.arguments.end() || !text::has(language, reason->second)) return {};
  return text::get(language, reason->second, problem.arguments);
}

std::string sentence(text::Language language, const Problem& problem, std::string_view part) {
  auto arguments = problem.arguments;
  if (!problem.where.empty()) arguments.try_emplace("where", problem.where);
  if (auto text = detail(language, problem); !text.empty()) arguments.try_emplace("detail", std::move(text));
  return text::get(language, "problem." + std::string(id(problem.code)) + "." + std::string(part), arguments);
}

}  // namespace

std::string_view id(ProblemCode code) {
  return row(code).id;
}

ProblemCode problem_code(std::string_view id) {
  for (const auto& row : rows)
    if (row.id == id) return row.code;
  return ProblemCode::Internal;
}

int http_status(ProblemCode code) {
  return row(code).status;
}

std::string Problem::what(text::Language language) const {
  auto out = sentence(language, *this, "what");
  if (const auto more = detail(language, *this); !more.empty() && out.find(more) == std::string::npos) {
    if (out.ends_with('.')) out.pop_back();
    out += ": " + more + ".";
  }
  if (where.empty() || out.find(where) != std::string::npos) return out;
  const bool full_stop = !out.empty() && out.back() == '.';
  if (full_stop) out.pop_back();
  return out + " (" + where + ")" + (full_stop ? "." : "");
}

std::string Problem::remedy(text::Language language) const {
  return sentence(language, *this, "do");
}

nlohmann::json Problem::to_json(text::Language language) const {
  nlohmann::json out{{"code", id(code)}, {"message", what(language)}, {"remedy", remedy(language)}};
  if (!where.empty()) out["where"] = where;
  if (!arguments.empty()) out["arguments"] = arguments;
  return out;
}

Problem Problem::from_json(const nlohmann::json& json) {
  Problem problem;
  if (!json.is_object()) return problem;
  if (const auto code = json.find("code"); code != json.end() && code->is_string())
    problem.code = problem_code(code->get<std::string>());
  if (const auto where = json.find("where"); where != json.end() && where->is_string())
    problem.where = where->get<std::string>();
  if (const auto arguments = json.find("arguments"); arguments != json.end() && arguments->is_object())
    for (const auto& [key, value] : arguments->items())
      if (value.is_string()) problem.arguments[key] = value.get<std::string>();
  return problem;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t most = 60;
  text = text.substr(0, most);
  // The library's own writer replaces what is not UTF-8, a character cut in two at the end included.
  const auto quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore);
  return nlohmann::json::parse(quoted).get<std::string>();
}

ProblemError::ProblemError(Problem problem)
    : problem_(std::move(problem)), what_(problem_.what(text::Language::English)) {}

}  // namespace anketa
