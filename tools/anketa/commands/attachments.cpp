// attach, attachments, attachment get.
#include <array>
#include <filesystem>

#include "tools/anketa/cancel.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/lookup.hpp"

namespace anketa::cli {
namespace {

/// As much as the client takes.
constexpr std::size_t most_bytes = std::size_t{256} << 20;

struct AttachmentOptions {
  std::string record, file, name, type, field, id;
};

/// By the ending of the name; what people attach in the field.
std::string media_type_of(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> known{{
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".png", "image/png"},
      {".heic", "image/heic"},
      {".webp", "image/webp"},
      {".pdf", "application/pdf"},
      {".txt", "text/plain"},
      {".csv", "text/csv"},
      {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {".mp3", "audio/mpeg"},
      {".m4a", "audio/mp4"},
  }};
  auto ending = std::filesystem::path(name).extension().string();
  for (auto& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const auto& [end, type] : known)
    if (ending == end) return std::string(type);
  return "application/octet-stream";
}

Json json_of(App& app, const client::AttachmentView& attachment) {
  return client::to_json(attachment, app.language());
}

void show(App& app, const client::AttachmentView& attachment) {
  const auto& body = attachment.record.view.body;
  const auto json = json_of(app, attachment);
  app.terminal.line(attachment.record.view.id.text() + "  " + harmless(string_or_empty(body, "name")) + "  " +
                    app.say("attachment.bytes", {{"count", std::to_string(body.value("bytes", std::int64_t{0}))}}) +
                    "  " + app.named("attachment.content", string_or_empty(json, "content")));
  if (attachment.problem)
    app.terminal.line(app.terminal.styled("  " + attachment.problem->what(app.language()), Style::Warning));
}

ExitCode attach(App& app, const AttachmentOptions& options) {
  client::AttachFile file;
  file.content = read_file(options.file, most_bytes);
  const bool from_input = options.file == "-";
  file.name = !options.name.empty() ? options.name
              : from_input          ? std::string()
                                    : std::filesystem::path(options.file).filename().string();
  file.media_type = options.type.empty() ? media_type_of(file.name) : options.type;
  file.field = options.field;
  const auto record = record_id(options.record);
  const auto id = app.client().attach(record, file);
  for (const auto& attachment : app.client().attachments(record))
    if (attachment.record.view.id == id)
      return app.answer(json_of(app, attachment), [&] {
        show(app, attachment);
        app.terminal.note(app.say("attachment.queued"));
      });
  throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
}

ExitCode list(App& app, const AttachmentOptions& options) {
  const auto all = app.client().attachments(record_id(options.record));
  Json json = Json::array();
  for (const auto& attachment : all) json.push_back(json_of(app, attachment));
  return app.answer(json, [&] {
    if (all.empty()) app.terminal.line(app.say("attachment.none"));
    for (const auto& attachment : all) show(app, attachment);
  });
}

/// From the device where the content is there, else from the server.
ExitCode get(App& app, const AttachmentOptions& options) {
  const auto id = record_id(options.id);
  auto& client = app.client();
  const auto content = [&] {
    try {
      return client.attachment_content(id);
    } catch (const ProblemError& error) {
      if (error.problem().code != ProblemCode::ContentMissing) throw;
    }
    client::run(*client.download_attachment(id), app.transport(), {}, &interrupt_token());
    return client.attachment_content(id);
  }();
  write_file(options.file, content);
  return app.answer({{"path", options.file}, {"bytes", content.size()}}, [&] {
    app.terminal.line(app.say("attachment.written", {{"path", options.file}}));
  });
}

}  // namespace

void add_attachment_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<AttachmentOptions>();

  auto* add = commands.add("attach", "attachment.attach");
  commands.option(add, "record", options->record, "attachment.record")->required();
  commands.option(add, "file", options->file, "attachment.file")->required();
  commands.option(add, "--name", options->name, "attachment.name");
  commands.option(add, "--type", options->type, "attachment.type");
  commands.option(add, "--field", options->field, "attachment.field");
  commands.runs(add, [&app, options] { return attach(app, *options); });

  auto* all = commands.add("attachments", "attachment.list");
  commands.option(all, "record", options->record, "attachment.record")->required();
  commands.runs(all, [&app, options] { return list(app, *options); });

  auto* one = commands.add("attachment", "attachment.command");
  one->require_subcommand(1);
  auto* fetch = commands.add("get", "attachment.get", one);
  commands.option(fetch, "id", options->id, "attachment.id")->required();
  commands.option(fetch, "file", options->file, "attachment.target")->required();
  commands.runs(fetch, [&app, options] { return get(app, *options); });
}

}  // namespace anketa::cli
