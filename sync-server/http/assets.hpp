// Files of a web page that are compiled into the program (see anketa_embed_assets in tools/cmake/EmbedAssets.cmake).
//
// Each is served with an ETag, compressed once, and revalidated by browsers; what lies under /assets/ has a hash of its
// content in its name (Vite's habit) and may be cached for ever.
#pragma once

#include <span>
#include <string_view>

#include "sync-server/http/router.hpp"

namespace anketa::server::http {

struct Asset {
  /// "/index.html", "/assets/main-3f2a.js".
  std::string_view path;
  std::string_view content;
};

struct AssetOptions {
  /// Where the page lives: "" or "/app". What is there goes to its folder, "/app" to "/app/".
  std::string prefix;
  /// Content-Security-Policy of its documents and scripts (a Worker has the policy of its own script); empty: the
  /// server's own for documents.
  std::string policy;
};

/// A GET route for each asset, and "/" for /index.html, below the prefix. The assets must live as long as the router.
void add_asset_routes(Router& router, std::span<const Asset> assets, const AssetOptions& options = {});

/// "text/html; charset=utf-8" for "x.html"; "application/octet-stream" for what it does not know.
std::string_view content_type_of(std::string_view path);

}  // namespace anketa::server::http
