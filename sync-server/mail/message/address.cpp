#include "sync-server/mail/message/address.hpp"

#include <algorithm>

namespace anketa::server::mail {
namespace {

bool is_atom(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool is_mailbox(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
  const auto domain = text.substr(at + 1);
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), is_atom) && domain.front() != '.' &&
         domain.back() != '.' &&
         std::all_of(domain.begin(), domain.end(), [](char c) { return is_atom(c) && c != '/'; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Takes a language from the end of "address language".
std::string take_language(std::string_view& text) {
  for (const std::string_view language : {" ru", " en"})
    if (text.ends_with(language)) {
      text.remove_suffix(language.size());
      return std::string(language.substr(1));
    }
  return {};
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }))
    return std::nullopt;
  text = trimmed(text);
  Address address;
  if (!text.empty() && text.back() == '>') {
    const auto open = text.rfind('<');
    if (open == std::string_view::npos) return std::nullopt;
    auto name = trimmed(text.substr(0, open));
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    address.name = name;
    text = text.substr(open + 1, text.size() - open - 2);
  }
  if (!is_mailbox(text)) return std::nullopt;
  address.mailbox = text;
  return address;
}

std::optional<std::vector<Recipient>> parse_recipients(std::string_view text) {
  std::vector<Recipient> all;
  while (!trimmed(text).empty()) {
    const auto comma = std::min(text.find(','), text.size());
    auto one = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    auto language = take_language(one);
    auto address = parse_address(one);
    if (!address) return std::nullopt;
    all.push_back({std::move(*address), std::move(language)});
  }
  return all;
}

}  // namespace anketa::server::mail
