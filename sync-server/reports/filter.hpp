// What part of the results a request asks for, and how a list is paged.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "sync-server/reports/tables.hpp"

namespace anketa::server::reports {

using Query = std::map<std::string, std::string, std::less<>>;

/// Everything is optional; dates are those of the meeting, both included.
struct Filter {
  std::optional<Uuid> rep, client;
  std::optional<std::string> segment, region;
  std::optional<programme::Day> since, until;

  bool takes_client(const ClientRow* client) const;
  bool takes_day(std::optional<programme::Day> day) const;
};

struct Page {
  std::size_t offset = 0;
  std::size_t limit = 50;
};

inline constexpr std::size_t max_page = 500;

/// Reads rep, client, segment, region, since, until. Throws ProblemError(InvalidValue) naming the parameter.
Filter filter_from(const Query& query);
/// Reads offset and limit (1 to 500). Throws ProblemError(InvalidValue) naming the parameter.
Page page_from(const Query& query);
/// A parameter's text, or nullopt where it is absent or empty.
std::optional<std::string> parameter(const Query& query, std::string_view name);

/// The place in the list where the next page begins; null on the last one.
Json next_offset(const Page& page, std::size_t total);

}  // namespace anketa::server::reports
