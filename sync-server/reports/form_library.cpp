#include "sync-server/reports/form_library.hpp"

#include <algorithm>

namespace anketa::server::reports {
namespace {

/// A definition is as large as a template of several hundred questions with all its texts.
constexpr JsonLimits definition_limits{std::size_t{4} << 20, 32};

std::shared_ptr<const form::Form> load_definition(const Json& definition) {
  try {
    return form::load(definition.is_string() ? parse_json(definition.get_ref<const std::string&>(), definition_limits)
                                             : definition)
        .form;
  } catch (const ProblemError&) {
    return nullptr;
  }
}

}  // namespace

void FormLibrary::reload(Reader& reader) {
  auto heads = reader.heads_of("form", company_scope);
  std::sort(heads.begin(), heads.end(), [](const Head& a, const Head& b) { return a.seq < b.seq; });
  latest_.clear();
  form_ids_.clear();
  for (const auto& head : heads) {
    if (head.deleted) continue;
    const auto body = parse_json(head.body, definition_limits);
    const auto hash = string_or_empty(body, "hash");
    auto& form = by_hash_[hash];
    if (!form) form = load_definition(value_at(body, "definition"));
    if (!form) continue;
    const auto id = string_or_empty(body, "form_id");
    if (!latest_.contains(id)) form_ids_.push_back(id);
    latest_[id] = form;
  }
}

std::shared_ptr<const form::Form> FormLibrary::by_hash(const std::string& hash) const {
  const auto found = by_hash_.find(hash);
  return found == by_hash_.end() ? nullptr : found->second;
}

std::shared_ptr<const form::Form> FormLibrary::latest(const std::string& form_id) const {
  const auto found = latest_.find(form_id);
  return found == latest_.end() ? nullptr : found->second;
}

Json label_json(const form::Form& form, const form::Label& label) {
  return {{"ru", form.text(label, "ru")}, {"en", form.text(label, "en")}};
}

Json place_json(const form::Form& form, const form::Row& row) {
  Json json = Json::object();
  for (auto index = row.parent; index != form::no_row && index != row.section; index = form.row(index).parent) {
    const auto& container = form.row(index);
    json[container.type == form::RowType::Repeat ? "repeat" : "group"] = {
        {"name", container.name}, {"number", container.number}, {"label", label_json(form, container.label)}};
  }
  return json;
}

}  // namespace anketa::server::reports
