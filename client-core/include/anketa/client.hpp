// The client of Anketa: an offline store of a rep's records, questionnaires to fill, and sync.
//
// Model: a Client is one open database file, encrypted, of one user on one device. Every call that changes something
// has committed it durably when it returns; a killed program loses nothing. Reads show the user's own view: what the
// server had at the last sync, with everything he has changed since on top. Sync is by engines (anketa/sync.hpp) that
// the caller executes; anketa_client_transport has an executor over HTTPS.
// Failures throw ProblemError: DiskFull (nothing was changed), WrongKey, DatabaseInUse, DatabaseNewer, DatabaseDamaged,
// and for bad values what the schema says (RequiredMissing, WrongType, InvalidValue …), by the server's own rules.
// Thread safety: one thread at a time, engines and interviews of the client included.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anketa/records.hpp"
#include "anketa/sync.hpp"
#include "shared/form/fill_session.hpp"
#include "shared/programme/brief.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/record_state.hpp"
#include "shared/record/role.hpp"

namespace anketa::client {

struct OpenOptions {
  /// The database file. A second one, with "-wal" appended, lives beside it while it is open.
  std::string path;
  /// Encryption key, any bytes (client-core/keyring makes and keeps it). Empty: not encrypted, for tests.
  std::string key;
  /// Make the file where there is none; otherwise that is NotInitialised.
  bool create = false;
  /// Name of the SQLite VFS; empty: the default one.
  std::string vfs;
  /// The key is 32 random bytes and is used as it is, which opens quicker. A file opens the way it was made.
  bool raw_key = false;
};

/// Who is logged in.
struct Account {
  Uuid user;
  std::string login;
  std::string name;
  Role role = Role::Rep;
  /// Address the user logged in at: "https://anketa.example:8443".
  std::string server;
};

struct Status {
  std::optional<Account> account;
  Uuid device;
  /// Mutations the server has not confirmed, and the records they change.
  std::uint64_t unsynced = 0;
  std::uint64_t unsynced_records = 0;
  /// Of these: refused by the server and waiting for the user, kept by the server until others arrive.
  std::uint64_t parked = 0;
  std::uint64_t waiting = 0;
  std::uint64_t open_conflicts = 0;
  /// Contents of attachments that are on this device alone.
  std::uint64_t attachments_to_upload = 0;
  std::uint64_t records = 0;
  /// End of the last complete sync.
  std::optional<Instant> last_sync;
};

/// Told after a commit: what the user's view may show differently now.
struct Change {
  enum class Source { Local, Sync } source = Source::Local;
  std::vector<Uuid> records;
};

/// How a questionnaire is being filled in.
struct FillOptions {
  std::string language = "ru";
  /// Minutes east of UTC where the rep is.
  int offset_minutes = 180;
  /// Template to start with (the newest version of that form on the device, by its id); none: the shipped one.
  std::optional<Uuid> form;
};

struct LogIn {
  /// "https://host[:port]".
  std::string server;
  std::string login;
  std::string password;
  /// As the device calls itself: "Ноутбук Анны".
  std::string device_name;
};

struct SyncOptions {
  /// Attempts of one request before the engine gives up; none: as tuned for a person who waits.
  std::optional<int> attempts;
  /// Bytes of a content in one request of an upload; none: as tuned.
  std::optional<std::uint64_t> part_bytes = {};
};

class Interview;
struct ClientParts;

class Client {
 public:
  /// `environment` must outlive the client.
  static std::unique_ptr<Client> open(const OpenOptions& options, Environment& environment);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Account

  std::optional<Account> account() const;
  /// Engine that logs in and binds the store to that user. A store that holds another user's records refuses with
  /// OtherUser: it takes a new file.
  std::unique_ptr<Engine> log_in(const LogIn& log_in);
  /// Forgets the tokens at once; records and unsynced edits stay.
  void log_out();
  /// The same, and gives the engine that ends the session at the server. Should it fail or never run, the device is
  /// logged out all the same, and the session ends when its refresh token runs out.
  std::unique_ptr<Engine> log_out_at_server();

