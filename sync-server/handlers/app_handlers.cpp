#include "sync-server/handlers/app_handlers.hpp"

#include "sync-server/http/assets.hpp"

namespace anketa::server {
namespace {

/// As the console's, and WebAssembly; pictures that the app itself makes are blobs.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

}  // namespace

/// Made at build time from client-core/app/dist.
std::span<const http::Asset> app_assets();

void add_app_routes(http::Router& router) {
  if (const auto assets = app_assets(); !assets.empty()) {
    http::add_asset_routes(router, assets, {"/app", std::string(policy)});
    return;
  }
  router.add("GET", "/app/", [](http::Request& request) {
    auto page = http::Response::text(text::get(request.language(), "server.no_app"));
    page.content_type = "text/plain; charset=utf-8";
    return page;
  });
}

}  // namespace anketa::server
