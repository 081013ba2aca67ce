// A fill session over answers that no session wrote.
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "form_fixture.hpp"
#include "shared/form/default_template.hpp"
#include "shared/form/results.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

namespace {

/// Any JSON whatever, shallow.
Json garbage(std::mt19937& random, int depth) {
  switch (random() % (depth > 0 ? 8 : 6)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return static_cast<std::int64_t>(random() % 200) - 100;
    case 3:
      return 0.5;
    case 4:
      return "yes";
    case 5:
      return "2025-06-10";
    case 6: {
      Json array = Json::array();
      for (auto i = random() % 3; i > 0; --i) array.push_back(garbage(random, depth - 1));
      return array;
    }
    default: {
      const auto& rows = default_template()->rows();
      Json object = Json::object();
      for (auto i = random() % 4; i > 0; --i) object[rows[random() % rows.size()].name] = garbage(random, depth - 1);
      if (random() % 2 == 0) object["pos"] = garbage(random, 0);
      return object;
    }
  }
}

}  // namespace

TEST_CASE("garbage among the stored answers is survived, shown and can be answered over") {
  std::mt19937 random(99);
  const auto form = default_template();
  for (int round = 0; round < 300; ++round) {
    Json answers = Json::object();
    for (const auto& row : form->rows())
      if (random() % 3 == 0) answers[row.name] = garbage(random, 3);
    INFO(answers.dump());
    FillSession session(form, answers, context_with(), nullptr);
    session.go_to_start();
    do {
      if (const auto view = session.current()) {
        to_json(*view);
        if (!session.check(view->path, "yes")) session.answer(view->path, "yes");
      }
    } while (session.next());
    session.progress();
    session.validate();
    session.missing();
    session.relevant_answers();
    session.calculated();
    session.write_backs();
    session.finish();
    results(*form, session.answers(), {test_now, true, FillStatus::Resumed});
    session.begin();
    try {
      session.add_item("outs");
    } catch (const ProblemError&) {
      // A stored value that is no repeat leaves no room for items; the problem says so.
    }
  }
}
