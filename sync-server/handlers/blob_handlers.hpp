// Uploads by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload) at /v1/uploads, downloads at
// /v1/blobs/{scope}/{sha256}; docs/protocol.md, "Attachments".
#pragma once

#include "sync-server/blobs/blob_store.hpp"
#include "sync-server/handlers/services.hpp"

namespace anketa::server {

/// Services and blobs outlive the router.
void add_upload_routes(http::Router& router, Services& services, BlobStore& blobs);
void add_download_routes(http::Router& router, Services& services, BlobStore& blobs);
inline void add_blob_routes(http::Router& router, Services& services, BlobStore& blobs) {
  add_upload_routes(router, services, blobs);
  add_download_routes(router, services, blobs);
}

}  // namespace anketa::server