  // Records

  std::optional<LocalRecord> get(const Uuid& id) const;
  /// Throws RecordNotFound.
  LocalRecord need(const Uuid& id) const;
  /// Records of a collection, of one scope or of all, those not deleted, in the order they came to be.
  std::vector<LocalRecord> list(std::string_view collection, const std::optional<Scope>& scope = {}) const;
  /// Calls visit for each, without holding them all; stops when it returns false. visit may not change records.
  void each(std::string_view collection, const std::optional<Scope>& scope,
            const std::function<bool(const LocalRecord&)>& visit) const;

  /// Makes a record. `scope`: the client it belongs to; a record of collection "client" is its own scope, one of a
  /// company collection is in the company's, and for both it is ignored. Lists may be given with own item ids.
  Uuid create(std::string_view collection, const Scope& scope, const Json& body, std::optional<Uuid> id = {});
  /// Changes what differs between the view and `wanted` (see merge::diff); gives the number of ops, 0: no change.
  std::size_t edit(const Uuid& id, const Json& wanted);
  /// Exact ops; their `over` is filled in from the view.
  void apply(const Uuid& id, std::vector<Op> ops);
  void remove(const Uuid& id);

  /// Everything changed during a Batch is committed together, by commit(); without it, nothing. For imports: one
  /// durable commit instead of thousands.
  class Batch {
   public:
    explicit Batch(Client& client);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    void commit();

   private:
    Client& client_;
    bool open_ = true;
  };

  // Clients

  /// Clients by words of their searchable fields or those of their contacts; word forms and ё/е do not matter. An
  /// empty query gives all. Best first.
  std::vector<LocalRecord> search_clients(std::string_view query, int limit = 100) const;
  /// Records of any collection by their searchable fields.
  std::vector<LocalRecord> search(std::string_view query, std::string_view collection, int limit = 100) const;
  /// A client and everything that hangs on it. Throws RecordNotFound.
  ClientCard client_card(const Uuid& client) const;

  // The dossier (R30, R31, R37)

  /// The page to read before a meeting, from what the device holds. Throws RecordNotFound.
  programme::Brief brief(const Uuid& client, int offset_minutes) const;
  /// When each part of each dossier is to be revised, of one client or of all; the most pressing first.
  std::vector<PartRevision> revisions(programme::Day today, const std::optional<Uuid>& client = {}) const;
  /// A new client with its owner, in one group. Throws what create() throws.
  Uuid create_client(const Json& body, const Uuid& owner);
  /// Makes a user the one owner of an account: in one group with the end of whoever was it, or his staying as a member.
  /// Throws RecordNotFound; Forbidden by the schema's rules at the next sync for who is no lead.
  void assign_owner(const Uuid& client, const Uuid& user, bool keep_former_as_member = false);
  /// Ends an assignment. The owner's does not end but by another owner: throws OwnerNeeded (never none, R37).
  void end_assignment(const Uuid& assignment);

  // Questionnaires (R6, R13, R18)

  /// Begins a questionnaire with prefilled answers. Throws RecordNotFound for an unknown client.
  Interview start_questionnaire(const Uuid& client, const FillOptions& options);
  /// Opens one to go on with. A paused one opens at its resume point once its case is confirmed. Throws RecordNotFound,
  /// FormInvalid where the template of its version is not on the device.
  Interview open_questionnaire(const Uuid& questionnaire, const FillOptions& options);

  // Conflicts

  /// Open conflicts whose sides the user has not settled yet, of one record or of all.
  std::vector<ConflictView> conflicts(const std::optional<Uuid>& record = {}) const;
  /// Settles a conflict with a value (null: the cell, item or record is to go), consuming all its open sides.
  /// Throws RecordNotFound, ConflictNotOpen.
  void resolve(const Uuid& conflict, const Json& value);
  /// Settles it with the value of one of its sides.
  void resolve_with_side(const Uuid& conflict, std::size_t side);

