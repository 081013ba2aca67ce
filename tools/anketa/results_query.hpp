// Filters of the reading API as options of the commands that read from it.
#pragma once

#include <string>

#include "tools/anketa/command.hpp"

namespace anketa::cli {

struct ResultsQuery {
  std::string since, until, segment, region, form, search, campaign, rep;
  /// More of them, as "name=value".
  std::vector<std::string> where;

  /// "?since=2025-06-01&…"; empty where nothing is asked for.
  std::string text() const;
  /// What the reports of a campaign take of it.
  std::string campaign_text() const;
};

/// Names of a campaign and of one of ours become ids, days are written as ISO. Throws what find_person() and the like
/// throw.
void resolve(App& app, ResultsQuery& query);

void add_query_options(Commands& commands, CLI::App* command, ResultsQuery& query);

/// All items of a paged list, page by page. `progress` is told how many of how many.
Json read_all(App& app, const std::string& path, const ResultsQuery& query,
              const std::function<void(std::size_t, std::size_t)>& progress = {});

/// A part of a path, or a value, as an address may hold it.
std::string percent_encoded(std::string_view text);

/// The label in the user's language.
std::string label_of(const App& app, const Json& labels);

}  // namespace anketa::cli
