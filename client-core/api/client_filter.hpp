// Clients narrowed down: which of them, and by what words.
//
// Thread safety: the Client's.
#pragma once

#include "anketa/client.hpp"

namespace anketa::client {

enum class ClientFilter {
  All,
  Key,        ///< key and top ones (R32)
  Problems,   ///< with a case that the client has not confirmed (R17)
  Untouched,  ///< no questionnaire, no visit within a year (R20)
};

/// nullopt: there is no such filter. "" is All.
std::optional<ClientFilter> parse_client_filter(std::string_view id);

/// As Client::search_clients, of those alone that the filter lets through.
std::vector<LocalRecord> find_clients(const Client& client, std::string_view query, int limit, ClientFilter filter,
                                      int offset_minutes);

}  // namespace anketa::client
