#include "tests/support/shape_faults.hpp"

#include <algorithm>
#include <charconv>

#include "shared/programme/calendar.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::test {
namespace {

std::string name_of(const Json& reference) {
  const auto path = reference.get<std::string>();
  return path.substr(path.rfind('/') + 1);
}

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return type == "null" && value.is_null();
}

/// "7.9"
bool is_decimal(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_of_format(const Json& value, const std::string& format) {
  if (format == "uuid") return Uuid::parse(value.get<std::string>()).has_value();
  if (format == "date") return programme::parse_day(value.get<std::string>()).has_value();
  // Milliseconds of this century: seconds and dates are told apart from them.
  if (format == "instant") return value.get<std::int64_t>() > 946'684'800'000;
  if (format == "decimal") return is_decimal(value.get<std::string>());
  return format == "money" || format == "hundredths";
}

}  // namespace

std::vector<std::string> ShapeChecker::faults(const Json& schema, const Json& value) {
  std::vector<std::string> found;
  check(schema, value, "answer", found);
  return found;
}

void ShapeChecker::check(const Json& schema, const Json& value, const std::string& place,
                         std::vector<std::string>& faults) {
  if (const auto reference = schema.find("$ref"); reference != schema.end()) {
    const auto outer = std::exchange(component_, name_of(*reference));
    check(components_.at(component_), value, place, faults);
    component_ = outer;
    return;
  }
  if (const auto either = schema.find("anyOf"); either != schema.end()) {
    std::vector<std::string> last;
    for (const auto& one : *either) {
      std::vector<std::string> found;
      check(one, value, place, found);
      if (found.empty()) return;
      // What a null cannot be says less than what is wrong with the object.
      if (one.value("type", "") != "null") last = std::move(found);
    }
    faults.insert(faults.end(), last.begin(), last.end());
    return;
  }
  const auto type = schema.find("type");
  if (type == schema.end()) return;
  if (!is_of_type(value, *type)) {
    faults.push_back(place + " is no " + type->get<std::string>() + ": " + value.dump().substr(0, 60));
    return;
  }
  if (const auto format = schema.find("format"); format != schema.end() && !is_of_format(value, *format))
    faults.push_back(place + " is no " + format->get<std::string>() + ": " + value.dump());
  if (const auto values = schema.find("enum");
      values != schema.end() && std::find(values->begin(), values->end(), value) == values->end())
    faults.push_back(place + " is none of the values: " + value.dump());
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i)
      check(schema.at("items"), value[i], place + "[" + std::to_string(i) + "]", faults);
  if (value.is_object()) check_object(schema, value, place, faults);
}

void ShapeChecker::check_object(const Json& schema, const Json& value, const std::string& place,
                                std::vector<std::string>& faults) {
  const auto members = schema.value("properties", Json::object());
  for (const auto& needed : schema.value("required", Json::array()))
    if (!value.contains(needed)) faults.push_back(place + " lacks " + needed.get<std::string>());
  const auto others = schema.find("additionalProperties");
  const auto component = component_;
  for (const auto& [name, child] : value.items()) {
    const auto declared = members.find(name);
    if (declared != members.end()) {
      if (!component.empty()) seen_.insert(component + "." + name);
      component_ = component.empty() ? component : component + "." + name;
      check(*declared, child, place + "/" + name, faults);
      component_ = component;
    } else if (others != schema.end() && others->is_object()) {
      check(*others, child, place + "/" + name, faults);
    } else if (others == schema.end() || *others == false) {
      faults.push_back(place + " has a member of its own: " + name);
    }
  }
}

std::vector<std::string> ShapeChecker::unseen() const {
  std::vector<std::string> all;
  for (const auto& [component, schema] : components_.items())
    for (const auto& [member, _] : schema.value("properties", Json::object()).items())
      if (!seen_.contains(component + "." + member)) all.push_back(component + "." + member);
  return all;
}

}  // namespace anketa::test
