#include "tools/simulation/hand.hpp"

#include "client-core/api/parts.hpp"
#include "client-core/sync/base64.hpp"

namespace anketa::simulation {
namespace {

using client::Event;

Json ops_to_json(const std::vector<Op>& ops) {
  Json all = Json::array();
  for (const auto& op : ops) all.push_back({{"op", name(op.kind)}, {"path", op.path}, {"value", op.value}});
  return all;
}

Json edits_to_json(const std::vector<client::RecordEdit>& edits) {
  Json all = Json::array();
  for (const auto& edit : edits)
    all.push_back({{"record", edit.record.text()},
                   {"collection", edit.collection},
                   {"scope", scope_text(edit.scope)},
                   {"ops", ops_to_json(edit.ops)}});
  return all;
}

Json instructions_to_json(const client::Instructions& instructions) {
  Json all = Json::array();
  for (const auto& instruction : instructions) all.push_back(client::to_json(instruction, text::Language::Russian));
  return all;
}

Json response_to_json(const client::ResponseReceived& response) {
  Json headers = Json::object();
  for (const auto& [name, value] : response.headers) headers[name] = value;
  // Bytes: an answer may have been cut within a letter.
  return {{"event", "response"},
          {"status", response.status},
          {"headers", std::move(headers)},
          {"bytes", client::base64(response.body)}};
}

Json event_to_json(const Event& event) {
  if (const auto* response = std::get_if<client::ResponseReceived>(&event)) return response_to_json(*response);
  if (const auto* failed = std::get_if<client::TransportFailed>(&event))
    return {{"event", "failed"}, {"problem", failed->problem.to_json(text::Language::Russian)}};
  if (std::holds_alternative<client::TimerFired>(event)) return {{"event", "timer"}};
  if (std::holds_alternative<client::Cancel>(event)) return {{"event", "cancel"}};
  return {{"event", "start"}};
}

}  // namespace

template <typename Ask, typename Work, typename Tell>
auto Hand::noted(const Ask& ask, const Work& work, const Tell& tell) {
  if (!transcript_ || !transcript_->in_segment()) return work();
  transcript_->asks(ask());
  try {
    auto value = work();
    transcript_->answered(tell(value));
    return value;
  } catch (const ProblemError& error) {
    transcript_->refused(error.problem());
    throw;
  } catch (...) {
    transcript_->break_off("failed");
    throw;
  }
}

template <typename Ask, typename Work>
void Hand::noted_call(const char* method, const Ask& parameters, const Work& work) {
  noted(
      [&] {
        return Json{{"call", method}, {"parameters", parameters()}};
      },
      [&] {
        work();
        return nullptr;
      },
      [](std::nullptr_t) { return Json(); });
}

Uuid Hand::create(std::string_view collection, const Scope& scope, const Json& body, std::optional<Uuid> id) {
  return noted(
      [&] {
        Json parameters{{"collection", collection}, {"scope", scope_text(scope)}, {"body", body}};
        if (id) parameters["id"] = id->text();
        return Json{{"call", "create"}, {"parameters", std::move(parameters)}};
      },
      [&] { return client_.create(collection, scope, body, id); }, [](const Uuid& made) { return Json(made.text()); });
}

void Hand::apply(const Uuid& id, std::vector<Op> ops) {
  noted_call(
      "apply",
      [&] {
        return Json{{"id", id.text()}, {"ops", ops_to_json(ops)}};
      },
      [&] { client_.apply(id, std::move(ops)); });
}

void Hand::commit_group(std::vector<client::RecordEdit> edits) {
  noted_call(
      "commit_group",
      [&] {
        return Json{{"edits", edits_to_json(edits)}};
      },
      [&] { client::LocalEdits(client_.parts().store).commit_group(std::move(edits)); });
}

void Hand::resolve_with_side(const Uuid& conflict, std::size_t side) {
  noted_call(
      "resolve",
      [&] {
        return Json{{"id", conflict.text()}, {"side", side}};
      },
      [&] { client_.resolve_with_side(conflict, side); });
}

void Hand::retry_parked(const Uuid& record) {
  noted_call(
      "retry_parked",
      [&] {
        return Json{{"record", record.text()}};
      },
      [&] { client_.retry_parked(record); });
}

void Hand::dismiss_parked(const Uuid& record) {
  noted_call(
      "dismiss_parked",
      [&] {
        return Json{{"record", record.text()}};
      },
      [&] { client_.dismiss_parked(record); });
}

void Hand::attach(const Uuid& record, const client::AttachFile& file) {
  noted(
      [&] {
        return Json{{"call", "attach"},
                    {"parameters",
                     {{"record", record.text()},
                      {"name", file.name},
                      {"media_type", file.media_type},
                      {"field", file.field},
                      {"content", client::base64(file.content)}}}};
      },
      [&] { return client_.attach(record, file); }, [](const Uuid& made) { return Json(made.text()); });
}

client::Exported Hand::export_bundle() {
  // Another build packs otherwise: what the file holds is the business of whoever reads it.
  return noted(
      [] {
        return Json{{"call", "bundle.export"}, {"parameters", Json::object()}};
      },
      [&] { return client::export_bundle(client_); },
      [](const client::Exported& out) {
        return Json{{"mutations", out.mutations}, {"sealed", out.sealed}};
      });
}

client::Imported Hand::import_answer(std::string_view file) {
  return noted(
      [&] {
        return Json{{"call", "bundle.import"}, {"parameters", {{"file", client::base64(file)}}}};
      },
      [&] { return client::import_answer(client_, file); },
      [](const client::Imported& imported) {
        auto json = client::to_json(imported.summary);
        json["overtaken"] = imported.overtaken;
        return json;
      });
}

template <typename Ask, typename Make>
std::unique_ptr<client::Engine> Hand::started(const Ask& parameters, const Make& make, client::Instructions& first) {
  std::unique_ptr<client::Engine> engine;
  first = noted(
      [&] {
        return Json{{"start", parameters()}};
      },
      [&] {
        engine = make();
        return engine->step(client::Start{});
      },
      instructions_to_json);
  return engine;
}

std::unique_ptr<client::Engine> Hand::log_in(const client::LogIn& log_in, client::Instructions& first) {
  return started(
      [&] {
        return Json{{"kind", "log_in"},
                    {"server", log_in.server},
                    {"login", log_in.login},
                    {"password", log_in.password},
                    {"device_name", log_in.device_name}};
      },
      [&] {
        client::ensure_keys(client_);
        return client_.log_in(log_in);
      },
      first);
}

std::unique_ptr<client::Engine> Hand::sync(int attempts, client::Instructions& first) {
  return started(
      [&] {
        return Json{{"kind", "sync"}, {"attempts", attempts}};
      },
      [&] { return client_.sync({attempts}); }, first);
}

std::unique_ptr<client::Engine> Hand::upload(const client::SyncOptions& options, client::Instructions& first) {
  return started(
      [&] {
        return Json{{"kind", "upload"}, {"attempts", *options.attempts}, {"part_bytes", *options.part_bytes}};
      },
      [&] { return client_.upload_attachments(options); }, first);
}

std::unique_ptr<client::Engine> Hand::download(const Uuid& attachment, client::Instructions& first) {
  return started(
      [&] {
        return Json{{"kind", "download"}, {"id", attachment.text()}};
      },
      [&] { return client_.download_attachment(attachment); }, first);
}

client::Instructions Hand::step(client::Engine& engine, Event event) {
  return noted(
      [&] {
        return Json{{"feed", event_to_json(event)}};
      },
      [&] { return engine.step(std::move(event)); }, instructions_to_json);
}

void Hand::work_while_waiting(client::Engine& engine) {
  noted(
      [] {
        return Json{{"work", true}};
      },
      [&] {
        engine.work_while_waiting();
        return nullptr;
      },
      [](std::nullptr_t) { return Json(); });
}

Hand::operator client::Client&() {
  if (transcript_) transcript_->break_off("done by hand");
  return client_;
}

}  // namespace anketa::simulation
