// The one catalogue of problems: what can go wrong in a way that a person or a program could react to.
//
// A problem has a stable code for programs ("auth.bad_credentials"), an HTTP status that follows from the code, and
// two texts for people in each language: what went wrong and what to do ("problem.<code>.what", "problem.<code>.do").
// A code exists only if a caller could react to it; everything else is Internal and is logged with its cause.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "shared/text/text.hpp"

namespace anketa {

enum class ProblemCode {
  Internal,
  // Requests
  MalformedJson,
  TooDeep,
  TooLarge,
  BadRequest,
  NotFound,
  MethodNotAllowed,
  UnsupportedEncoding,
  Timeout,
  TooManyRequests,
  Unavailable,
  ProtocolTooOld,
  ProtocolTooNew,
  // Who you are
  BadCredentials,
  NotLoggedIn,
  TokenInvalid,
  TokenExpired,
  DeviceRevoked,
  Forbidden,
  // Records
  UnknownCollection,
  WrongType,
  InvalidValue,
  RequiredMissing,
  ReadOnlyField,
  IllegalTransition,
  RecordNotFound,
  ConflictNotOpen,
  ChainParked,
  GroupTooLarge,
  OwnerNeeded,
  SecondOwner,
  // Forms
  FormInvalid,
  ExpressionInvalid,
  AnswerInvalid,
  GateClosed,
  FormIncomplete,
  // Stores
  DiskFull,
  DatabaseDamaged,
  WrongKey,
  DatabaseNewer,
  DatabaseInUse,
  OtherUser,
  KeyringUnavailable,
  EpochUnknown,
  CursorInvalid,
  DeviceForked,
  Cancelled,
  // Transport
  ServerUnreachable,
  CertificateUntrusted,
  BadAnswer,
  // Attachments
  OffsetMismatch,
  ChecksumMismatch,
  UploadVersion,
  UploadMediaType,
  QuotaExceeded,
  ContentMissing,
  // Sync by file
  BundleDamaged,
  BundleNewer,
  BundleOtherServer,
  BundleOtherDevice,
  BundleNoKeys,
  // Files, configuration, start
  FileUnreadable,
  FileUnwritable,
  CsvInvalid,
  ConfigInvalid,
  PortInUse,
  UsageInvalid,
  AlreadyExists,
  NotInitialised,
  Count
};

/// The stable code for programs: "auth.bad_credentials".
std::string_view id(ProblemCode code);
/// The code with that id; Internal where a newer peer sends one unknown here.
ProblemCode problem_code(std::string_view id);
int http_status(ProblemCode code);

/// One thing that went wrong: code, arguments for its texts, and where (a path, row, column or file), if known.
struct Problem {
  ProblemCode code = ProblemCode::Internal;
  /// Fill the texts. "reason" is special: the key of a text that tells more exactly what is wrong.
  text::Arguments arguments;
  /// Where: "answers/nps", "survey row 12, relevant", a file name. For people and programs; never personal data.
  std::string where;

  /// What went wrong, as a sentence.
  std::string what(text::Language language) const;
  /// What to do about it, as a sentence.
  std::string remedy(text::Language language) const;
  /// {code, where, arguments, message, remedy}: the body of every error answer.
  nlohmann::json to_json(text::Language language) const;
  static Problem from_json(const nlohmann::json& json);
};

/// The beginning of a text, for a problem's arguments: at most 60 bytes, whole characters, valid UTF-8 whatever comes.
std::string excerpt(std::string_view text);

/// Throws a problem through code that cannot go on. what() is the English text.
class ProblemError : public std::exception {
 public:
  explicit ProblemError(Problem problem);
  explicit ProblemError(ProblemCode code, text::Arguments arguments = {}, std::string where = {})
      : ProblemError(Problem{code, std::move(arguments), std::move(where)}) {}
  const Problem& problem() const noexcept { return problem_; }
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  Problem problem_;
  std::string what_;
};

}  // namespace anketa