  // Parked edits

  std::vector<ParkedEdit> parked() const;
  /// Makes the parked edits of a record anew, to be pushed again: after the reason has gone. What was edited in one step
  /// with them is made anew with them.
  void retry_parked(const Uuid& record);
  /// Gives them up, with what was edited in one step with them. The server keeps them in its journal, the record shows the server's state again.
  void dismiss_parked(const Uuid& record);

  // Attachments

  /// Attaches a file: makes the record and queues the content, in one commit. Throws RecordNotFound, TooLarge beyond
  /// 256 MiB, and what create() throws.
  Uuid attach(const Uuid& record, const AttachFile& file);
  /// Of one record, in the order they came to be.
  std::vector<AttachmentView> attachments(const Uuid& record) const;
  /// The bytes. Throws RecordNotFound; ContentMissing where they are not on the device: download_attachment() first.
  std::string attachment_content(const Uuid& attachment) const;
  /// Uploads every queued content; after a sync, for the server judges by the records. Throws NotLoggedIn.
  std::unique_ptr<Engine> upload_attachments(const SyncOptions& options = {});
  /// Fetches one content to the device. Throws RecordNotFound, NotLoggedIn.
  std::unique_ptr<Engine> download_attachment(const Uuid& attachment);

  // Sync

  /// For a live connection: the token a request would carry now. A sync renews it. Throws NotLoggedIn.
  std::string access_token() const;
  Status status() const;
  /// Throws NotLoggedIn.
  std::unique_ptr<Engine> sync(const SyncOptions& options = {});
  /// Reads from the server's reading API ("/v1/results/overview"); `take` gets the body of a good answer before Done.
  /// Throws NotLoggedIn.
  std::unique_ptr<Engine> read(std::string path, std::function<void(std::string body)> take);
  /// The same with another method, for what is asked for by its path alone ("POST", "/v1/calendar") and may be asked
  /// for twice.
  std::unique_ptr<Engine> request(std::string method, std::string path, std::function<void(std::string body)> take);
  /// One listener; an empty function removes it.
  void on_change(std::function<void(const Change&)> listener);

  /// For Interview and the C API.
  ClientParts& parts() const noexcept { return *parts_; }

 private:
  explicit Client(std::unique_ptr<ClientParts> parts);
  std::unique_ptr<ClientParts> parts_;
};

/// A questionnaire being filled in. Each answer given to session() is committed before the call returns.
/// Must not outlive its Client.
class Interview {
 public:
  const Uuid& questionnaire() const noexcept { return questionnaire_; }
  const Uuid& client() const noexcept { return client_; }
  form::FillSession& session() noexcept { return *session_; }
  const form::FillSession& session() const noexcept { return *session_; }
  /// Prefilled values that did not fit their questions.
  const std::vector<Problem>& prefill_problems() const noexcept;

  /// Answers and tells the session the time. Same as session().answer with the clock kept right.
  std::optional<Problem> answer(std::string_view path, const Json& value);
  /// Goes on with a paused questionnaire where it stopped: stores the transition to "resumed". GateClosed while the
  /// client has not confirmed the repair.
  std::optional<Problem> resume();
  /// Completes or pauses it, as the gate says, and stores status and resume point. Pausing opens a quality case with
  /// the recorded complaints in the same atomic group.
  form::FinishOutcome finish();

 private:
  friend class Client;
  friend struct InterviewMaker;
  struct Collected;
  Interview() = default;
  /// The body of the quality case that the questionnaire opens as it stands (R13).
  Json case_body(const form::LocalTime& now) const;

  ClientParts* parts_ = nullptr;
  std::shared_ptr<const form::Form> form_;
  Uuid questionnaire_;
  Uuid client_;
  int offset_minutes_ = 0;
  /// Ops of the session that are to be committed together with others.
  std::shared_ptr<Collected> collected_;
  std::unique_ptr<form::FillSession> session_;
};

}  // namespace anketa::client
