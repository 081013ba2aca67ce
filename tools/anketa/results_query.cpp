#include "tools/anketa/results_query.hpp"

#include <array>

#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

/// The server's own bound on a page.
constexpr int page_size = 500;

void add_parameter(std::string& query, std::string_view name, std::string_view value) {
  if (!value.empty()) query += (query.empty() ? "?" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.~").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

std::string ResultsQuery::campaign_text() const {
  std::string out;
  for (const auto& [name, value] : {std::pair{"campaign", campaign}, {"rep", rep}, {"segment", segment}})
    add_parameter(out, name, value);
  return out;
}

std::string ResultsQuery::text() const {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) { add_parameter(out, name, value); };
  for (const auto& [name, value] : {std::pair{"since", since},
                                    {"until", until},
                                    {"segment", segment},
                                    {"region", region},
                                    {"form", form},
                                    {"search", search},
                                    {"campaign", campaign},
                                    {"rep", rep}})
    add(name, value);
  for (const auto& more : where)
    if (const auto sign = more.find('='); sign != std::string::npos) add(more.substr(0, sign), more.substr(sign + 1));
  return out;
}

void resolve(App& app, ResultsQuery& query) {
  if (!query.rep.empty()) query.rep = find_person(app, query.rep).text();
  if (!query.campaign.empty()) query.campaign = find_campaign(app, query.campaign).text();
  if (!query.since.empty()) query.since = typed_day(query.since, "--since");
  if (!query.until.empty()) query.until = typed_day(query.until, "--until");
}

void add_query_options(Commands& commands, CLI::App* command, ResultsQuery& query) {
  commands.option(command, "--since", query.since, "query.since");
  commands.option(command, "--until", query.until, "query.until");
  commands.option(command, "--segment", query.segment, "query.segment");
  commands.option(command, "--region", query.region, "query.region");
  commands.option(command, "--form", query.form, "query.form");
  commands.option(command, "--campaign", query.campaign, "query.campaign");
  commands.option(command, "--rep", query.rep, "query.rep");
}

Json read_all(App& app, const std::string& path, const ResultsQuery& query,
              const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto filter = query.text();
  Json whole;
  for (Json offset = 0; offset.is_number_integer();) {
    auto page = app.read(path + filter + (filter.empty() ? "?" : "&") + "limit=" + std::to_string(page_size) +
                         "&offset=" + offset.dump());
    offset = page.value("next_offset", Json());
    if (whole.is_null())
      whole = std::move(page);
    else
      for (auto& item : page.at("items")) whole["items"].push_back(std::move(item));
    if (progress) progress(whole.at("items").size(), whole.value("total", std::size_t{0}));
  }
  whole.erase("next_offset");
  return whole;
}

std::string label_of(const App& app, const Json& labels) {
  if (!labels.is_object()) return {};
  const auto wanted = string_or_empty(labels, text::code(app.language()));
  if (!wanted.empty()) return wanted;
  for (const auto& label : labels)
    if (label.is_string()) return label.get<std::string>();
  return {};
}

}  // namespace anketa::cli
