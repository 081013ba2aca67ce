#include "shared/bundle/bundle.hpp"

#include "shared/bundle/crypto.hpp"
#include "shared/bundle/packing.hpp"
#include "shared/problem/problem.hpp"
#include "shared/record/sha256.hpp"

namespace anketa::bundle {
namespace {

constexpr std::string_view magic = "ANKETAB\n";
constexpr std::size_t size_bytes = 4;
constexpr std::size_t max_header = 4096;
constexpr int version = 1;

[[noreturn]] void damaged() {
  throw ProblemError(ProblemCode::BundleDamaged);
}

std::string_view name(Kind kind) {
  return kind == Kind::Push ? "push" : "answer";
}

std::string salt(std::string_view ephemeral, std::string_view recipient) {
  return std::string(ephemeral) + std::string(recipient);
}

std::string purpose(Kind kind) {
  return "anketa bundle 1 " + std::string(name(kind));
}

/// The parts of a file, by their bytes.
struct Parts {
  /// Magic, size and header: what is bound to the text.
  std::string_view head;
  std::string_view json;
  std::string_view sealed;
  std::string_view is_signed;
  std::string_view signature;
};

Parts split(std::string_view file) {
  constexpr auto least = magic.size() + size_bytes + crypto::tag_bytes + crypto::signature_bytes;
  if (file.size() < least || file.substr(0, magic.size()) != magic) damaged();
  std::size_t size = 0;
  for (std::size_t i = 0; i < size_bytes; ++i) size = size << 8 | static_cast<unsigned char>(file[magic.size() + i]);
  if (size > max_header || file.size() < least + size) damaged();
  const auto begin = magic.size() + size_bytes;
  const auto end = file.size() - crypto::signature_bytes;
  return {file.substr(0, begin + size), file.substr(begin, size), file.substr(begin + size, end - begin - size),
          file.substr(0, end), file.substr(end)};
}

/// The header with what only open() needs.
struct FullHeader {
  Header header;
  std::string ephemeral;
};

FullHeader read(const Parts& parts) {
  const auto json = Json::parse(parts.json, nullptr, false);
  if (!json.is_object() || !json.contains("v") || !json["v"].is_number_integer()) damaged();
  if (json["v"].get<int>() > version) throw ProblemError(ProblemCode::BundleNewer);
  FullHeader full;
  const auto kind = string_or_empty(json, "kind");
  const auto device = Uuid::parse(string_or_empty(json, "device"));
  full.header.recipient = string_or_empty(json, "to");
  full.ephemeral = protocol::bytes_of_hex(string_or_empty(json, "key"));
  if (!device || (kind != name(Kind::Push) && kind != name(Kind::Answer)) || full.ephemeral.size() != secret_bytes)
    damaged();
  full.header.kind = kind == name(Kind::Push) ? Kind::Push : Kind::Answer;
  full.header.device = *device;
  return full;
}

std::string head_of(const Header& header, std::string_view ephemeral) {
  const auto json = canonical({{"v", version},
                               {"kind", name(header.kind)},
                               {"device", header.device.text()},
                               {"to", header.recipient},
                               {"key", protocol::hex_of_bytes(ephemeral)}});
  std::string head(magic);
  for (std::size_t i = size_bytes; i-- > 0;)
    head += static_cast<char>(static_cast<unsigned char>(json.size() >> 8 * i));
  return head + json;
}

}  // namespace

KeySet keys_from(std::string sign_secret, std::string box_secret) {
  if (sign_secret.size() != secret_bytes || box_secret.size() != secret_bytes) damaged();
  KeySet keys{std::move(sign_secret), std::move(box_secret), {}};
  keys.shown = {crypto::sign_public(keys.sign_secret), crypto::box_public(keys.box_secret)};
  return keys;
}

KeySet make_keys(Environment& environment) {
  std::string sign(secret_bytes, '\0'), box(secret_bytes, '\0');
  for (auto* secret : {&sign, &box}) environment.random(std::as_writable_bytes(std::span(*secret)));
  return keys_from(std::move(sign), std::move(box));
}

std::string fingerprint(std::string_view public_key) {
  return hex(sha256(public_key)).substr(0, 16);
}

std::string seal(Kind kind, const Uuid& device, std::string_view payload, const KeySet& sender,
                 std::string_view recipient_box, Environment& environment) {
  if (payload.size() > max_bytes) throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(max_bytes)}});
  std::string once(secret_bytes, '\0');
  environment.random(std::as_writable_bytes(std::span(once)));
  const auto ephemeral = crypto::box_public(once);
  const auto key = crypto::agree(once, recipient_box, salt(ephemeral, recipient_box), purpose(kind));
  if (!key) throw ProblemError(ProblemCode::BundleNoKeys);
  auto file = head_of({kind, device, fingerprint(recipient_box)}, ephemeral);
  file += crypto::encrypt(*key, file, pack(payload));
  return file + crypto::sign(sender.sign_secret, file);
}

Header read_header(std::string_view file) {
  return read(split(file)).header;
}

std::string open(std::string_view file, const KeySet& recipient, std::string_view sender_sign) {
  const auto parts = split(file);
  const auto full = read(parts);
  if (!crypto::verify(sender_sign, parts.is_signed, parts.signature)) damaged();
  const auto key = crypto::agree(recipient.box_secret, full.ephemeral, salt(full.ephemeral, recipient.shown.box),
                                 purpose(full.header.kind));
  const auto text = key ? crypto::decrypt(*key, parts.head, parts.sealed) : std::nullopt;
  if (!text) damaged();
  return unpack(*text, max_bytes);
}

std::vector<std::string_view> lines(std::string_view payload) {
  std::vector<std::string_view> all;
  for (std::size_t from = 0; from < payload.size();) {
    const auto end = std::min(payload.find('\n', from), payload.size());
    if (end > from) all.push_back(payload.substr(from, end - from));
    from = end + 1;
  }
  return all;
}

}  // namespace anketa::bundle
