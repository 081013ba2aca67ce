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

/// A GET route for each asset, and "/" for /index.html. The assets must live as long as the router.
void add_asset_routes(Router& router, std::span<const Asset> assets);

/// "text/html; charset=utf-8" for "x.html"; "application/octet-stream" for what it does not know.
std::string_view content_type_of(std::string_view path);

}  // namespace anketa::server::http
