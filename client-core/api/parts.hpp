// What a Client is made of. Private to client-core/api.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "anketa/client.hpp"
#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"
#include "client-core/store/store.hpp"

namespace anketa::client {

struct ClientParts {
  ClientParts(const OpenOptions& options, Environment& env) : environment(env), store(of(options), env) {}

  static StoreOptions of(const OpenOptions& options) {
    StoreOptions store;
    store.path = options.path;
    store.key = options.key;
    store.create = options.create;
    store.vfs = options.vfs;
    store.raw_key = options.raw_key;
    return store;
  }

  Environment& environment;
  ClientStore store;
  std::function<void(const Change&)> listener;
  /// An open Client::Batch, and what it has changed.
  std::optional<sqlite::Transaction> batch;
  std::vector<Uuid> batched;
  /// Loaded templates by hash.
  std::map<std::string, std::shared_ptr<const form::Form>, std::less<>> forms;

  void changed(std::vector<Uuid> records) {
    if (batch) {
      batched.insert(batched.end(), records.begin(), records.end());
    } else if (listener) {
      listener({Change::Source::Local, std::move(records)});
    }
  }

  AccountRow need_account() {
    auto account = store.device().account();
    if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
    return std::move(*account);
  }
};

/// The account whose team the edit is about; none for an edit of anything but an assignment.
std::optional<Scope> account_of_assignment(ClientParts& parts, const RecordEdit& edit);
/// Owners of the account in the user's view.
int count_owners(ClientParts& parts, const Scope& account);
/// Throws OwnerNeeded or SecondOwner where the account may not have come from so many to what it has now (R37).
void check_owners(ClientParts& parts, const Scope& account, int before);

/// Commits one edit and tells the listener. Throws what LocalEdits::commit() and check_owners() throw.
void commit(ClientParts& parts, RecordEdit edit);
/// Commits edits of different records as one atomic group: the server takes all or none. Those without ops are left
/// out.
void commit_together(ClientParts& parts, std::vector<RecordEdit> edits);
/// The edit that makes of the record what is wanted (merge::diff); without ops where it is that already.
RecordEdit edit_of(const LocalRecord& record, const Json& wanted);
/// The edit that makes a new record in a client's scope.
RecordEdit making(ClientParts& parts, std::string_view collection, const Scope& scope, Json body);

LocalRecord local_record(ClientStore& store, const RecordRow& row, RecordState view);
/// The record as the user sees it; none where it is unknown, hidden or deleted.
std::optional<LocalRecord> find_record(ClientParts& parts, const Uuid& id);
/// Throws RecordNotFound.
LocalRecord need_record(ClientParts& parts, const Uuid& id);
std::vector<LocalRecord> list_records(ClientParts& parts, std::string_view collection,
                                      const std::optional<Scope>& scope);

/// A template with its pin.
struct PinnedForm {
  std::shared_ptr<const form::Form> form;
  std::string id, version, hash;
};
/// The template of a form record, or the shipped one. Throws RecordNotFound, FormInvalid.
PinnedForm template_to_start(ClientParts& parts, const std::optional<Uuid>& form_record);
/// The template a questionnaire was begun with. Throws FormInvalid where it is not on the device.
PinnedForm template_of(ClientParts& parts, const Json& questionnaire_body);

/// What a fill session prefills from: {"dossier": …, "user": …}.
Json prefill_sources(ClientParts& parts, const Uuid& client, const AccountRow& account);
/// The source "range": {"news": […], "codes": "wifi video"}, for a talk on that day (R19).
Json range_source(ClientParts& parts, const Uuid& client, const std::string& talk_date, int offset_minutes,
                  std::string_view language);
/// Whether the client has confirmed every quality case of the questionnaire (R17).
bool case_confirmed(ClientParts& parts, const Uuid& client, const Uuid& questionnaire);

}  // namespace anketa::client
