// What the invented people say, by the question's name in the shipped questionnaire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anketa::demo {

/// Sentences for a question; empty for an unknown one. Some names carry a case: "nps_why/low", "p_text/speed".
const std::vector<std::string>& phrases(std::string_view name);

}  // namespace anketa::demo
