// A client on the terminal: everything the device holds of it (R30, R35, R37).
#pragma once

#include "tools/anketa/app.hpp"

namespace anketa::cli {

/// Lines of labels and values under headings, as wide as the terminal lets them.
class Card {
 public:
  explicit Card(App& app) : app_(app) {}

  void heading(const std::string& text);
  /// Nothing where the value is empty.
  void field(const std::string& label, const std::string& value);
  /// A field of a record as its schema declares it: choices in words, dates, money, names of people and records.
  void record_field(std::string_view collection, std::string_view field, const Json& body);
  /// All declared fields of a record that have a value, but for those named.
  void record(const client::LocalRecord& record, const std::vector<std::string_view>& without = {});
  /// The value alone; empty where there is none.
  std::string shown(std::string_view collection, std::string_view field, const Json& body);
  App& app() { return app_; }

 private:
  std::string reference(std::string_view target, const Json& id);
  std::string element(std::string_view collection, std::string_view field, const Json& value);

  App& app_;
};

void print_card(App& app, const client::ClientCard& card);

}  // namespace anketa::cli
