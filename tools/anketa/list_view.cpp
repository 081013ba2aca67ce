#include "tools/anketa/list_view.hpp"

#include <algorithm>
#include <map>

#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

enum class Kind { Text, Day, Money, Number, Flag, Label, Named, Service };

struct Column {
  /// Member of an item, and the text of its heading: cli.list.<heading>.
  const char* member;
  const char* heading;
  Kind kind = Kind::Text;
  /// Of a label: "collection/field"; of a name: the table below "cli.".
  const char* words = "";
};

using Columns = std::vector<Column>;

/// What each list shows, beside the client it is of.
const std::map<std::string_view, Columns>& shapes() {
  static const Column rep{"rep", "rep"}, owner{"owner", "owner"}, id{"id", "id"},
      talk{"questionnaire", "questionnaire"};
  static const std::map<std::string_view, Columns> all{
      {"questionnaires", {{"status", "status", Kind::Named, "questionnaire_status"}, rep, id}},
      {"key_persons", {{"name", "person"}, {"outcome", "outcome", Kind::Label, "contact/verified"}, rep, talk}},
      {"clients", {{"met", "met", Kind::Flag}, {"renewed", "renewed", Kind::Flag}, owner}},
      {"sales",
       {{"service", "service", Kind::Service},
        {"kind", "kind", Kind::Label, "offer/kind"},
        {"status", "status", Kind::Label, "offer/status"},
        {"amount_month", "month", Kind::Money},
        {"amount_once", "once", Kind::Money},
        {"on_the_spot", "on_the_spot", Kind::Flag},
        rep,
        id}},
      {"referrals",
       {{"company", "company"},
        {"introduction", "introduction", Kind::Label, "referral/introduction"},
        {"step", "status", Kind::Label, "referral/status"},
        {"won_client", "won_client"},
        id}},
      {"risk",
       {{"only_trouble", "only_trouble", Kind::Flag},
        {"nobody_known", "nobody_known", Kind::Flag},
        {"talks", "talks", Kind::Number},
        {"persons", "persons", Kind::Number},
        owner}},
      {"new_in_range", {{"item", "service"}, {"since", "since", Kind::Day}, owner}},
      {"nps", {{"score", "score", Kind::Number}, {"group", "group", Kind::Named, "nps_group"}, rep, talk}},
      {"opportunities",
       {{"what", "what"},
        {"year1", "year1", Kind::Money},
        {"year3", "year3", Kind::Money},
        {"year5", "year5", Kind::Money},
        {"chance_percent", "chance", Kind::Number},
        id}},
      {"revisions",
       {{"part", "part", Kind::Label, "dossier_part/part"},
        {"state", "status", Kind::Named, "revision"},
        {"due_on", "due", Kind::Day},
        owner}},
      {"accounts", {{"ownership", "status", Kind::Named, "ownership"}, owner}}};
  return all;
}

/// Of a list this program does not know: every plain member under its own name.
Columns columns_of(const Json& items) {
  Columns columns;
  if (items.empty()) return columns;
  for (const auto& [name, value] : items.front().items())
    if (name != "client" && name != "on" && !value.is_array()) columns.push_back({name.c_str(), name.c_str()});
  return columns;
}

class ListPrinter {
 public:
  ListPrinter(App& app, const Columns& columns) : app_(app), columns_(columns) {}

  void print(const Json& items) {
    const bool dated = std::any_of(items.begin(), items.end(), [](const Json& item) { return has_day(item); });
    std::vector<std::string> header{app_.say("list.client")};
    if (dated) header.insert(header.begin(), app_.say("list.on"));
    for (const auto& column : columns_) header.push_back(app_.named("list", column.heading));
    Table table(header);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].kind == Kind::Money || columns_[i].kind == Kind::Number) table.align_right(i + (dated ? 2 : 1));
    for (const auto& item : items) {
      std::vector<std::string> cells{plain(item.value("client", Json()))};
      if (dated) cells.insert(cells.begin(), app_.local_date(string_or_empty(item, "on")));
      for (const auto& column : columns_) cells.push_back(cell(column, item.value(column.member, Json())));
      table.row(std::move(cells));
    }
    table.print(app_.terminal);
  }

 private:
  static bool has_day(const Json& item) { return !string_or_empty(item, "on").empty(); }

  std::string plain(const Json& value) const {
    if (value.is_string()) return harmless(value.get_ref<const std::string&>());
    if (value.is_object() && value.contains("name"))
      return harmless(value.at("name").is_string() ? value.at("name").get<std::string>()
                                                   : label_of(app_, value.at("name")));
    return value.is_null() || value.is_structured() ? std::string() : value.dump();
  }

  std::string cell(const Column& column, const Json& value) const {
    const auto text = value.is_string() ? value.get<std::string>() : std::string();
    const std::string_view words = column.words;
    switch (column.kind) {
      case Kind::Day:
        return app_.local_date(text);
      case Kind::Money:
        return value == 0 ? std::string() : app_.money(value);
      case Kind::Flag:
        return value == true ? app_.say("yes") : std::string();
      case Kind::Label:
        return app_.value_label(words.substr(0, words.find('/')), words.substr(words.find('/') + 1), text);
      case Kind::Named:
        return app_.named(words, text);
      case Kind::Service:
        return harmless(app_.service_name(text));
      case Kind::Text:
      case Kind::Number:
        break;
    }
    return plain(value);
  }

  App& app_;
  const Columns& columns_;
};

}  // namespace

void print_list(App& app, const std::string& name, const Json& list) {
  const auto& items = list.at("items");
  const auto known = shapes().find(name);
  const auto columns = known == shapes().end() ? columns_of(items) : known->second;
  if (!items.empty()) ListPrinter(app, columns).print(items);
  app.terminal.line(app.counted("consolidated.lines", list.value("total", std::uint64_t{0})));
}

}  // namespace anketa::cli
