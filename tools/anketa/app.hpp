// What every command of `anketa` shares: options, language, output, the local store and the way to the server.
//
// Model: the home folder holds one encrypted store (anketa.db), the certificate to trust (ca.pem) and the places where
// interviews stopped (places.json). With --json a command prints exactly one JSON value to standard output, an error
// being {"error": {...}}; everything for people goes to standard error or stays away. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "anketa/client.hpp"
#include "client-core/transport/transport.hpp"
#include "shared/text/text.hpp"
#include "tools/anketa/exit_code.hpp"
#include "tools/terminal/terminal.hpp"

namespace anketa::cli {

struct GlobalOptions {
  std::string home;
  std::string language;
  bool json = false;
  std::string passphrase_file;
  bool keyring = false;
};

class App {
 public:
  App();
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  GlobalOptions options;
  Terminal terminal;

  /// By --lang, ANKETA_LANG, or the locale; Russian where none of them says English.
  text::Language language() const;
  void set_language_from(int count, const char* const* arguments);
  /// A text of the table "cli".
  std::string say(std::string_view key, const text::Arguments& arguments = {}) const;
  std::string counted(std::string_view key, std::uint64_t count) const;

  /// The command's answer for programs (--json) or, by `people`, for people.
  ExitCode answer(const Json& json, const std::function<void()>& people, ExitCode code = ExitCode::Done) const;
  /// Tells of a problem; gives the exit code it means.
  ExitCode fail(const Problem& problem) const;

  std::string home() const;
  std::string file(std::string_view name) const;
  Environment& environment() { return *environment_; }
  /// Opens the store. Throws NotLoggedIn where there is none, unless it may be made.
  client::Client& client(bool create = false);
  /// Connection to the server of the account (or the given one). Connects with the first request.
  client::Transport& transport(const std::string& server = {});
  /// How that server is reached.
  client::BeastOptions way(const std::string& server = {});
  /// GET on the reading API; the answer's JSON. Throws ProblemError.
  Json read(const std::string& path);
  /// Another method without a body; null for an empty answer. Throws ProblemError.
  Json request(const std::string& method, const std::string& path);

  /// "10.06.2025 12:30", by the machine's own clock.
  std::string local_time(Instant at) const;
  /// "10.06.2025" for "2025-06-10" where people read Russian.
  std::string local_date(std::string_view date) const;
  /// Minutes east of UTC.
  int offset_minutes() const;
  /// A text of a choice or status ("cli.<table>.<id>"), or the id where there is none.
  std::string named(std::string_view table, std::string_view id) const;
  std::string user_name(const Uuid& user);
  std::string money(const Json& minor_units) const;
  /// A service as our range names it; the code where the range does not know it.
  std::string service_name(const std::string& code);
  /// What people call a field of a record ("contract/sites") and a value of its choice; the id where there is none.
  std::string field_label(std::string_view collection, std::string_view field) const;
  std::string value_label(std::string_view collection, std::string_view field, std::string_view value) const;
  /// Today, by the machine's own clock: "2025-06-10".
  std::string today() const;

 private:
  /// What a text table of records calls it.
  std::string label(const std::string& key, std::string_view otherwise) const;

  std::unique_ptr<Environment> environment_;
  std::unique_ptr<client::Client> client_;
  std::unique_ptr<client::Transport> transport_;
};

/// A whole file, or standard input for "-". Throws ProblemError(FileUnreadable, TooLarge).
std::string read_file(const std::string& path, std::size_t max_bytes = std::size_t{64} << 20);
/// Replaces a file at once: it is never seen half written. Throws ProblemError(FileUnwritable, DiskFull).
void write_file(const std::string& path, std::string_view content);

}  // namespace anketa::cli
