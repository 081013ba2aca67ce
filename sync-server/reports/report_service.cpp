#include "sync-server/reports/report_service.hpp"

#include "sync-server/reports/agenda_view.hpp"
#include "sync-server/reports/consolidated.hpp"
#include "sync-server/reports/drill.hpp"
#include "sync-server/reports/form_view.hpp"
#include "sync-server/reports/lists.hpp"
#include "sync-server/reports/overview.hpp"
#include "sync-server/reports/question_results.hpp"
#include "sync-server/reports/questionnaire_view.hpp"
#include "sync-server/reports/register.hpp"

namespace anketa::server::reports {

ReportService::ReportService(Store& store, Environment& environment, const std::string& zone)
    : store_(store), environment_(environment), calendar_(zone), index_(calendar_), results_(calendar_) {}

std::shared_ptr<const Tables> ReportService::tables(Reader& reader) {
  const auto history = reader.history();
  const std::lock_guard lock(tables_mutex_);
  if (!tables_ || tables_epoch_ != history.epoch || tables_seq_ < history.last_seq) {
    tables_ = std::make_shared<const Tables>(load_tables(reader));
    tables_epoch_ = history.epoch;
    tables_seq_ = history.last_seq;
  }
  return tables_;
}

void ReportService::get_ready() {
  store_.read([&](Reader& reader) {
    tables(reader);
    refresh_results(reader);
  });
}

void ReportService::refresh_results(Reader& reader) {
  const std::unique_lock lock(index_mutex_);
  index_.refresh(reader);
  results_.refresh(reader);
}

template <typename Work>
Json ReportService::with_tables(const Work& work) {
  Json json;
  store_.read([&](Reader& reader) { json = work(*tables(reader)); });
  return json;
}

template <typename Work>
Json ReportService::with_reader(const Work& work) {
  Json json;
  store_.read([&](Reader& reader) { json = work(reader, *tables(reader)); });
  return json;
}

template <typename Work>
Json ReportService::with_answers(const Work& work) {
  Json json;
  store_.read([&](Reader& reader) {
    const auto snapshot = tables(reader);
    {
      const std::unique_lock lock(index_mutex_);
      index_.refresh(reader);
    }
    const std::shared_lock lock(index_mutex_);
    json = work(reader, *snapshot);
  });
  return json;
}

template <typename Work>
Json ReportService::with_results(const Viewer& viewer, const Query& query, const Work& work) {
  Json json;
  store_.read([&](Reader& reader) {
    refresh_results(reader);
    const std::shared_lock lock(index_mutex_);
    json = work(Selection(results_, viewer, query, calendar_.day_of(environment_.now())));
  });
  return json;
}

Json ReportService::consolidated(const Viewer& viewer, const Query& query) {
  return with_results(viewer, query,
                      [&](const Selection& selection) { return reports::consolidated(selection, &index_); });
}

Json ReportService::records(const Viewer& viewer, const std::string& list, const Query& query) {
  return with_results(viewer, query, [&](const Selection& selection) { return drill(list, selection, query); });
}

Json ReportService::overview(const Viewer& viewer, const Query& query) {
  return with_tables([&](const Tables& tables) {
    return reports::overview(tables, calendar_, viewer, filter_from(query), environment_.now());
  });
}

Json ReportService::clients(const Viewer& viewer, const Query& query) {
  return with_tables(
      [&](const Tables& tables) { return client_list(tables, calendar_, viewer, query, environment_.now()); });
}

Json ReportService::questionnaires(const Viewer& viewer, const Query& query) {
  return with_tables(
      [&](const Tables& tables) { return questionnaire_list(tables, calendar_, viewer, query, environment_.now()); });
}

Json ReportService::cases(const Viewer& viewer, const Query& query) {
  return with_tables(
      [&](const Tables& tables) { return case_list(tables, calendar_, viewer, query, environment_.now()); });
}

Json ReportService::quality_register(const Viewer& viewer, const Query& query) {
  return with_reader([&](Reader& reader, const Tables& tables) {
    return reports::quality_register(reader, tables, calendar_, viewer, query, environment_.now());
  });
}

Json ReportService::bottlenecks(const Viewer& viewer, const Query& query) {
  return with_reader([&](Reader& reader, const Tables& tables) {
    return bottleneck_list(reader, tables, calendar_, viewer, query, environment_.now());
  });
}

Json ReportService::daily(const Viewer& viewer, const Query& /*query*/) {
  return with_reader([&](Reader& reader, const Tables& tables) {
    return daily_view(reader, tables, calendar_, viewer, environment_.now());
  });
}

Json ReportService::agenda(const Viewer& viewer, const Query& /*query*/) {
  return with_reader([&](Reader& reader, const Tables& tables) {
    return weekly_view(reader, tables, calendar_, viewer, environment_.now());
  });
}

Json ReportService::tasks(const Viewer& viewer, const Query& query) {
  return with_reader([&](Reader& reader, const Tables& tables) {
    return task_list(reader, tables, calendar_, viewer, query, environment_.now());
  });
}

Json ReportService::questionnaire(const Viewer& viewer, const std::string& id) {
  return with_answers([&](Reader& reader, const Tables& tables) {
    return questionnaire_view(reader, tables, index_, calendar_, viewer, id, environment_.now());
  });
}

Json ReportService::questions(const Viewer& viewer, const Query& query) {
  return with_answers([&](Reader& reader, const Tables& tables) {
    return question_results(reader, tables, index_, calendar_, viewer, query);
  });
}

Json ReportService::question_texts(const Viewer& viewer, const std::string& question, const Query& query) {
  return with_answers([&](Reader& reader, const Tables& tables) {
    return reports::question_texts(reader, tables, index_, calendar_, viewer, question, query);
  });
}

Json ReportService::forms(const Viewer& viewer, const Query& /*query*/) {
  return with_answers([&](Reader&, const Tables& tables) { return form_list(tables, index_, viewer); });
}

Json ReportService::form(const Viewer& viewer, const std::string& id) {
  return with_answers([&](Reader&, const Tables&) { return form_view(index_, viewer, id); });
}

Json ReportService::answers(const Viewer& viewer, const Query& query) {
  return with_answers([&](Reader& reader, const Tables& tables) {
    return answer_table(reader, tables, index_, calendar_, viewer, query, environment_.now());
  });
}

}  // namespace anketa::server::reports
