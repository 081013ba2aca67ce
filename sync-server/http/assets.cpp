#include "sync-server/http/assets.hpp"

#include <array>
#include <mutex>

#include "shared/compression/compression.hpp"
#include "shared/record/sha256.hpp"

namespace anketa::server::http {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
}};

/// Assets are compressed once, so the level may be high.
constexpr int asset_gzip_level = 9;
constexpr int asset_zstd_level = 12;

bool is_packed_already(std::string_view type) {
  return (type.starts_with("image/") && !type.starts_with("image/svg")) || type.starts_with("font/");
}

/// What the browser runs under a policy of its own.
bool is_code(std::string_view type) {
  return type.starts_with("text/html") || type.starts_with("text/javascript");
}

/// One asset in the forms that clients take; compressed when first asked for.
class ServedAsset {
 public:
  ServedAsset(const Asset& asset, std::string policy)
      : asset_(asset),
        type_(content_type_of(asset.path)),
        tag_(hex(sha256(asset.content)).substr(0, 20)),
        policy_(is_code(type_) ? std::move(policy) : std::string()) {}

  Response respond(const Request& request) {
    const auto encoding =
        is_packed_already(type_) ? Encoding::Identity : negotiate_encoding(request.header("accept-encoding"));
    // Each form has a tag of its own, since their bytes differ.
    const auto tag = "\"" + tag_ + "-" + std::string(id(encoding)) + "\"";
    Response response;
    response.content_type = type_;
    response.headers = {{"ETag", tag}, {"Vary", "Accept-Encoding"}};
    response.headers.emplace_back("Cache-Control", asset_.path.starts_with("/assets/")
                                                       ? "public, max-age=31536000, immutable"
                                                       : "public, no-cache");
    if (!policy_.empty()) response.headers.emplace_back("Content-Security-Policy", policy_);
    if (request.header("if-none-match").find(tag) != std::string_view::npos) {
      response.status = 304;
      return response;
    }
    response.static_body = content(encoding);
    // Named even where it is identity, so that nobody compresses it again.
    response.content_encoding = id(encoding);
    return response;
  }

 private:
  std::string_view content(Encoding encoding) {
    if (encoding == Encoding::Identity) return asset_.content;
    auto& packed = encoding == Encoding::Zstd ? zstd_ : gzip_;
    std::call_once(packed.once, [&] {
      packed.bytes =
          compress(encoding, asset_.content, encoding == Encoding::Zstd ? asset_zstd_level : asset_gzip_level);
    });
    return packed.bytes;
  }

  struct Packed {
    std::once_flag once;
    std::string bytes;
  };
  Asset asset_;
  std::string_view type_;
  std::string tag_;
  std::string policy_;
  Packed gzip_;
  Packed zstd_;
};

}  // namespace

std::string_view content_type_of(std::string_view path) {
  for (const auto& [suffix, type] : types)
    if (path.ends_with(suffix)) return type;
  return "application/octet-stream";
}

void add_asset_routes(Router& router, std::span<const Asset> assets, const AssetOptions& options) {
  for (const auto& asset : assets) {
    auto served = std::make_shared<ServedAsset>(asset, options.policy);
    const auto respond = [served](Request& request) { return served->respond(request); };
    router.add("GET", options.prefix + std::string(asset.path), respond);
    if (asset.path != "/index.html") continue;
    router.add("GET", options.prefix + "/", respond);
    if (options.prefix.empty()) continue;
    router.add("GET", options.prefix, [to = options.prefix + "/"](Request&) {
      Response response;
      response.status = 308;
      return std::move(response).with_header("Location", to);
    });
  }
}

}  // namespace anketa::server::http
