// How long merging takes. Hidden, as its bounds hold for release builds only: test_merge "[speed]".
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

/// A filled questionnaire of about 1.2 KB.
Json filled() {
  auto body = questionnaire_body();
  auto& answers = body["answers"];
  for (int section = 1; section <= 6; ++section)
    for (int question = 1; question <= 8; ++question)
      answers["s" + std::to_string(section)]["q" + std::to_string(question)] =
          question % 3 == 0 ? Json{"quality", "speed"} : Json("Ответ " + std::to_string(question));
  return body;
}

template <typename Work>
double milliseconds(const Work& work) {
  const auto from = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

}  // namespace

TEST_CASE("10,000 new questionnaires are planned and applied in well under 100 ms", "[.][speed]") {
  constexpr std::uint32_t count = 10'000;
  const Context context;
  const auto body = filled();
  double creations = 0, edits = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    // Made just before it is merged, as a server has just parsed it.
    const auto mutation = Device(i + 1, "questionnaire").create(body);
    RecordState record;
    creations += milliseconds([&] { apply(record, mutation, plan(nullptr, mutation, context)); });
    Mutation edit = mutation;
    edit.id = number(20'000'000 + i);
    edit.ops = {set("answers/s1/q1", "иначе")};
    edit.ops[0].over = {mutation.id};
    edits += milliseconds([&] { apply(record, edit, plan(&record, edit, context)); });
  }
  WARN("create: " << creations << " ms for " << body.dump().size() << " bytes each, edit one cell: " << edits << " ms");
  CHECK(creations < 100);
  CHECK(edits < 200);
}
