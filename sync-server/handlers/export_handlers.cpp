#include "sync-server/handlers/export_handlers.hpp"

#include "sync-server/exports/lists.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

/// What the route of a path answers to whoever asks for the file. Routes of lists answer at once.
Json ask(const http::Router& router, const Request& original, const std::string& path, const exports::Query& query) {
  const auto match = router.match("GET", path);
  if (!match.route) throw ProblemError(ProblemCode::NotFound, {}, path);
  auto request = original;
  request.path = path;
  request.parameters = match.parameters;
  request.query = query;
  Response answer;
  match.route->handler(std::move(request), http::Responder([&answer](Response given) { answer = std::move(given); }));
  if (answer.problem) throw ProblemError(*answer.problem);
  return Json::parse(answer.content());
}

Response file(std::string content, std::string type, const std::string& name) {
  Response response;
  response.body = std::move(content);
  response.content_type = std::move(type);
  return std::move(response).with_header("Content-Disposition", "attachment; filename=\"" + name + "\"");
}

Response export_list(const http::Router& router, const Request& request) {
  const auto language = request.language();
  auto query = request.query;
  const auto given = query.find("format");
  const auto format = given == query.end() || given->second.empty() ? std::string("xlsx") : given->second;
  if (format != "xlsx" && format != "csv" && format != "json")
    throw ProblemError(ProblemCode::InvalidValue, {{"field", "format"}}, "format");
  query.erase("format");
  const auto list = exports::export_list(
      [&](const std::string& path, const exports::Query& more) { return ask(router, request, path, more); },
      std::string(request.parameter("list")), query, language);
  const auto& sheet = list.sheet;
  const auto name = sheet.file + "." + format;
  if (format == "json")
    return file(Json{{"title", sheet.title}, {"items", list.items}}.dump(2), "application/json", name);
  if (format == "csv")
    return file(exports::to_csv(sheet, language == text::Language::Russian ? ';' : ','), "text/csv; charset=utf-8",
                name);
  const exports::WorkbookWords words{text::get(language, "export.totals"), text::get(language, "export.count"),
                                     text::get(language, "export.sum")};
  return file(exports::to_xlsx(sheet, words), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              name);
}

}  // namespace

void add_export_routes(http::Router& router, Services& services) {
  router.add("GET", "/v1/export/{list...}", authenticated(services, [&router](Request& request, const Session&) {
               return export_list(router, request);
             }));
}

}  // namespace anketa::server
