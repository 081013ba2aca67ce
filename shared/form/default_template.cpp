#include "shared/form/default_template.hpp"

namespace anketa::form {

const Json& default_template_json() {
  static const Json json = parse_json(default_template_text());
  return json;
}

std::shared_ptr<const Form> default_template() {
  static const auto form = load_or_throw(default_template_json());
  return form;
}

}  // namespace anketa::form
