// The documents a benchmark pushes: answers of the default template, made from a seed or read from a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::benchmark {

/// Answers of one filled questionnaire, 1 to 1.5 KB as JSON, in the manner of a real talk: choices, figures, a few
/// sentences in Russian, contacts with ids. The same seed and number give the same answers.
Json make_answers(std::uint64_t seed, std::size_t number);

/// One JSON object of answers a line. Members the template does not know stay among the answers; what no record may
/// hold (floating point, lists of objects) becomes text. Throws ProblemError naming the line.
std::vector<Json> read_answers(const std::string& path);

/// A complete questionnaire's body as it stands before its completion.
Json questionnaire_body(const Uuid& client, const Uuid& rep, Json answers);

}  // namespace anketa::benchmark
