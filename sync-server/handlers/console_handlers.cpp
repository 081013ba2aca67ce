#include "sync-server/handlers/console_handlers.hpp"

#include "sync-server/http/assets.hpp"

namespace anketa::server {

/// Made at build time from sync-server/console/dist.
std::span<const http::Asset> console_assets();

void add_console_routes(http::Router& router) {
  if (const auto assets = console_assets(); !assets.empty()) {
    http::add_asset_routes(router, assets);
    return;
  }
  router.add("GET", "/", [](http::Request& request) {
    auto page = http::Response::text(text::get(request.language(), "server.no_console"));
    page.content_type = "text/plain; charset=utf-8";
    return page;
  });
}

}  // namespace anketa::server
