// The tables of a client's database, as numbered migrations. A migration that has shipped never changes.
#pragma once

#include <span>

#include "shared/sqlite/database.hpp"

namespace anketa::client {

/// Marks the file as a client database of ours ("ANKC").
inline constexpr int application_id = 0x414E4B43;

std::span<const sqlite::Migration> migrations();

}  // namespace anketa::client
