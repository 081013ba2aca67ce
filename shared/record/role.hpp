// What a person may do is decided by role; the schema and the server's handlers both ask for it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace anketa {

enum class Role { Rep, Service, Lead, Manager, Admin };

inline constexpr std::array<std::string_view, 5> role_ids{"rep", "service", "lead", "manager", "admin"};

/// The stable id for programs and files: "rep", "service", "lead", "manager", "admin".
constexpr std::string_view id(Role role) {
  return role_ids[static_cast<std::size_t>(role)];
}

constexpr std::optional<Role> parse_role(std::string_view text) {
  for (std::size_t i = 0; i < role_ids.size(); ++i)
    if (role_ids[i] == text) return static_cast<Role>(i);
  return std::nullopt;
}

}  // namespace anketa
