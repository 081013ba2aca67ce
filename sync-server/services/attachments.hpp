// Who may put an attachment's bytes into a scope, and who may have them (docs/protocol.md, "Attachments").
//
// Rules over records and grants; no files, no HTTP. Thread safety: as the Reader that is given.
#pragma once

#include <string_view>

#include "sync-server/services/access.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Whoever may make attachment records in the scope may bring their bytes; so may the author of such a record that
/// names this content, who has lost the scope since (R34). Throws NotFound where the scope is none of his at all, and
/// Forbidden where he may only read it.
void require_upload(Reader& reader, const Author& author, const Scope& scope, std::string_view sha256);

/// A record in the scope names the content, and the author sees it: its `sha256`, and, where the attachment belongs to
/// a field of another record, that field (R36). Knowing the hash gives nothing.
bool may_download(Reader& reader, const Author& author, const Scope& scope, std::string_view sha256);

}  // namespace anketa::server
