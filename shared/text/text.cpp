#include "shared/text/text.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "shared/text/text_tables.hpp"

namespace anketa::text {
namespace {

struct Entry {
  std::string plain;
  std::map<std::string, std::string, std::less<>> plural;
};
using Entries = std::map<std::string, Entry, std::less<>>;

bool is_plural(const nlohmann::json& node) {
  return node.is_object() && node.contains("other") && node.contains("one");
}

void flatten(const std::string& prefix, const nlohmann::json& node, Entries& into) {
  if (node.is_string()) {
    into[prefix].plain = node.get<std::string>();
  } else if (is_plural(node)) {
    for (const auto& [form, value] : node.items()) into[prefix].plural[form] = value.get<std::string>();
  } else {
    for (const auto& [key, value] : node.items()) flatten(prefix + "." + key, value, into);
  }
}

const Entries& entries(Language language) {
  static const std::array<Entries, 2> all = [] {
    std::array<Entries, 2> loaded;
    for (const auto& table : embedded_tables()) {
      auto& into = loaded[table.language == "en" ? 1 : 0];
      flatten(std::string(table.name), nlohmann::json::parse(table.json), into);
    }
    return loaded;
  }();
  return all[language == Language::English ? 1 : 0];
}

std::string fill(std::string_view pattern, const Arguments& arguments) {
  std::string out;
  out.reserve(pattern.size() + 32);
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) {
      out += pattern.substr(at);
      break;
    }
    out += pattern.substr(at, open - at);
    const auto name = pattern.substr(open + 1, close - open - 1);
    const auto argument = arguments.find(name);
    out += argument == arguments.end() ? std::string(pattern.substr(open, close - open + 1)) : argument->second;
    at = close + 1;
  }
  return out;
}

}  // namespace

std::string_view code(Language language) {
  return language == Language::English ? "en" : "ru";
}

Language from_code(std::string_view code) {
  return code.substr(0, 2) == "en" ? Language::English : Language::Russian;
}

std::string get(Language language, std::string_view key, const Arguments& arguments) {
  const auto& table = entries(language);
  const auto found = table.find(key);
  if (found == table.end()) return std::string(key);
  const auto& entry = found->second;
  if (entry.plural.empty()) return fill(entry.plain, arguments);
  const auto count = arguments.find("count");
  const auto category = plural_category(language, count == arguments.end() ? "0" : count->second);
  const auto form = entry.plural.find(category);
  return fill(form == entry.plural.end() ? entry.plural.at("other") : form->second, arguments);
}

bool has(Language language, std::string_view key) {
  return entries(language).contains(key);
}

std::vector<std::string> keys(Language language) {
  std::vector<std::string> all;
  for (const auto& [key, entry] : entries(language)) all.push_back(key);
  return all;
}

std::string_view plural_category(Language language, std::string_view count) {
  if (!count.empty() && count.front() == '-') count.remove_prefix(1);
  const bool whole = count.find_first_of(".,") == std::string_view::npos;
  if (language == Language::English) return whole && count == "1" ? "one" : "other";
  if (!whole || count.empty()) return "other";
  const int last = count.back() - '0';
  const int tens = count.size() > 1 ? count[count.size() - 2] - '0' : 0;
  if (last == 1 && tens != 1) return "one";
  if (last >= 2 && last <= 4 && tens != 1) return "few";
  return "many";
}

}  // namespace anketa::text
