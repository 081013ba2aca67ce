#include "tools/anketa/exit_code.hpp"

namespace anketa::cli {

ExitCode exit_code(ProblemCode code) {
  using Code = ProblemCode;
  switch (code) {
    case Code::UsageInvalid:
      return ExitCode::Usage;
    case Code::BadCredentials:
    case Code::NotLoggedIn:
    case Code::TokenInvalid:
    case Code::TokenExpired:
    case Code::DeviceRevoked:
    case Code::Forbidden:
    case Code::OtherUser:
    case Code::WrongKey:
      return ExitCode::Access;
    case Code::ServerUnreachable:
    case Code::CertificateUntrusted:
    case Code::BadAnswer:
    case Code::Timeout:
    case Code::TooManyRequests:
    case Code::Unavailable:
    case Code::ProtocolTooOld:
    case Code::ProtocolTooNew:
      return ExitCode::Network;
    case Code::NotFound:
    case Code::RecordNotFound:
    case Code::NotInitialised:
      return ExitCode::NotFound;
    case Code::GateClosed:
    case Code::FormIncomplete:
    case Code::ConflictNotOpen:
    case Code::AlreadyExists:
    case Code::BundleNoKeys:
    case Code::OwnerNeeded:
    case Code::SecondOwner:
      return ExitCode::NotNow;
    case Code::DiskFull:
    case Code::DatabaseDamaged:
    case Code::DatabaseNewer:
    case Code::DatabaseInUse:
    case Code::FileUnwritable:
      return ExitCode::Store;
    case Code::Cancelled:
      return ExitCode::Interrupted;
    case Code::Internal:
      return ExitCode::Internal;
    default:
      return ExitCode::Invalid;
  }
}

}  // namespace anketa::cli
