#include "sync-server/bundle/server_keys.hpp"

#include <filesystem>

#include "shared/problem/problem.hpp"
#include "sync-server/system/files.hpp"

namespace anketa::server {

bundle::KeySet server_keys(const std::string& folder, Environment& environment) {
  const auto path = (std::filesystem::path(folder) / "bundle.key").string();
  if (!std::filesystem::exists(path)) {
    auto keys = bundle::make_keys(environment);
    write_private_file(path, keys.sign_secret + keys.box_secret);
    return keys;
  }
  const auto secrets = read_file(path);
  if (secrets.size() != 2 * bundle::secret_bytes)
    throw ProblemError(ProblemCode::FileUnreadable, {{"path", path}}, path);
  return bundle::keys_from(secrets.substr(0, bundle::secret_bytes), secrets.substr(bundle::secret_bytes));
}

}  // namespace anketa::server
