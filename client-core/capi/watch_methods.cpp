// Staying connected: what to do next, and how it went (client-core/sync/watch_plan.hpp).
#include "client-core/capi/handle.hpp"

namespace anketa::client {
namespace {

const char* name(WatchPlan::Step step) {
  switch (step) {
    case WatchPlan::Step::Sync:
      return "sync";
    case WatchPlan::Step::Connect:
      return "connect";
    case WatchPlan::Step::Listen:
      return "listen";
    case WatchPlan::Step::Pause:
      break;
  }
  return "pause";
}

WatchPlan& need_watch(anketa_client& handle) {
  if (!handle.watch) handle.watch.emplace(handle.environment);
  return *handle.watch;
}

Json next(anketa_client& handle, const Json&) {
  const auto next = need_watch(handle).next();
  return {{"step", name(next.step)}, {"milliseconds", next.milliseconds}};
}

Json tell(anketa_client& handle, const Json& parameters) {
  using Tell = void (WatchPlan::*)();
  static const std::map<std::string, Tell, std::less<>> all{
      {"synced", &WatchPlan::synced}, {"failed", &WatchPlan::failed}, {"connected", &WatchPlan::connected},
      {"news", &WatchPlan::news},     {"quiet", &WatchPlan::quiet},   {"lost", &WatchPlan::lost},
      {"paused", &WatchPlan::paused}};
  const auto what = need_text(parameters, "what");
  const auto found = all.find(what);
  if (found == all.end()) throw ProblemError(ProblemCode::InvalidValue, {{"value", what}}, "what");
  (need_watch(handle).*found->second)();
  return nullptr;
}

}  // namespace

void add_watch_methods(Methods& methods) {
  methods["watch.begin"] = [](auto& handle, const Json&) {
    handle.watch.reset();
    return Json();
  };
  methods["watch.next"] = next;
  methods["watch.tell"] = tell;
  methods["access_token"] = [](auto& handle, const Json&) { return Json(handle.client->access_token()); };
  methods["passes"] = [](auto&, const Json& parameters) {
    const Json problem{{"code", need_text(parameters, "code")}};
    return Json(passes(Problem::from_json(problem).code));
  };
}

}  // namespace anketa::client
