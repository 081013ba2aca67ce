// An expression of a form: read alone, and as a calculation beside two questions.
#include "shared/form/expression.hpp"
#include "shared/form/form.hpp"
#include "tests/fuzz/target.hpp"

using namespace anketa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string expression(fuzz::text_of(data, size));
  fuzz::accepted([&] { (void)form::parse_expression(expression); });
  fuzz::accepted([&] {
    const Json sheets{{"settings", {{"form_id", "f"}, {"version", "1"}, {"title", {{"en", "F"}}}}},
                      {"survey",
                       {{{"type", "integer"}, {"name", "n"}, {"label", {{"en", "N"}}}},
                        {{"type", "text"}, {"name", "t"}, {"label", {{"en", "T"}}}},
                        {{"type", "calculate"}, {"name", "c"}, {"calculation", expression}}}},
                      {"choices", Json::array()}};
    (void)form::load(sheets);
  });
  return 0;
}
