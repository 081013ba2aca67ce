#include "sync-server/handlers/export_handlers.hpp"

#include "sync-server/exports/lists.hpp"

namespace anketa::server {
namespace {

using exports::Sheet;
using http::Request;
using http::Response;

/// Rows as objects under their headings.
std::string to_json_text(const Sheet& sheet) {
  Json rows = Json::array();
  for (const auto& row : sheet.rows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i) object[sheet.columns[i].heading] = row[i];
    rows.push_back(std::move(object));
  }
  return Json{{"title", sheet.title}, {"rows", std::move(rows)}}.dump(2);
}

Response file(std::string content, std::string type, const std::string& name) {
  Response response;
  response.body = std::move(content);
  response.content_type = std::move(type);
  return std::move(response).with_header("Content-Disposition", "attachment; filename=\"" + name + "\"");
}

Response export_list(reports::ReportService& reports, const Request& request, const Session& session) {
  const auto language = request.language();
  auto query = request.query;
  const auto format = reports::parameter(query, "format").value_or("xlsx");
  if (format != "xlsx" && format != "csv" && format != "json")
    throw ProblemError(ProblemCode::InvalidValue, {{"field", "format"}}, "format");
  query.erase("format");
  const auto sheet = exports::list_sheet(reports, {session.user, session.role}, std::string(request.parameter("list")),
                                         query, language);
  const auto name = sheet.file + "." + format;
  if (format == "json") return file(to_json_text(sheet), "application/json", name);
  if (format == "csv")
    return file(exports::to_csv(sheet, language == text::Language::Russian ? ';' : ','), "text/csv; charset=utf-8",
                name);
  const exports::WorkbookWords words{text::get(language, "export.totals"), text::get(language, "export.count")};
  return file(exports::to_xlsx(sheet, words), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              name);
}

}  // namespace

void add_export_routes(http::Router& router, Services& services, reports::ReportService& reports) {
  router.add("GET", "/v1/export/{list}", authenticated(services, [&reports](Request& request, const Session& session) {
               return export_list(reports, request, session);
             }));
}

}  // namespace anketa::server
