// The VIP questionnaire that ships with the product (R6), compiled in from templates/vip_anketa.json.
#pragma once

#include <memory>
#include <string_view>

#include "shared/form/form.hpp"

namespace anketa::form {

/// The file itself.
std::string_view default_template_text();
/// The sheets as JSON. Thread-safe; parsed once.
const Json& default_template_json();
/// The loaded form. Thread-safe; loaded once.
std::shared_ptr<const Form> default_template();

}  // namespace anketa::form
