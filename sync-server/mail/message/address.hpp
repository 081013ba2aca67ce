// Addresses of e-mail. Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::server::mail {

/// A person's address: "Анна Ковалёва <anna@firma.example>".
struct Address {
  std::string name;
  std::string mailbox;
};

/// Reads "anna@firma.example" or "Name <anna@firma.example>"; nullopt for anything else. ASCII mailboxes only: others
/// need SMTPUTF8, which not every server speaks.
std::optional<Address> parse_address(std::string_view text);

/// A recipient as the settings name one: an address, and the language he reads where it is not the one of all:
/// "anna@firma.example", "Anna <anna@firma.example> en".
struct Recipient {
  Address address;
  /// "ru", "en", or empty.
  std::string language;
};

/// Recipients with commas between them; nullopt where one of them is none.
std::optional<std::vector<Recipient>> parse_recipients(std::string_view text);

}  // namespace anketa::server::mail
