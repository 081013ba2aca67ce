#include "sync-server/reports/filter.hpp"

#include <charconv>

#include "shared/problem/problem.hpp"

namespace anketa::server::reports {
namespace {

[[noreturn]] void invalid(std::string_view name) {
  throw ProblemError(ProblemCode::InvalidValue, {{"field", std::string(name)}}, std::string(name));
}

std::optional<Uuid> id_parameter(const Query& query, std::string_view name) {
  const auto text = parameter(query, name);
  if (!text) return std::nullopt;
  const auto id = Uuid::parse(*text);
  if (!id) invalid(name);
  return id;
}

std::optional<programme::Day> day_parameter(const Query& query, std::string_view name) {
  const auto text = parameter(query, name);
  if (!text) return std::nullopt;
  const auto day = programme::parse_day(*text);
  if (!day) invalid(name);
  return day;
}

std::size_t number_parameter(const Query& query, std::string_view name, std::size_t otherwise) {
  const auto text = parameter(query, name);
  if (!text) return otherwise;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) invalid(name);
  return number;
}

}  // namespace

bool Filter::takes_client(const ClientRow* row) const {
  if (client && (!row || row->id != *client)) return false;
  if (segment && (!row || row->segment != *segment)) return false;
  return !region || (row && row->region == *region);
}

bool Filter::takes_day(std::optional<programme::Day> day) const {
  if (since && (!day || *day < *since)) return false;
  return !until || (day && *day <= *until);
}

std::optional<std::string> parameter(const Query& query, std::string_view name) {
  const auto found = query.find(name);
  if (found == query.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

Filter filter_from(const Query& query) {
  return {id_parameter(query, "rep"), id_parameter(query, "client"), parameter(query, "segment"),
          parameter(query, "region"), day_parameter(query, "since"), day_parameter(query, "until")};
}

Page page_from(const Query& query) {
  Page page;
  page.offset = number_parameter(query, "offset", 0);
  page.limit = number_parameter(query, "limit", page.limit);
  if (page.limit == 0 || page.limit > max_page) invalid("limit");
  return page;
}

Json next_offset(const Page& page, std::size_t total) {
  const auto next = page.offset + page.limit;
  return next < total ? Json(next) : Json(nullptr);
}

}  // namespace anketa::server::reports
