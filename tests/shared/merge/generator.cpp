#include "tests/shared/merge/generator.hpp"

namespace anketa::merge::testing {
namespace {

std::string item(std::uint32_t n) {
  return number(300 + n).text();
}

}  // namespace

std::uint64_t Chance::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

Json content(const RecordState& record) {
  auto json = to_json(record);
  json.erase("version");
  json.erase("seq");
  return json;
}

Json Generator::body() {
  Json body = collection_ == "contact"        ? contact_body()
              : collection_ == "dossier_part" ? dossier_body()
                                              : questionnaire_body();
  if (collection_ == "questionnaire")
    for (std::uint32_t i = 0; i < 3; ++i) body["answers"]["part" + std::to_string(i)] = tree(2);
  if (collection_ == "contact" && chance.one_in(2)) body["email"] = unique();
  return body;
}

std::vector<Op> Generator::ops(const RecordState& view, std::uint32_t part, std::uint32_t parts) {
  std::vector<Op> all;
  const auto count = 1 + chance.upto(3);
  bool moved_on = false;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto next = op(view, part, parts);
    // The view shows one status: a second step from it would not be legal.
    if (next.kind == OpKind::Transition && std::exchange(moved_on, true)) continue;
    all.push_back(std::move(next));
  }
  return all;
}

Op Generator::op(const RecordState& view, std::uint32_t part, std::uint32_t parts) {
  if (collection_ == "contact") return contact_op(part, parts);
  if (collection_ == "dossier_part") return dossier_op(view, part, parts);
  return questionnaire_op(view, part, parts);
}

Op Generator::contact_op(std::uint32_t part, std::uint32_t parts) {
  static const std::vector<std::string> scalars{"name", "post", "phone", "email"};
  static const std::vector<std::string> sets{"tags", "roles"};
  const auto mine = [&](const std::vector<std::string>& all) {
    std::vector<std::string> some;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i % parts == part) some.push_back(all[i]);
    return some;
  };
  const auto element = std::string(1, static_cast<char>('a' + chance.upto(4)));
  switch (chance.upto(6)) {
    case 0:
      return add(chance.pick(mine(sets)), element);
    case 1:
      return drop(chance.pick(mine(sets)), element);
    case 2:
      return set(chance.pick(mine(sets)), Json::array({element, "z"}));
    default: {
      const auto& path = chance.pick(mine(scalars));
      return set(path, path != "name" && chance.one_in(5) ? Json() : Json(unique()));
    }
  }
}

Op Generator::dossier_op(const RecordState& view, std::uint32_t part, std::uint32_t parts) {
  static const std::vector<std::string> texts{"history", "mission", "goals", "market"};
  std::vector<std::string> some;
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (i % parts == part) some.push_back(texts[i]);
  const auto& path = chance.pick(some);
  if (part == 0 && chance.one_in(6))
    return append("facts", {{"id", number(5000 + ++last_).text()}, {"text", unique()}});
  const auto& now = view.at(path);
  if (chance.one_in(12)) return set(path, nullptr);
  return set(path, edited_text(now.is_string() ? now.get<std::string>() : std::string()));
}

/// One paragraph changed, inserted or taken out.
std::string Generator::edited_text(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; !text.empty();) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    if (end == std::string::npos) break;
    at = end + 1;
  }
  const auto at =
      lines.begin() + static_cast<std::ptrdiff_t>(chance.upto(static_cast<std::uint32_t>(lines.size()) + 1));
  if (at == lines.end() || chance.one_in(4))
    lines.insert(at, unique());
  else if (chance.one_in(6) && lines.size() > 1)
    lines.erase(at);
  else
    *at = unique();
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

Op Generator::questionnaire_op(const RecordState& view, std::uint32_t part, std::uint32_t parts) {
  if (part == 0 && chance.one_in(8)) return status_op(view);
  if (part == 0 && chance.one_in(8))
    return append("notes", {{"id", number(5000 + ++last_).text()}, {"text", unique()}});
  if (parts > 1) return tree_op("answers/part" + std::to_string(part));
  return tree_op("answers/part" + std::to_string(chance.upto(2)));
}

Op Generator::status_op(const RecordState& view) {
  static const auto& field = *schema::collection("questionnaire")->field("status");
  const auto now = string_or_empty(view.body, "status");
  std::vector<std::string> next;
  for (const auto& step : field.transitions)
    if (step.from == now) next.push_back(step.to);
  if (next.empty()) return set("resume_point", unique());
  return transition("status", now, chance.pick(next), chance.one_in(2) ? Json{{"resume_point", unique()}} : Json());
}

/// Scalars, groups, sets and lists at few paths, now and then of another shape than what stands there.
Op Generator::tree_op(const std::string& root) {
  const auto list_item = root + "/list/" + item(chance.upto(3));
  const auto element = std::string(1, static_cast<char>('a' + chance.upto(3)));
  switch (chance.upto(16)) {
    case 0:
      return drop(list_item);
    case 1:
      return set(list_item, {{"pos", unique()}, {"name", unique()}, {"tags", {"a", "b"}}});
    case 2:
      return set(list_item + "/pos", unique());
    case 3:
      return add(list_item + "/tags", element);
    case 4:
      return drop(list_item + "/tags", element);
    case 5:
      return add(root + "/many", element);
    case 6:
      return drop(root + "/many", element);
    case 7:
      return set(root + "/group", {{"x", unique()}, {"y", unique()}});
    case 8:
      return set(chance.one_in(2) ? root + "/group" : root + "/list", nullptr);
    case 9:
      return set(root + "/group", unique());
    case 10:
      return set(root + "/many", unique());
    case 11:
      return set(root + "/group/x", nullptr);
    case 12:
    case 13:
      return set(list_item + (chance.one_in(2) ? "/name" : "/phone"), unique());
    default:
      return set(root + (chance.one_in(2) ? "/q" : "/group/x"), unique());
  }
}

Json Generator::tree(int depth) {
  Json json = Json::object();
  const auto count = 1 + chance.upto(4);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto key = std::string(1, static_cast<char>('a' + chance.upto(6)));
    switch (depth > 0 ? chance.upto(6) : chance.upto(3)) {
      case 0:
        json[key] = Json::array({"a", unique()});
        break;
      case 1:
        json[key] = chance.upto(100);
        break;
      case 2:
        json[key] = unique();
        break;
      case 3:
        json[key] = {{item(chance.upto(3)), tree(depth - 1)}, {item(3), tree(depth - 1)}};
        break;
      default:
        json[key] = tree(depth - 1);
    }
  }
  return json;
}

Json Generator::wanted(const Json& body) {
  if (!body.is_object()) return chance.one_in(2) ? Json(unique()) : tree(1);
  Json out = Json::object();
  for (const auto& [key, value] : body.items()) {
    if (chance.one_in(3)) continue;
    if (chance.one_in(5))
      out[key] = nullptr;
    else
      out[key] = value.is_object() && !chance.one_in(6) ? wanted(value) : chance.one_in(2) ? value : wanted(Json());
  }
  if (chance.one_in(2)) out["n" + std::to_string(chance.upto(3))] = tree(2);
  return out;
}

}  // namespace anketa::merge::testing
