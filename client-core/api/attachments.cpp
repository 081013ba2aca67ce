// Files that hang on records.
#include "anketa/client.hpp"
#include "client-core/api/parts.hpp"
#include "client-core/sync/download_engine.hpp"
#include "client-core/sync/sync_tuning.hpp"
#include "client-core/sync/upload_engine.hpp"
#include "shared/record/sha256.hpp"

namespace anketa::client {
namespace {

constexpr const char* collection_name = "attachment";

std::string hash_of(const LocalRecord& attachment) {
  return string_or_empty(attachment.view.body, "sha256");
}

void need_log_in(ClientParts& parts) {
  guarded([&] {
    if (parts.need_account().refresh.empty()) throw ProblemError(ProblemCode::NotLoggedIn);
  });
}

LocalRecord need_attachment(ClientParts& parts, const Uuid& id) {
  auto record = need_record(parts, id);
  if (record.view.collection != collection_name) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return record;
}

AttachmentContent content_of(const BlobRow& blob) {
  switch (blob.state) {
    case BlobState::ToUpload:
      return AttachmentContent::ToUpload;
    case BlobState::Here:
    case BlobState::ToOffer:
      return AttachmentContent::Here;
    case BlobState::Arriving:
      break;
  }
  return AttachmentContent::Arriving;
}

const char* name(AttachmentContent content) {
  switch (content) {
    case AttachmentContent::Arriving:
      return "arriving";
    case AttachmentContent::ToUpload:
      return "to_upload";
    case AttachmentContent::Here:
      return "here";
    case AttachmentContent::Elsewhere:
      break;
  }
  return "elsewhere";
}

Json body_of(const RecordState& record, const AttachFile& file, const std::string& sha256) {
  Json body{{"record", record.id.text()},
            {"collection", record.collection},
            {"bytes", file.content.size()},
            {"sha256", sha256}};
  if (!file.name.empty()) body["name"] = file.name;
  if (!file.media_type.empty()) body["media_type"] = file.media_type;
  if (!file.field.empty()) body["field"] = file.field;
  return body;
}

}  // namespace

Uuid Client::attach(const Uuid& record, const AttachFile& file) {
  const auto owner = need(record);
  if (file.content.size() > tuning::max_attachment_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(tuning::max_attachment_bytes)}}, file.name);
  const auto id = Uuid::v7(parts_->environment);
  BlobRow blob;
  blob.scope = owner.view.scope;
  blob.sha256 = hex(sha256(file.content));
  blob.bytes = file.content.size();
  blob.name = file.name;
  blob.media_type = file.media_type;
  guarded([&] {
    Atomic atomic(parts_->store.database());
    parts_->store.blobs().put(blob, file.content);
    LocalEdits(parts_->store)
        .commit({id, collection_name, blob.scope, LocalEdits::creation(body_of(owner.view, file, blob.sha256))});
    atomic.commit();
  });
  parts_->changed({id});
  return id;
}

std::vector<AttachmentView> Client::attachments(const Uuid& record) const {
  const auto owner = need(record);
  std::vector<AttachmentView> all;
  for (auto& found : list(collection_name, owner.view.scope)) {
    if (string_or_empty(found.view.body, "record") != record.text()) continue;
    AttachmentView view;
    if (const auto blob = guarded([&] { return parts_->store.blobs().find(found.view.scope, hash_of(found)); })) {
      view.content = content_of(*blob);
      view.problem = blob->problem;
    }
    view.record = std::move(found);
    all.push_back(std::move(view));
  }
  return all;
}

std::string Client::attachment_content(const Uuid& attachment) const {
  const auto record = need_attachment(*parts_, attachment);
  return guarded([&] {
    const auto blob = parts_->store.blobs().find(record.view.scope, hash_of(record));
    if (!blob || blob->state == BlobState::Arriving) throw ProblemError(ProblemCode::ContentMissing);
    return parts_->store.blobs().read(*blob, 0, blob->bytes);
  });
}

std::unique_ptr<Engine> Client::upload_attachments(const SyncOptions& options) {
  need_log_in(*parts_);
  return std::make_unique<UploadEngine>(parts_->store, options.attempts.value_or(tuning::attempts),
                                        options.part_bytes.value_or(tuning::upload_part_bytes));
}

std::unique_ptr<Engine> Client::download_attachment(const Uuid& attachment) {
  need_log_in(*parts_);
  const auto record = need_attachment(*parts_, attachment);
  return std::make_unique<DownloadEngine>(parts_->store, record.view.scope, hash_of(record), tuning::attempts);
}

std::string Client::access_token() const {
  return guarded([&] {
    auto account = parts_->need_account();
    if (account.refresh.empty()) throw ProblemError(ProblemCode::NotLoggedIn);
    return std::move(account.access);
  });
}

Json to_json(const AttachmentView& attachment, text::Language language) {
  auto json = to_json(attachment.record);
  json["content"] = name(attachment.content);
  if (attachment.problem) json["problem"] = attachment.problem->to_json(language);
  return json;
}

}  // namespace anketa::client
