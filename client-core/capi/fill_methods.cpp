#include "client-core/capi/handle.hpp"

namespace anketa::client {
namespace {

FillOptions options_from(const anketa_client& handle, const Json& parameters) {
  FillOptions options;
  options.language = std::string(text::code(handle.language));
  options.offset_minutes = parameters.value("offset_minutes", options.offset_minutes);
  options.form = find_id(parameters, "form");
  return options;
}

/// A gap, and of a list item's question what the item is called.
Json gap_to_json(const form::FillSession& session, const form::Gap& gap) {
  auto json = form::to_json(gap);
  const auto slash = gap.path.rfind('/');
  if (slash == std::string::npos) return json;
  const auto item = gap.path.substr(0, slash);
  for (const auto& each : session.items(item.substr(0, item.find('/'))))
    if (each.path == item) json["item"] = each.label;
  return json;
}

/// `section`: its questions are to be in the view; empty: none.
Json view_of(const Interview& interview, const std::string& section = {}) {
  const auto& session = interview.session();
  const auto current = session.current();
  Json missing = Json::array();
  for (const auto& gap : session.missing()) missing.push_back(gap_to_json(session, gap));
  Json view{{"questionnaire", interview.questionnaire().text()},
            {"client", interview.client().text()},
            {"status", form::id(session.status())},
            {"gate", form::id(session.gate())},
            {"current", current ? form::to_json(*current) : Json()},
            {"progress", form::to_json(session.progress())},
            {"missing", std::move(missing)}};
  if (!section.empty()) {
    auto& questions = view["questions"] = Json::array();
    for (const auto& question : session.section_questions(section)) questions.push_back(form::to_json(question));
  }
  return view;
}

Interview& need_open(anketa_client& handle, const Json& parameters) {
  const auto id = need_id(parameters, "questionnaire");
  const auto found = handle.interviews.find(id);
  if (found == handle.interviews.end()) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return found->second;
}

Json keep_open(anketa_client& handle, Interview interview) {
  const auto id = interview.questionnaire();
  return view_of(handle.interviews.insert_or_assign(id, std::move(interview)).first->second);
}

void throw_if(const std::optional<Problem>& problem) {
  if (problem) throw ProblemError(*problem);
}

/// A method that does something to an open questionnaire and gives its view.
Method on_open(std::function<void(Interview&, const Json&)> work) {
  return [work = std::move(work)](anketa_client& handle, const Json& parameters) {
    auto& interview = need_open(handle, parameters);
    work(interview, parameters);
    return view_of(interview, string_or_empty(parameters, "section"));
  };
}

void jump(Interview& interview, const Json& parameters) {
  auto& session = interview.session();
  const auto path = string_or_empty(parameters, "path");
  throw_if(path.empty() ? session.jump(need_text(parameters, "section")) : session.jump_to(path));
}

}  // namespace

void add_fill_methods(Methods& methods) {
  methods["fill.start"] = [](auto& handle, const Json& parameters) {
    return keep_open(
        handle, handle.client->start_questionnaire(need_id(parameters, "client"), options_from(handle, parameters)));
  };
  methods["fill.open"] = [](auto& handle, const Json& parameters) {
    return keep_open(handle, handle.client->open_questionnaire(need_id(parameters, "questionnaire"),
                                                               options_from(handle, parameters)));
  };
  methods["fill.answer"] = on_open([](Interview& interview, const Json& parameters) {
    throw_if(interview.answer(need_text(parameters, "path"), need_value(parameters, "value")));
  });
  methods["fill.add_item"] = on_open([](Interview& interview, const Json& parameters) {
    interview.session().jump_to(interview.session().add_item(need_text(parameters, "path")));
  });
  methods["fill.remove_item"] = on_open([](Interview& interview, const Json& parameters) {
    interview.session().remove_item(need_text(parameters, "path"));
  });
  methods["fill.view"] = on_open([](Interview&, const Json&) {});
  methods["fill.next"] = on_open([](Interview& interview, const Json&) { interview.session().next(); });
  methods["fill.previous"] = on_open([](Interview& interview, const Json&) { interview.session().previous(); });
  methods["fill.jump"] = on_open(jump);
  methods["fill.resume"] = on_open([](Interview& interview, const Json&) { throw_if(interview.resume()); });
  methods["fill.finish"] = [](auto& handle, const Json& parameters) {
    return form::to_json(need_open(handle, parameters).finish(), handle.language);
  };
  methods["fill.close"] = [](auto& handle, const Json& parameters) {
    handle.interviews.erase(need_open(handle, parameters).questionnaire());
    return Json();
  };
}

}  // namespace anketa::client
